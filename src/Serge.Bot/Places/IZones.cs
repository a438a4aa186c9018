namespace Serge.Bot.Places;

/// <summary>Whose day "today" is.</summary>
internal interface IZones
{
    /// <summary>The time zone of the place an interaction comes from. Answered from memory.</summary>
    TimeZoneInfo Of(Interaction interaction);
}
