using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Serge.Bot.Settings;

/// <summary>Reads the values of one section. An invalid value is reported, and its default is returned.</summary>
internal sealed class SettingsSection(IConfiguration configuration, string path, string home, List<string> problems)
{
    /// <summary>The number of characters of a value that a message repeats.</summary>
    private const int MaxShown = 200;

    public string Name => path[(path.LastIndexOf(':') + 1)..];

    /// <summary>The number of problems in all sections so far.</summary>
    public int ProblemCount => problems.Count;

    /// <summary>Opens a section and reports its unknown keys.</summary>
    public SettingsSection GetSection(string name, params string[] knownKeys)
    {
        var section = configuration.GetSection(name);
        var keys = section.GetChildren().Select(child => child.Key);
        ReportUnknown(section.Path, keys, knownKeys);
        return new SettingsSection(section, section.Path, home, problems);
    }

    /// <summary>The keys of a section with names that an operator chooses.</summary>
    public IEnumerable<string> GetKeys(string name) =>
        configuration.GetSection(name).GetChildren().Select(child => child.Key);

    /// <summary>The path of a key, for error messages.</summary>
    public string GetPath(string key)
    {
        if (path.Length == 0)
        {
            return key;
        }

        return $"{path}:{key}";
    }

    /// <summary>Adds a problem, once.</summary>
    public void Report(string problem)
    {
        if (!problems.Contains(problem))
        {
            problems.Add(problem);
        }
    }

    /// <summary>Reports the keys of a source that are not settings.</summary>
    public void ReportUnknown(string source, IEnumerable<string> keys, string[] knownKeys)
    {
        foreach (var key in keys.Except(knownKeys, StringComparer.OrdinalIgnoreCase))
        {
            var hint = DidYouMean.Hint(key, knownKeys);
            Report(
                $"{source} has \"{Show(key)}\", which is not a setting. {hint}Allowed: {string.Join(", ", knownKeys)}."
            );
        }
    }

    /// <summary>A value; <see langword="null"/> if it is missing or empty.</summary>
    public string? ReadText(string key)
    {
        if (configuration[key] is { Length: > 0 } text)
        {
            return text;
        }

        if (configuration.GetSection(key).GetChildren().Any())
        {
            Report($"{GetPath(key)} is a list or a section. Write one value.");
        }

        return null;
    }

    /// <summary>The items of a list, with their keys.</summary>
    public IEnumerable<(string Key, string Value)> ReadList(string key)
    {
        if (!string.IsNullOrEmpty(configuration[key]))
        {
            ReportInvalid(key, "is one value. Write a list: [\"…\", \"…\"].");
            return [];
        }

        var items = configuration.GetSection(key).GetChildren();
        return items.Select(child => ($"{key}:{child.Key}", child.Value ?? ""));
    }

    /// <summary>A secret that is sent with requests, read like <see cref="ReadSecret"/>.</summary>
    public Secret? ReadToken(string key)
    {
        if (ReadSecret(key) is not { } secret)
        {
            return null;
        }

        if (ValueText.FindTokenProblem(secret.Reveal()) is { } problem)
        {
            Report($"{GetPath(key)} {problem}");
        }

        return secret;
    }

    /// <summary>The name of a file.</summary>
    public string? ReadPath(string key) => Read(key, ParsePath, "is not the name of a file.");

    /// <summary>A secret, or the content of the file that <paramref name="key"/> with the suffix <c>File</c>
    /// names.</summary>
    public Secret? ReadSecret(string key)
    {
        var fileKey = key + "File";
        if (ReadText(fileKey) is { } file)
        {
            return ReadSecretFile(key, fileKey, file);
        }

        var value = ReadText(key)?.Trim();
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        return new Secret(value);
    }

    /// <summary>The address of a server. Routes are relative to it, so a slash is added at its end.</summary>
    public Uri? ReadAddress(string key) =>
        Read(
            key,
            ParseServerAddress,
            "is not an address. Write one with its scheme, such as https://mastodon.example/.",
            AddressText.WithoutSecrets
        );

    /// <summary>The address of a web page.</summary>
    public Uri? ReadPage(string key) =>
        Read(
            key,
            ParseWebAddress,
            "is not the address of a page. Write one with its scheme, such as https://example.org/serge.",
            AddressText.WithoutSecrets
        );

    /// <summary>An address of this machine, with a port.</summary>
    public Uri? ReadListenAddress(string key) =>
        Read(
            key,
            ParseListenAddress,
            "is not an address to listen on. Write http://, an address of this machine and a port, such as "
                + "http://127.0.0.1:8080. For TLS, put a proxy in front of it.",
            AddressText.WithoutSecrets
        );

