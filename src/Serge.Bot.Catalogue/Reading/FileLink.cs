namespace Serge.Bot.Catalogue.Reading;

/// <summary>Follows symbolic links.</summary>
public static class FileLink
{
    /// <summary>Finds the file that a path leads to, through links of the file and of its folder.</summary>
    /// <remarks>.NET removes <c>..</c> from a path as text, without regard to links. A link to <c>../common/a</c> in a
    /// linked folder is therefore resolved from the folder's target.</remarks>
    /// <returns>The path itself, if it is not a link. The file may be missing.</returns>
    /// <exception cref="IOException">The file or its folder is missing, or the links form a cycle.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a folder is denied.</exception>
    public static FileInfo Resolve(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var target = Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder;
        var inTarget = Path.Combine(target, Path.GetFileName(path));
        return File.ResolveLinkTarget(inTarget, returnFinalTarget: true) as FileInfo ?? new FileInfo(inTarget);
    }
}
