using Serge.Bot.Places;

namespace Serge.Bot.Tests.Support;

/// <summary>The same zone everywhere.</summary>
internal sealed class OneZone(BotSettings settings) : IZones
{
    public TimeZoneInfo Of(Interaction interaction) => settings.TimeZone;
}
