namespace Serge.Bot.Tests.Support;

/// <summary>The same zone for every server.</summary>
internal sealed class OneZone(BotSettings settings) : ITimeZoneProvider
{
    public TimeZoneInfo GetTimeZone(Interaction interaction) => settings.TimeZone;
}
