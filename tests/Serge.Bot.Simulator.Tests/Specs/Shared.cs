using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Tests.Specs;

/// <summary>Specifications and recorded answers of the real platforms, kept beside the repository: <c>../shared</c>
/// from its root.</summary>
/// <remarks>They are large and others', so they are no part of it. Where they are missing the tests that need them say
/// so and are skipped.</remarks>
internal static class Shared
{
    private static readonly string? Root = Find();
    private static readonly ConcurrentDictionary<string, JsonNode> Known = new(StringComparer.Ordinal);

    public static JsonNode Read(string path)
    {
        var file = Root is null ? null : Path.Combine(Root, path);
        Assert.SkipUnless(
            File.Exists(file),
            $"../shared/{path} is not there, so nothing was compared with the real platform."
        );
        return Known.GetOrAdd(file!, one => JsonNode.Parse(File.ReadAllText(one))!);
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Serge.Bot.sln")))
            {
                return Path.Combine(folder.Parent?.FullName ?? "/", "shared");
            }
        }

        return null;
    }
}