    /// <summary>A time zone by its IANA name.</summary>
    public TimeZoneInfo? ReadTimeZone(string key) =>
        Read(
            key,
            text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) ? zone : null,
            "is not a time zone. Write an IANA name, such as Europe/Brussels or Etc/UTC."
        );

    /// <summary>A value that <paramref name="parse"/> accepts.</summary>
    /// <returns><see langword="null"/> if it is missing or invalid.</returns>
    public T? Read<T>(string key, Func<string, T?> parse, string problem)
        where T : class => Read(key, parse, problem, AddressText.UpToHost);

    /// <summary>A duration. A number without a colon is invalid: .NET reads <c>6</c> as six days.</summary>
    public TimeSpan ReadDuration(string key, TimeSpan defaultValue, TimeSpan min, TimeSpan max)
    {
        if (ReadText(key) is not { } text)
        {
            return defaultValue;
        }

        if (
            text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration)
            && duration >= min
            && duration <= max
        )
        {
            return duration;
        }

        ReportInvalid(
            key,
            $"is invalid. Write hours:minutes:seconds, from {min:c} to {max:c}, such as {defaultValue:c}."
        );
        return defaultValue;
    }

    /// <summary>A whole number from 1.</summary>
    public int ReadNumber(string key, int defaultValue, int max)
    {
        if (ReadText(key) is not { } text)
        {
            return defaultValue;
        }

        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1
            && number <= max
        )
        {
            return number;
        }

        ReportInvalid(key, $"is invalid. Write a number from 1 to {max}, such as {defaultValue}.");
        return defaultValue;
    }

    /// <summary>A switch: <c>true</c> or <c>false</c>.</summary>
    public bool ReadFlag(string key, bool defaultValue) =>
        ReadChoice(key, defaultValue, ("true", true), ("false", false));

    /// <summary>One of several names, in upper or lower case.</summary>
    public T ReadChoice<T>(string key, T defaultValue, params (string Name, T Value)[] choices)
    {
        if (ReadText(key) is not { } text)
        {
            return defaultValue;
        }

        foreach (var (name, value) in choices)
        {
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        var names = choices.Select(choice => choice.Name).ToArray();
        var hint = DidYouMean.Hint(text, names);
        var allowed = string.Join(", ", names);
        ReportInvalid(key, $"is invalid. {hint}Allowed: {allowed}.");
        return defaultValue;
    }

    /// <summary>Reports a value; the problem says what is wrong with it and what is allowed.</summary>
    public void ReportInvalid(string key, string problem) => ReportInvalid(key, problem, AddressText.UpToHost);

    /// <summary>A value of a setting in a message, as in <see cref="Show"/>. What may be a secret that was written into
    /// the wrong setting is not shown: a token, a connection string, and what follows the host in an address.</summary>
    public string ShowValue(string value) => ShowValue(value, AddressText.UpToHost);

    /// <summary>A text in a message: invisible characters are shown, secrets in an address are not, and a long text is
    /// shortened.</summary>
    public static string Show(string text)
    {
        var shown = VisibleText.OfInput(AddressText.WithoutSecrets(text));
        if (shown.Length <= MaxShown)
        {
            return shown;
        }

        return $"{Truncation.Truncate(shown, MaxShown)}…";
    }

    /// <summary>Parses a value, or reports that it is invalid.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="parse">Returns <see langword="null"/> for an invalid value.</param>
    /// <param name="problem">What is wrong with an invalid value.</param>
    /// <param name="hide">Hides parts of the addresses that an invalid value contains.</param>
    private T? Read<T>(string key, Func<string, T?> parse, string problem, Func<string, string> hide)
        where T : class
    {
        if (ReadText(key) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        if (value is null)
        {
            ReportInvalid(key, problem, hide);
        }

        return value;
    }

    private void ReportInvalid(string key, string problem, Func<string, string> hide)
    {
        var shown = ShowValue(configuration[key] ?? "", hide);
        Report($"{GetPath(key)} = \"{shown}\" {problem}");
    }

    private string ShowValue(string value, Func<string, string> hide)
    {
        var shown = PossibleSecret.Hide(value, home);
        return Show(hide(shown));
    }

    private Secret? ReadSecretFile(string key, string fileKey, string file)
    {
        if (ReadText(key) is not null)
        {
            problems.Add($"{GetPath(key)} and {GetPath(fileKey)} are both set. Keep one of them.");
            return null;
        }

        if (!PossibleSecret.IsPath(file, home))
        {
            Report(
                $"{GetPath(fileKey)} does not name a file that can be read. The value is not shown, because it may be "
                    + "a secret. Write the path of a file that contains only the secret, or write the secret to "
                    + $"{GetPath(key)}."
            );
            return null;
        }

        try
        {
            var content = BoundedFile.ReadText(Path.Combine(home, file), Credentials.MaxLength).Trim();
            if (content.Length > 0)
            {
                return new Secret(content);
            }

            ReportPath(fileKey, file, "is an empty file. Put the secret into it, and nothing else.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ReportPath(fileKey, file, $"cannot be read: {BoundedFile.Explain(e)}");
        }

        return null;
    }

    private void ReportPath(string key, string file, string problem) =>
        Report($"{GetPath(key)} = \"{Show(file)}\" {problem}");

    private static Uri? ParseWebAddress(string text)
    {
        var isValid =
            Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address is { Scheme: "http" or "https", UserInfo: "", Host.Length: > 0 };
        if (isValid)
        {
            return address;
        }

        return null;
    }

    private static string? ParsePath(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Contains("://", StringComparison.Ordinal))
        {
            return null;
        }

        return text;
    }

    /// <summary>Parses the address of a server; a slash is added at its end.</summary>
    /// <returns><see langword="null"/> when it is none, or has a query or a fragment.</returns>
    public static Uri? ParseServerAddress(string text)
    {
        var address = ParseWebAddress($"{text.TrimEnd('/')}/");
        if (address is { Query: "", Fragment: "" })
        {
            return address;
        }

        return null;
    }

    private static Uri? ParseListenAddress(string text)
    {
        var isValid =
            Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address is { Scheme: "http", UserInfo: "", AbsolutePath: "/", Query: "", Fragment: "" }
            && (address.Host == "localhost" || IPAddress.TryParse(address.Host.Trim('[', ']'), out _));
        if (isValid)
        {
            return address;
        }

        return null;
    }
}
