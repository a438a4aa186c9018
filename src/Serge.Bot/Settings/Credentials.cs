namespace Serge.Bot.Settings;

/// <summary>Secrets that are handed over as files of one folder: a file's name is the setting, with two underscores for the colon (<c>Discord__Token</c>), and its
/// content the value.</summary>
/// <remarks>The folder is the one that <c>CREDENTIALS_DIRECTORY</c> names. systemd sets it for <c>LoadCredential=</c> and <c>SetCredential=</c> (systemd.exec, Credentials), and
/// a container can name its folder of mounted secrets so.</remarks>
internal static class Credentials
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "CREDENTIALS_DIRECTORY";

    /// <summary>No token and no connection string is longer, in bytes.</summary>
    private const int Longest = 16 * 1024;

    /// <summary>Reads them all, by setting. Line ends after a value are not a part of it.</summary>
    /// <param name="folder">The folder; nothing is read where it is not named.</param>
    /// <param name="problems">Gets a line for each file that cannot be read, and for a folder that is not there. No content is in it.</param>
    public static IReadOnlyDictionary<string, string?> Read(string? folder, ICollection<string> problems)
    {
        Dictionary<string, string?> found = new(StringComparer.OrdinalIgnoreCase);
        if (string.IsNullOrEmpty(folder))
        {
            return found;
        }

        try
        {
            // Where secrets are mounted, names that begin with a dot are the mount's own.
            foreach (
                var file in new DirectoryInfo(folder)
                    .EnumerateFiles()
                    .Where(file => !file.Name.StartsWith('.'))
                    .OrderBy(file => file.Name, StringComparer.Ordinal)
            )
            {
                if (Value(file, problems) is { } value)
                {
                    found[file.Name.Replace("__", ":", StringComparison.Ordinal)] = value;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{Variable} names {folder}, which cannot be read: {e.Message}");
        }

        return found;
    }

    private static string? Value(FileInfo file, ICollection<string> problems)
    {
        try
        {
            if (file.Length > Longest)
            {
                problems.Add(
                    $"The credential {file.Name} is {file.Length} bytes long, and no secret is longer than {Longest}. Put the secret into {file.FullName}, and nothing else."
                );
                return null;
            }

            if (File.ReadAllText(file.FullName).TrimEnd('\r', '\n') is { Length: > 0 } value)
            {
                return value;
            }

            problems.Add(
                $"The credential {file.Name} is an empty file. Put the secret into {file.FullName}, and nothing else."
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(
                $"The credential {file.Name} cannot be read: {e.Message} It must belong to the user that runs the bot, or to systemd's LoadCredential=."
            );
        }

        return null;
    }
}
