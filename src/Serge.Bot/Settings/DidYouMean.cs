namespace Serge.Bot.Settings;

/// <summary>Suggests the correct spelling in an error message.</summary>
internal static class DidYouMean
{
    /// <summary>"Did you mean X? " with a trailing space; empty if no known word is similar.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        if (Spelling.FindNearest(word, known) is { } near)
        {
            return $"Did you mean {near}? ";
        }

        return "";
    }
}
