namespace Serge.Bot.Commands;

/// <summary>The few shapes that answers have, and Discord's limits for them.</summary>
internal static class Replies
{
    /// <summary>The longest custom id of a button, and name or value of a suggestion, in characters.</summary>
    /// <remarks>Source: Discord docs, Components/Reference, Button; Interactions/Application Commands, Option Choice Structure.</remarks>
    private const int LongestId = 100;

    /// <summary>Source: Discord docs, Interactions/Receiving and Responding, Autocomplete.</summary>
    private const int MostSuggestions = 25;

    /// <summary>Of what a member typed, no more than this many characters are repeated.</summary>
    private const int MostRepeated = 60;

    /// <summary>An answer for everybody in the channel.</summary>
    public static Reply Public(string text, params IReadOnlyList<Button> buttons) =>
        new Reply.Message(new DiscordMessage { Text = text, Buttons = buttons });

    /// <summary>A word to the one who asked, such as what was wrong with an option.</summary>
    public static Reply Ephemeral(string text, params IReadOnlyList<Button> buttons) =>
        new Reply.Message(new DiscordMessage { Text = text, Buttons = buttons }, Ephemeral: true);

    /// <summary>What a member typed, safe to repeat: short, in quotation marks, and nothing in it is markup.</summary>
    public static string Typed(string typed, Strings words)
    {
        var runes = typed.EnumerateRunes().Take(MostRepeated + 1).ToArray();
        return words.InQuotes(
            DiscordMarkdown.Escape(string.Concat(runes.Take(MostRepeated)) + (runes.Length > MostRepeated ? "…" : ""))
        );
    }

    /// <summary>What to type instead of an id that is not known: the nearest one, else how to find one.</summary>
    public static string NearOrList(string typed, IEnumerable<string> known, Strings words) =>
        Spelling.Nearest(typed, known) is { } near ? words.DidYouMean(near) : words.PickFromTheList;

    /// <summary>Whether a text can be a Discord message.</summary>
    public static bool Fits(string text) => text.EnumerateRunes().Count() <= DiscordRenderer.MaxLength;

    /// <summary>The suggestions that Discord takes, cut to what it shows.</summary>
    public static IReadOnlyList<Choice> Suggestions(IEnumerable<Choice> choices) =>
        [
            .. choices
                .Where(choice => choice.Value.Length is > 0 and <= LongestId)
                .Take(MostSuggestions)
                .Select(choice => choice with { Name = Cut(choice.Name) }),
        ];

    /// <summary>The buttons that Discord takes: one whose state is too long is left out.</summary>
    public static IReadOnlyList<Button> WithinLimits(params IEnumerable<Button> buttons) =>
        [.. buttons.Where(button => button.CustomId.Length <= LongestId)];

    private static string Cut(string name)
    {
        if (name.Length <= LongestId)
        {
            return name;
        }

        var end = name.LastIndexOf(' ', LongestId - 1);
        end =
            end > 0 ? end
            : char.IsHighSurrogate(name[LongestId - 2]) ? LongestId - 2
            : LongestId - 1;
        return name[..end] + "…";
    }
}
