using Serge.Bot.Settings;

namespace Serge.Bot.Places;

/// <summary>Whose day "today" is.</summary>
internal interface IZones
{
    /// <summary>The time zone of the place an interaction comes from. Answered from memory.</summary>
    TimeZoneInfo Of(Interaction interaction);
}

/// <summary>The same zone everywhere: the setting <c>TimeZone</c>.</summary>
internal sealed class OneZone(BotSettings settings) : IZones
{
    public TimeZoneInfo Of(Interaction interaction) => settings.TimeZone;
}
