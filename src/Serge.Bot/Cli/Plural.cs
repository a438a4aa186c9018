using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary>Numbers with nouns.</summary>
internal static class Plural
{
    /// <summary><c>1 post</c>, <c>2 posts</c>.</summary>
    public static string Of(int count, string noun)
    {
        var number = count.ToString(CultureInfo.InvariantCulture);
        return count == 1 ? $"{number} {noun}" : $"{number} {noun}s";
    }
}
