using System.Globalization;

namespace Serge.Bot.Rendering;

/// <summary>Numbers with English nouns.</summary>
internal static class Plural
{
    /// <summary>What the quote files contain: <c>1 quotation, 2 events</c>.</summary>
    public static string OfCatalogue(int quotes, int events) => $"{Of(quotes, "quotation")}, {Of(events, "event")}";

    /// <summary><c>1 post</c>, <c>2 posts</c>.</summary>
    public static string Of(long count, string noun)
    {
        var number = count.ToString(CultureInfo.InvariantCulture);
        if (count == 1)
        {
            return $"{number} {noun}";
        }

        return $"{number} {noun}s";
    }
}
