namespace Serge.Bot.Guilds;

/// <summary>Provides the time zone of "today" for the sender of an interaction.</summary>
internal interface ITimeZoneProvider
{
    TimeZoneInfo GetTimeZone(Interaction interaction);
}
