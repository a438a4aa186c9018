using Serge.Bot.Rendering;

namespace Serge.Bot.Commands;

/// <summary>The few shapes that answers have.</summary>
internal static class Replies
{
    /// <summary>Of what a member typed, no more than this many characters are repeated.</summary>
    private const int MostRepeated = 60;

    /// <summary>An answer for everybody in the channel.</summary>
    public static Reply ForAll(string text, params IReadOnlyList<Button> buttons) => new Reply.Message(new DiscordMessage { Text = text, Buttons = buttons });

    /// <summary>A word to the one who asked, such as what was wrong with an option.</summary>
    public static Reply ForYou(string text, params IReadOnlyList<Button> buttons) => new Reply.Message(new DiscordMessage { Text = text, Buttons = buttons }, Ephemeral: true);

    /// <summary>What a member typed, safe to repeat: short, in quotation marks, and nothing in it is markup.</summary>
    public static string Typed(string typed, Words words)
    {
        var runes = typed.EnumerateRunes().Take(MostRepeated + 1).ToArray();
        return words.InQuotes(DiscordMarkdown.Escape(string.Concat(runes.Take(MostRepeated)) + (runes.Length > MostRepeated ? "…" : "")));
    }

    /// <summary>Whether a text can be a Discord message.</summary>
    public static bool Fits(string text) => text.EnumerateRunes().Count() <= PostRenderer.DiscordLimit;
}
