namespace Serge.Bot.Hosting;

/// <summary>The folder of the program. An upgrade replaces it, so nothing that belongs to the operator is kept in
/// it.</summary>
internal static class ProgramFolder
{
    /// <summary>The files of .NET tools are below a folder of this name, and their commands are beside it.</summary>
    private const string ToolStore = ".store";

    /// <summary>Whether the folder is that of the program, or is inside it.</summary>
    public static bool Contains(string folder) => Contains(folder, AppContext.BaseDirectory);

    /// <inheritdoc cref="Contains(string)"/>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="program">The folder of the executable.</param>
    internal static bool Contains(string folder, string program)
    {
        var path = Normalize(folder);
        for (var above = new DirectoryInfo(program); above is not null; above = above.Parent)
        {
            if (above.Name == ToolStore)
            {
                return IsAtOrBelow(path, above.FullName) || path == above.Parent?.FullName;
            }
        }

        return IsAtOrBelow(path, Normalize(program));
    }

    private static bool IsAtOrBelow(string path, string folder) =>
        path == folder || path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The full name without a separator at its end. A link, such as from <c>/opt/serge</c> to a version, is
    /// followed.</summary>
    private static string Normalize(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Directory.Exists(path))
        {
            return Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }

        return path;
    }
}
