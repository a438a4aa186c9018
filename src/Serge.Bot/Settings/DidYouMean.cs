namespace Serge.Bot.Settings;

/// <summary>What an error says of the word that may have been meant.</summary>
internal static class DidYouMean
{
    /// <summary>"Did you mean X? " with a space behind, or nothing when no known word is near.</summary>
    public static string Hint(string word, IEnumerable<string> known) =>
        Spelling.Nearest(word, known) is { } near ? $"Did you mean {near}? " : "";
}
