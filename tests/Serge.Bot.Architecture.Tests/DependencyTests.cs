using System.Xml.Linq;
using ArchUnitNET.Domain;

namespace Serge.Bot.Architecture.Tests;

/// <summary>Dependencies have one direction: between projects and between the namespaces of a project.</summary>
public sealed class DependencyTests
{
    /// <summary>Each row: a project and the source projects that it may reference.</summary>
    public static TheoryData<string, string[]> References =>
        new()
        {
            { "Serge.Bot.Catalogue", [] },
            { "Serge.Bot.Platforms", [] },
            { "Serge.Bot.Posting", ["Serge.Bot.Catalogue", "Serge.Bot.Platforms"] },
            { "Serge.Bot.Site", ["Serge.Bot.Catalogue"] },
            { "Serge.Bot.Cards", [] },
            { "Serge.Bot.Discord", ["Serge.Bot.Platforms"] },
            { "Serge.Bot.Mastodon", ["Serge.Bot.Platforms"] },
            { "Serge.Bot.OnDiscordNet", ["Serge.Bot.Platforms"] },
            { "Serge.Bot.OnMastonet", ["Serge.Bot.Platforms"] },
            { "Serge.Bot.Simulator", [] },
            { "Serge.Bot.Playground", ["Serge.Bot", "Serge.Bot.Simulator"] },
            {
                "Serge.Bot",
                [
                    "Serge.Bot.Cards",
                    "Serge.Bot.Catalogue",
                    "Serge.Bot.Platforms",
                    "Serge.Bot.Posting",
                    "Serge.Bot.Site",
                    "Serge.Bot.Discord",
                    "Serge.Bot.Mastodon",
                    "Serge.Bot.OnDiscordNet",
                    "Serge.Bot.OnMastonet",
                ]
            },
        };

    /// <summary>Names of types that belong to one platform.</summary>
    private static readonly string[] PlatformNames = ["Discord", "Mastodon", "Guild", "Channel", "Interaction"];

    public static TheoryData<string> Assemblies => [.. SourceArchitecture.AssemblyNames];

    [Theory]
    [MemberData(nameof(References))]
    public void Project_ReferencesOnlyTheProjectsBelowIt(string project, string[] allowed)
    {
        var file = Path.Combine(SourceArchitecture.FindRepository(), "src", project, $"{project}.csproj");
        var references = XDocument
            .Load(file)
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Subset(allowed.ToHashSet(), references.ToHashSet());
    }

    [Fact]
    public void EverySourceProject_HasARow()
    {
        var folders = Directory.GetDirectories(Path.Combine(SourceArchitecture.FindRepository(), "src"));
        var projects = folders.Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0);

        Assert.Equal(
            projects.Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal),
            References.Select(row => row.Data.Item1).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Namespaces_OfAnAssembly_HaveNoCycle(string assembly)
    {
        Dictionary<string, HashSet<string>> graph = new(StringComparer.Ordinal);
        // The Razor compiler puts its classes into a separate namespace. They reference the slices, and the slices
        // reference them.
        var types = SourceArchitecture.GetTypes(assembly);
        foreach (var type in types.Where(type => type.Namespace.FullName != "AspNetCoreGeneratedDocument"))
        {
            var from = type.Namespace.FullName;
            var targets = type
                .Dependencies.Select(dependency => dependency.Target)
                .Where(target => IsIn(target, assembly));
            foreach (var to in targets.Select(target => target.Namespace.FullName).Where(to => to != from))
            {
                graph.TryAdd(from, new HashSet<string>(StringComparer.Ordinal));
                graph[from].Add(to);
            }
        }

        Assert.Empty(FindCycles(graph));
    }

    [Fact]
    public void Posting_KnowsNoPlatform()
    {
        var uses =
            from type in SourceArchitecture.GetTypes("Serge.Bot.Posting")
            from dependency in type.Dependencies
            where IsIn(dependency.Target, "Serge.Bot.Platforms")
            where PlatformNames.Any(name => dependency.Target.Name.Contains(name, StringComparison.Ordinal))
            select $"{type.FullName} uses {dependency.Target.Name}";

        Assert.Empty(uses.Distinct());
    }

    [Fact]
    public void Worker_UsesAClientOnlyWhereItIsRegistered()
    {
        var uses =
            from type in SourceArchitecture.GetTypes("serge")
            from dependency in type.Dependencies
            where IsIn(dependency.Target, "Serge.Bot.Discord") || IsIn(dependency.Target, "Serge.Bot.Mastodon")
            where !type.FullName.StartsWith("Serge.Bot.Hosting.PlatformClients", StringComparison.Ordinal)
            select $"{type.FullName} uses {dependency.Target.FullName}";

        Assert.Empty(uses.Distinct());
    }

    /// <summary>Some types, such as arrays, belong to no loaded assembly.</summary>
    private static bool IsIn(IType type, string assembly) =>
        type.Assembly is { } its && new System.Reflection.AssemblyName(its.FullName).Name == assembly;

    /// <summary>The namespaces from which a path of dependencies leads back to them.</summary>
    private static IEnumerable<string> FindCycles(Dictionary<string, HashSet<string>> graph)
    {
        foreach (var start in graph.Keys)
        {
            HashSet<string> seen = new(StringComparer.Ordinal);
            Queue<string> open = new(graph[start]);
            while (open.TryDequeue(out var next))
            {
                if (next == start)
                {
                    yield return $"{start} depends on {string.Join(", ", graph[start])}";
                    break;
                }

                if (seen.Add(next) && graph.TryGetValue(next, out var more))
                {
                    foreach (var one in more)
                    {
                        open.Enqueue(one);
                    }
                }
            }
        }
    }
}
