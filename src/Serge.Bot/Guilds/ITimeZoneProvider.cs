namespace Serge.Bot.Guilds;

/// <summary>Provides the time zone of "today" for whoever sent an interaction.</summary>
internal interface ITimeZoneProvider
{
    TimeZoneInfo GetTimeZone(Interaction interaction);
}
