namespace Serge.Bot.QuoteFiles;

/// <summary>Tells whether the quote files are the same as before, without reading them.</summary>
internal static class FileFingerprint
{
    /// <summary>Sizes and times of the files that <see cref="CatalogueReader"/> reads, and of nothing else an editor leaves beside them.</summary>
    public static string Of(string folder) => string.Join('|', CatalogueReader.GetPaths(folder).Select(OfFile));

    private static string OfFile(string path)
    {
        try
        {
            // A link has a time of its own, which says nothing of the file it leads to.
            FileSystemInfo file = File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
            return file is FileInfo { Exists: true } found
                ? FormattableString.Invariant($"{found.FullName} {found.Length} {found.LastWriteTimeUtc.Ticks}")
                : "none";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone or closed to us for now; the reader will say so if it stays that way.
            return e.GetType().Name;
        }
    }
}
