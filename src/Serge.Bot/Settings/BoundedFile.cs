using System.Text;

namespace Serge.Bot.Settings;

/// <summary>Reads a text file whose name comes from outside: it may be a device that never ends.</summary>
internal static class BoundedFile
{
    /// <summary>Why a file or folder cannot be read. The text may contain its path.</summary>
    public static string Explain(Exception e)
    {
        if (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return "it does not exist.";
        }

        return SettingsSection.Show(e.Message);
    }

    /// <summary>Reads the file as UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">The maximum length.</param>
    /// <exception cref="IOException">It cannot be read, is a folder, or is longer; the message says which.</exception>
    /// <exception cref="UnauthorizedAccessException">Reading is not permitted.</exception>
    public static string ReadText(string path, int maxBytes)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new IOException("The name of the file contains the character U+0000.");
        }

        if (Directory.Exists(path))
        {
            throw new IOException($"{path} is a folder, not a file.");
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream content = new();
        var buffer = new byte[8192];
        for (var read = file.Read(buffer); read > 0; read = file.Read(buffer))
        {
            content.Write(buffer, 0, read);
            if (content.Length > maxBytes)
            {
                throw new IOException($"{path} is longer than {maxBytes} bytes, the maximum.");
            }
        }

        return Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length).TrimStart('\uFEFF');
    }
}
