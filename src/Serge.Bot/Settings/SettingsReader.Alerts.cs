using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Serge.Bot.Settings;

/// <content>The section <c>Alerts</c>.</content>
internal sealed partial class SettingsReader
{
    private AlertSettings Alerts(IConfigurationSection section)
    {
        var standard = new AlertSettings();
        return new AlertSettings
        {
            Discord = AlertChannel($"{section.Path}:Discord", section["Discord"]),
            Mastodon = AlertAccount($"{section.Path}:Mastodon", section["Mastodon"]),
            MinInterval = Duration(
                $"{section.Path}:Every",
                section["Every"],
                standard.MinInterval,
                TimeSpan.FromSeconds(1),
                TimeSpan.FromDays(1)
            ),
            PerDay = Number($"{section.Path}:PerDay", section["PerDay"], standard.PerDay, least: 1, most: 100),
        };
    }

    private ChannelId? AlertChannel(string key, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
        {
            return new ChannelId(id);
        }

        _problems.Add($"{key} = \"{value}\" is no channel. Give its id (digits), such as \"1234567890\".");
        return null;
    }

    private string? AlertAccount(string key, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (Handle().Match(value) is { Success: true } handle)
        {
            return handle.Groups["name"].Value;
        }

        _problems.Add(
            $"{key} = \"{value}\" is no account. Give its name, such as ada@mastodon.example, or ada for one on the bot’s own server."
        );
        return null;
    }

    /// <summary>As Mastodon writes accounts: docs, entities/Account, <c>acct</c>.</summary>
    [GeneratedRegex(
        @"\A@?(?<name>[a-zA-Z0-9_]+(?:[.-][a-zA-Z0-9_]+)*(?:@[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]{1,5})?)?)\z",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Handle();
}
