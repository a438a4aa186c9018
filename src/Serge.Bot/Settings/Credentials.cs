namespace Serge.Bot.Settings;

/// <summary>Reads secrets from the files of a folder: the name of a file is a setting, with two underscores for the
/// colon (<c>Discord__Token</c>), and its content is the value.</summary>
/// <remarks>The folder is the one that <c>CREDENTIALS_DIRECTORY</c> names, else <c>credentials</c> in the home, if it
/// exists. systemd sets <c>CREDENTIALS_DIRECTORY</c> for <c>LoadCredential=</c> and <c>SetCredential=</c>
/// (systemd.exec, Credentials); a container can set it to its folder of mounted secrets.</remarks>
internal static class Credentials
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "CREDENTIALS_DIRECTORY";

    /// <summary>The folder in the home that is read without the variable.</summary>
    public const string DefaultFolder = "credentials";

    /// <summary>More than the length of any token or connection string, in bytes.</summary>
    internal const int MaxLength = 16 * 1024;

    /// <summary>Finds the folder.</summary>
    /// <param name="variable">The value of <see cref="Variable"/>; <see langword="null"/> or empty if it is not
    /// set.</param>
    /// <param name="home">The folder with <c>appsettings.json</c>.</param>
    /// <returns><see langword="null"/> if the variable is not set and the home has none.</returns>
    public static CredentialsFolder? FindFolder(string? variable, string home)
    {
        if (!string.IsNullOrEmpty(variable))
        {
            return new CredentialsFolder(variable, IsOfVariable: true);
        }

        var folder = Path.Combine(home, DefaultFolder);
        if (Directory.Exists(folder))
        {
            return new CredentialsFolder(folder, IsOfVariable: false);
        }

        return null;
    }

    /// <summary>Reads all credentials. Line breaks at the end of a value are removed.</summary>
    /// <param name="folder">The folder; nothing is read if it is <see langword="null"/>.</param>
    /// <param name="problems">Receives a line, without a value, for each file that cannot be read and for a missing
    /// folder.</param>
    public static IReadOnlyDictionary<string, string?> Read(CredentialsFolder? folder, ICollection<string> problems)
    {
        Dictionary<string, string?> credentials = new(StringComparer.OrdinalIgnoreCase);
        if (folder is null)
        {
            return credentials;
        }

        try
        {
            var files = new DirectoryInfo(folder.Path)
                .EnumerateFiles()
                .OrderBy(file => file.Name, StringComparer.Ordinal);
            foreach (var file in files)
            {
                // Kubernetes adds files that begin with a dot to a folder of mounted secrets.
                if (!file.Name.StartsWith('.') && ReadFile(file, problems) is { } value)
                {
                    var key = file.Name.Replace("__", ":", StringComparison.Ordinal);
                    credentials[key] = value;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var name = SettingsSection.Show(folder.Path);
            var subject = folder.IsOfVariable ? $"{Variable} names {name}, which" : $"The folder {name}";
            problems.Add($"{subject} cannot be read: {BoundedFile.Explain(e)}");
        }

        return credentials;
    }

    private static string? ReadFile(FileInfo file, ICollection<string> problems)
    {
        try
        {
            if (file.Length > MaxLength)
            {
                problems.Add(
                    $"The credential {file.Name} is {file.Length} bytes long; at most {MaxLength} are allowed. Put the "
                        + $"secret into {file.FullName}, and nothing else."
                );
                return null;
            }

            var value = BoundedFile.ReadText(file.FullName, MaxLength).TrimEnd('\r', '\n');
            if (value.Length > 0)
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
                $"The credential {file.Name} cannot be read: {e.Message} It must belong to the user that runs the "
                    + "bot, or to systemd's LoadCredential=."
            );
        }

        return null;
    }
}

/// <summary>The folder of the credentials.</summary>
/// <param name="Path">Its name.</param>
/// <param name="IsOfVariable">Whether <see cref="Credentials.Variable"/> names it.</param>
internal sealed record CredentialsFolder(string Path, bool IsOfVariable)
{
    /// <summary>Where a setting comes from, for an error.</summary>
    public string Source => IsOfVariable ? $"{Credentials.Variable} = {Path}" : Path;
}
