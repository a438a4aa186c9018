using System.Globalization;
using System.Text.RegularExpressions;

namespace Serge.Bot.Settings;

/// <summary>Section <c>Alerts</c>: who receives a message when posts fail. Without a recipient failures are only
/// logged.</summary>
internal sealed partial record AlertSettings
{
    /// <summary>Much more than a name and a host have, in UTF-16 units.</summary>
    private const int MaxAccountLength = 400;

    /// <summary><c>Alerts:Discord</c>: id of the channel that receives alerts.</summary>
    public ChannelId? Discord { get; init; }

    /// <summary><c>Alerts:Mastodon</c>: account that receives a direct message, such as <c>ada@mastodon.example</c>;
    /// without a leading at sign.</summary>
    public string? Mastodon { get; init; }

    /// <summary><c>Alerts:Webhook</c>: address that receives alerts over HTTP; <see langword="null"/> for
    /// none.</summary>
    public WebhookSettings? Webhook { get; init; }

    public bool HasRecipient => this is not { Discord: null, Mastodon: null, Webhook: null };

    /// <summary><c>Alerts:MinInterval</c>: minimum time between two alerts, 1 s to 24 h; an alert contains all failures
    /// since the last. Default 1 h.</summary>
    public TimeSpan MinInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>Alerts:PerDay</c>: maximum of alerts in 24 hours, 1 to 100. Default 6.</summary>
    public int PerDay { get; init; } = 6;

    public static AlertSettings Read(SettingsSection root)
    {
        var section = root.GetSection(
            "Alerts",
            ["Discord", "Mastodon", .. WebhookSettings.Keys, "MinInterval", "PerDay"]
        );
        AlertSettings defaults = new();
        return new AlertSettings
        {
            Discord = ReadChannel(section),
            Mastodon = ReadAccount(section),
            Webhook = WebhookSettings.Read(section),
            MinInterval = section.ReadDuration(
                "MinInterval",
                defaults.MinInterval,
                min: TimeSpan.FromSeconds(1),
                max: TimeSpan.FromDays(1)
            ),
            PerDay = section.ReadNumber("PerDay", defaults.PerDay, max: 100),
        };
    }

    private static ChannelId? ReadChannel(SettingsSection section)
    {
        if (section.ReadText("Discord") is not { } text)
        {
            return null;
        }

        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
        {
            return new ChannelId(id);
        }

        section.ReportInvalid("Discord", "is not the id of a channel. Write its digits, such as \"1234567890\".");
        return null;
    }

    private static string? ReadAccount(SettingsSection section) =>
        section.Read(
            "Mastodon",
            ParseAccount,
            "is not an account. Write its name, such as ada@mastodon.example, or ada for an account on the bot’s "
                + "own server."
        );

    private static string? ParseAccount(string text)
    {
        if (text.Length > MaxAccountLength)
        {
            return null;
        }

        // The group is empty if the text does not match.
        var name = AccountName().Match(text).Groups["name"].Value;
        return string.IsNullOrEmpty(name) ? null : name;
    }

    /// <summary>Source: Mastodon docs, entities/Account, <c>acct</c>.</summary>
    [GeneratedRegex(
        @"\A@?(?<name>[a-zA-Z0-9_]+(?:[.-][a-zA-Z0-9_]+)*"
            + @"(?:@[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]{1,5})?)?)\z",
        RegexOptions.CultureInvariant,
        60_000
    )]
    private static partial Regex AccountName();
}
