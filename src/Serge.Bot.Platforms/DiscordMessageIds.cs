using System.Globalization;

namespace Serge.Bot.Platforms;

/// <summary>Converts the ids of Discord's messages from and to text.</summary>
public static class DiscordMessageIds
{
    public static string Format(ulong id) => id.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="ArgumentException">The text is not an id of Discord.</exception>
    public static ulong Parse(string messageId)
    {
        if (ulong.TryParse(messageId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return id;
        }

        throw new ArgumentException("The id of a message must be a number.", nameof(messageId));
    }
}
