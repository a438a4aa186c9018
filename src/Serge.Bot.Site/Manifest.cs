using System.Text;

namespace Serge.Bot.Site;

/// <summary>What the last run wrote: the file <c>serge-site.txt</c> in the root of the site. It lists which files to
/// remove, and which entries were served once.</summary>
/// <remarks>The first line says what the file is; then one line for each path:
/// <c>gone quote/id/</c> or <c>file quote/id/index.html</c>, sorted.</remarks>
internal sealed record Manifest
{
    public const string FileName = "serge-site.txt";

    private const string Heading = "Files written by serge site. Do not edit.";
    private const string FilePrefix = "file ";
    private const string GonePrefix = "gone ";

    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Paths of entries, see <see cref="SitePaths.IsEntryPath"/>.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <returns>Null when it is not a manifest.</returns>
    public static Manifest? Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines[0] != Heading)
        {
            return null;
        }

        var files = FindPaths(lines, FilePrefix);
        var gone = FindPaths(lines, GonePrefix);
        return new() { Files = [.. files.Where(IsInside)], Gone = [.. gone.Where(SitePaths.IsEntryPath)] };
    }

    /// <summary>The paths of all entries that were ever served.</summary>
    public IEnumerable<string> GetEntries()
    {
        const string Index = "index.html";
        var pages = Files.Where(file => file.EndsWith(Index, StringComparison.Ordinal));
        var folders = pages.Select(file => file[..^Index.Length]);
        return folders.Where(SitePaths.IsEntryPath).Concat(Gone);
    }

    public byte[] Write()
    {
        StringBuilder text = new();
        text.Append(Heading).Append('\n');
        Append(text, GonePrefix, Gone);
        Append(text, FilePrefix, Files);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, string prefix, IEnumerable<string> paths)
    {
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            text.Append(prefix).Append(path).Append('\n');
        }
    }

    /// <summary>The paths of the lines that start with a prefix.</summary>
    private static IEnumerable<string> FindPaths(string[] lines, string prefix)
    {
        var found = lines.Where(line => line.StartsWith(prefix, StringComparison.Ordinal));
        return found.Select(line => line[prefix.Length..]);
    }

    /// <summary>Whether a path stays inside the folder: the manifest may come from elsewhere.</summary>
    private static bool IsInside(string path)
    {
        var parts = path.Split('/', '\\');
        return !Path.IsPathRooted(path) && parts.All(part => part is not ("" or "." or ".."));
    }
}
