using System.Globalization;

namespace Serge.Bot.Simulator.Discord;

/// <summary>Moments as Discord writes them: ISO 8601 with six decimals and an offset.</summary>
internal static class Timestamps
{
    public static string Of(DateTimeOffset moment) =>
        moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);
}
