using System.Text;

namespace Serge.Bot.Settings;

/// <summary>Settings <c>Alerts:Webhook…</c>: an address that receives alerts over HTTP.</summary>
/// <remarks>The address itself is a secret: that of Discord or ntfy lets anybody who knows it send messages.</remarks>
internal sealed record WebhookSettings
{
    /// <summary>The names of the settings in section <c>Alerts</c>.</summary>
    public static readonly string[] Keys =
    [
        AddressKey,
        $"{AddressKey}File",
        FormatKey,
        SigningKeyKey,
        $"{SigningKeyKey}File",
    ];

    private const string AddressKey = "Webhook";
    private const string FormatKey = "WebhookFormat";
    private const string SigningKeyKey = "WebhookSecret";

    /// <summary>Before a key in Base64. Source: Standard Webhooks, Signature scheme.</summary>
    private const string Base64Prefix = "whsec_";

    /// <summary>The shortest key, in bytes: 128 bits.</summary>
    private const int MinKeyLength = 16;

    /// <summary><c>Alerts:Webhook</c>, or the content of the file named by <c>Alerts:WebhookFile</c>: an address with
    /// <c>https</c>, or with <c>http</c> on the loopback interface.</summary>
    public required Secret Address { get; init; }

    /// <summary><c>Alerts:WebhookFormat</c>. Default <see cref="WebhookFormat.Json"/>.</summary>
    public WebhookFormat Format { get; init; }

    /// <summary><c>Alerts:WebhookSecret</c>, or the content of the file named by <c>Alerts:WebhookSecretFile</c>: signs
    /// requests of the format <see cref="WebhookFormat.Json"/>; <see langword="null"/> for no signature.</summary>
    public Secret? SigningKey { get; init; }

    /// <summary>The host of the address, which is no secret.</summary>
    public string Host => GetAddress().Host;

    /// <summary>The address as such, for sending.</summary>
    public Uri GetAddress() => new(Address.Reveal());

    /// <summary>The bytes of <see cref="SigningKey"/>: decoded if it begins with <c>whsec_</c>, otherwise its
    /// text.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public byte[]? GetSigningKey() => SigningKey is null ? null : DecodeKey(SigningKey.Reveal());

    /// <summary>The host and the format, for people.</summary>
    public string Describe()
    {
        var format = Format switch
        {
            WebhookFormat.Ntfy => "ntfy",
            WebhookFormat.Discord => "Discord",
            _ when SigningKey is null => "JSON without signature",
            _ => "signed JSON",
        };
        return $"a webhook at {Host} ({format})";
    }

    /// <returns><see langword="null"/> if there is no valid address.</returns>
    public static WebhookSettings? Read(SettingsSection section)
    {
        var address = section.ReadToken(AddressKey);
        var format = section.ReadChoice(
            FormatKey,
            WebhookFormat.Json,
            ("json", WebhookFormat.Json),
            ("ntfy", WebhookFormat.Ntfy),
            ("discord", WebhookFormat.Discord)
        );
        var key = section.ReadToken(SigningKeyKey);
        ReportKey(section, key, format);
        if (address is null)
        {
            if (key is not null || section.ReadText(FormatKey) is not null)
            {
                section.Report(
                    "Alerts:Webhook is missing, but there is a format or a secret for it. Set the address, such as "
                        + "https://example.org/alerts."
                );
            }

            return null;
        }

        if (FindProblem(address.Reveal()) is { } problem)
        {
            // The value is not repeated: the address contains a secret.
            section.Report($"Alerts:Webhook {problem}");
            return null;
        }

        return new WebhookSettings
        {
            Address = address,
            Format = format,
            SigningKey = key,
        };
    }

    private static void ReportKey(SettingsSection section, Secret? key, WebhookFormat format)
    {
        if (key is null)
        {
            return;
        }

        if (format != WebhookFormat.Json)
        {
            section.Report(
                "Alerts:WebhookSecret signs alerts of the format json only. Remove it, or change the format."
            );
        }

        var bytes = DecodeKey(key.Reveal());
        if (bytes is null)
        {
            section.Report($"Alerts:WebhookSecret begins with {Base64Prefix}, but the rest is not Base64.");
        }
        else if (bytes.Length < MinKeyLength)
        {
            section.Report(
                $"Alerts:WebhookSecret is shorter than {MinKeyLength} bytes. Create one with “openssl rand -hex 32”."
            );
        }
    }

    /// <summary>What is wrong with an address; <see langword="null"/> if nothing is.</summary>
    private static string? FindProblem(string text)
    {
        const string NoAddress = "is not an address. Write one with its scheme, such as https://example.org/alerts.";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            return NoAddress;
        }

        return address switch
        {
            { Scheme: not ("http" or "https") } => NoAddress,
            { Scheme: "http", IsLoopback: false } =>
                "is an address with http. Write one with https; http is allowed for this machine only, such as "
                    + "http://127.0.0.1:8000/alerts.",
            { UserInfo.Length: > 0 } or { Fragment.Length: > 0 } =>
                "contains a user name or a fragment, which are not sent. Remove it; ntfy accepts a token in the query "
                    + "(?auth=…).",
            _ => null,
        };
    }

    /// <returns><see langword="null"/> if it is not valid Base64 behind its prefix.</returns>
    private static byte[]? DecodeKey(string key)
    {
        if (!key.StartsWith(Base64Prefix, StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetBytes(key);
        }

        var buffer = new byte[key.Length];
        if (Convert.TryFromBase64String(key[Base64Prefix.Length..], buffer, out var length))
        {
            return buffer[..length];
        }

        return null;
    }
}

/// <summary>What a webhook expects.</summary>
internal enum WebhookFormat
{
    /// <summary><c>json</c>: our own format, described in <c>docs/operating.md</c>.</summary>
    Json,

    /// <summary><c>ntfy</c>: a topic of ntfy, <c>https://docs.ntfy.sh/publish/</c>.</summary>
    Ntfy,

    /// <summary><c>discord</c>: a webhook of a Discord channel (Discord docs, Resources/Webhook, Execute
    /// Webhook).</summary>
    Discord,
}
