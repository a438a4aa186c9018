namespace Serge.Bot.QuoteFiles;

/// <summary>Detects changes of the quote files without reading them.</summary>
internal static class FileFingerprint
{
    /// <summary>Computes a fingerprint from the sizes and times of the files that <see cref="CatalogueReader"/> reads,
    /// and from whether they can be opened.</summary>
    public static string Compute(string folder)
    {
        var files = CatalogueReader.GetPaths(folder).Select(DescribeFile);
        return string.Join('|', files);
    }

    private static string DescribeFile(string path)
    {
        try
        {
            // The time of a link says nothing about its target.
            var file = FileLink.Resolve(path);
            if (!file.Exists)
            {
                return "none";
            }

            // Permissions are not part of size and time: only opening the file shows that it can be read again. A pipe
            // or a device has no length and is not opened, because that might block.
            if (file.Length > 0)
            {
                using var opened = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }

            return FormattableString.Invariant($"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file is missing or unreadable at the moment. If that persists, the reader reports it.
            return e.GetType().Name;
        }
    }
}
