namespace Serge.Bot.Guilds;

/// <summary>Whose day "today" is.</summary>
internal interface ITimeZoneProvider
{
    /// <summary>The time zone of the place an interaction comes from. Answered from memory.</summary>
    TimeZoneInfo GetTimeZone(Interaction interaction);
}
