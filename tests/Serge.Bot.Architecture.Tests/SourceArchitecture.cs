using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Serge.Bot.Architecture.Tests;

/// <summary>The compiled source projects.</summary>
internal static class SourceArchitecture
{
    /// <summary>Names of the assemblies of <c>src</c>, without the clients that need packages.</summary>
    public static readonly string[] AssemblyNames =
    [
        "Serge.Bot.Cards",
        "Serge.Bot.Catalogue",
        "Serge.Bot.Platforms",
        "Serge.Bot.Posting",
        "Serge.Bot.Site",
        "Serge.Bot.Discord",
        "Serge.Bot.Mastodon",
        "Serge.Bot.Simulator",
        "Serge.Bot.Playground",
        "serge",
    ];

    private static readonly Lazy<ArchUnitNET.Domain.Architecture> Loaded = new(() =>
        new ArchLoader().LoadAssemblies([.. AssemblyNames.Select(System.Reflection.Assembly.Load)]).Build()
    );

    public static ArchUnitNET.Domain.Architecture Instance => Loaded.Value;

    /// <summary>The types of one assembly.</summary>
    public static IEnumerable<IType> GetTypes(string assembly) =>
        Instance.Types.Where(type => new AssemblyName(type.Assembly.FullName).Name == assembly);

    /// <summary>The root of the working copy.</summary>
    public static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Serge.Bot.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above has Serge.Bot.sln.");
        }

        return folder.FullName;
    }
}
