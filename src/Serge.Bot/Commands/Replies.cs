using Serge.Bot.Rendering;

namespace Serge.Bot.Commands;

/// <summary>The few shapes that answers have.</summary>
internal static class Replies
{
    /// <summary>An answer for everybody in the channel.</summary>
    public static Reply ForAll(string text) => new Reply.Message(new DiscordMessage { Text = text });

    /// <summary>A word to the one who asked, such as what was wrong with an option.</summary>
    public static Reply ForYou(string text) => new Reply.Message(new DiscordMessage { Text = text }, Ephemeral: true);

    /// <summary>What a member typed, safe to repeat: short, and nothing in it is markup.</summary>
    public static string Typed(string words) => DiscordMarkdown.Escape(words.Length > 100 ? words[..100] + "…" : words);

    /// <summary>Whether a text can be a Discord message.</summary>
    public static bool Fits(string text) => text.EnumerateRunes().Count() <= PostRenderer.DiscordLimit;
}
