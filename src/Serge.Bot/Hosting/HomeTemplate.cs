namespace Serge.Bot.Hosting;

/// <summary>The files of a new home directory. They are inside the program, so that a native program and a .NET tool
/// have the same.</summary>
internal static class HomeTemplate
{
    /// <summary>The names of the resources begin with it; <c>Serge.Bot.csproj</c> lists them.</summary>
    private const string Prefix = "home/";

    private const string Quotes = "quotes/";

    /// <summary>Only the owner: it will contain secrets.</summary>
    private const UnixFileMode CredentialsMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Writes the files and creates the folder of the credentials. What exists is not changed. The folder
    /// <c>quotes</c> is a unit: beside a quote file of the operator's nothing is written there, because it would add
    /// another author's events or topics. Unchanged files of an interrupted attempt do not count.</summary>
    /// <param name="home">The folder; it is created if it does not exist.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing is not permitted.</exception>
    public static HomeTemplateResult Write(string home)
    {
        List<string> written = [];
        List<string> kept = [];
        List<string> leftOut = [];
        var hasQuoteFiles = HasOwnQuoteFiles(home);
        foreach (var name in GetNames())
        {
            if (
                hasQuoteFiles
                && name.StartsWith(Quotes, StringComparison.Ordinal)
                && !Path.Exists(Path.Combine(home, name))
            )
            {
                leftOut.Add(name);
                continue;
            }

            var isNew = TryCreate(Path.Combine(home, name), name);
            (isNew ? written : kept).Add(name);
        }

        var isNewFolder = TryCreateCredentials(Path.Combine(home, Credentials.DefaultFolder));
        (isNewFolder ? written : kept).Add($"{Credentials.DefaultFolder}/");
        return new HomeTemplateResult(written, kept, leftOut);
    }

    /// <summary>Relative paths with slashes, in order.</summary>
    private static IEnumerable<string> GetNames()
    {
        var resources = typeof(HomeTemplate).Assembly.GetManifestResourceNames();
        var ofTemplate = resources.Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal));
        return ofTemplate.Select(static name => name[Prefix.Length..]).Order(StringComparer.Ordinal);
    }

    private static bool HasOwnQuoteFiles(string home)
    {
        var folder = Path.Combine(home, Quotes);
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.yaml").Any(IsChanged);
    }

    /// <summary>Whether a quote file is not exactly that of the template.</summary>
    private static bool IsChanged(string path)
    {
        using var template = Open(Quotes + Path.GetFileName(path));
        if (template is null)
        {
            return true;
        }

        using MemoryStream content = new();
        template.CopyTo(content);
        return !content.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(path));
    }

    private static Stream? Open(string name) => typeof(HomeTemplate).Assembly.GetManifestResourceStream(Prefix + name);

    private static bool TryCreate(string path, string name)
    {
        if (Path.Exists(path))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var content = Open(name)!;
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
        try
        {
            content.CopyTo(file);
            file.Flush();
        }
        catch
        {
            // A part of a file would be kept as the operator's own by the next attempt.
            File.Delete(path);
            throw;
        }

        return true;
    }

    private static bool TryCreateCredentials(string path)
    {
        if (Path.Exists(path))
        {
            return false;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, CredentialsMode);
        }

        return true;
    }
}

/// <summary>What was done in a home directory; the paths are relative to it.</summary>
/// <param name="Written">What was created.</param>
/// <param name="Kept">What existed and was not changed.</param>
/// <param name="LeftOut">Files of <c>quotes</c> that do not exist, beside quote files that do.</param>
internal sealed record HomeTemplateResult(
    IReadOnlyList<string> Written,
    IReadOnlyList<string> Kept,
    IReadOnlyList<string> LeftOut
);
