namespace Serge.Bot.Settings;

/// <summary>Section <c>Alerts</c>: who is told when posts fail. Nobody but the log, where neither address is set.</summary>
internal sealed record AlertSettings
{
    /// <summary><c>Alerts:Discord</c>: the id of the channel that is told.</summary>
    public ChannelId? Discord { get; init; }

    /// <summary><c>Alerts:Mastodon</c>: the account that gets a direct message, such as <c>ada@mastodon.example</c>; kept without a leading at sign.</summary>
    public string? Mastodon { get; init; }

    /// <summary><c>Alerts:Every</c>: at most one alert in so long; what fails meanwhile is gathered in the next. 1 s to 24 h, default 1 h.</summary>
    public TimeSpan MinInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>Alerts:PerDay</c>: the most alerts in 24 hours, 1 to 100. Default 6.</summary>
    public int PerDay { get; init; } = 6;
}
