using System.Collections.Concurrent;

namespace Serge.Bot.Simulator.Tests.Specs;

/// <summary>Specifications and recorded responses of the real platforms, in <c>../shared</c> beside the
/// repository.</summary>
/// <remarks>They are large and belong to third parties, so they are not in the repository. Tests without their file are
/// skipped.</remarks>
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
