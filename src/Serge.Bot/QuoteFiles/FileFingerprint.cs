namespace Serge.Bot.QuoteFiles;

/// <summary>Detects changes of the quote files without reading them.</summary>
internal static class FileFingerprint
{
    /// <summary>Computes a fingerprint from the sizes and times of the files that <see cref="CatalogueReader"/>
    /// reads.</summary>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="opensFiles">Whether the fingerprint includes which files can be opened. A change of permissions does
    /// not change size and time.</param>
    public static string Compute(string folder, bool opensFiles)
    {
        var files = CatalogueReader.GetPaths(folder).Select(path => DescribeFile(path, opensFiles));
        return string.Join('|', files);
    }

    private static string DescribeFile(string path, bool opensFiles)
    {
        try
        {
            // The time of a link says nothing about its target.
            var file = FileLink.Resolve(path);
            if (!file.Exists)
            {
                return "none";
            }

            // A pipe or a device has no length and is not opened, because that might block.
            if (opensFiles && file.Length > 0)
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
