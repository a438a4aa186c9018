namespace Serge.Bot.Commands;

/// <summary>Creates replies within Discord's limits.</summary>
internal static class Replies
{
    /// <summary>Maximum length of name and value of a choice.</summary>
    /// <remarks>Source: Discord docs, Interactions/Application Commands, Option Choice Structure.</remarks>
    private const int MaxChoiceLength = 100;

    /// <summary>Source: Discord docs, Interactions/Receiving and Responding, Autocomplete.</summary>
    private const int MaxChoices = 25;

    /// <summary>Longer input is not repeated completely.</summary>
    private const int MaxInputLength = 60;

    /// <summary>An answer for everybody in the channel.</summary>
    public static Reply Public(string text) => new Reply.Message(new DiscordMessage { Text = text });

    /// <summary>An answer for the member alone.</summary>
    public static Reply Ephemeral(string text) =>
        new Reply.Message(new DiscordMessage { Text = text }, Ephemeral: true);

    /// <summary>Formats what a member typed: shortened, in quotation marks, without markup.</summary>
    public static string FormatInput(string typed, Strings strings)
    {
        var runes = typed.EnumerateRunes().ToArray();
        var shown = string.Concat(runes.Take(MaxInputLength));
        var end = "";
        if (runes.Length > MaxInputLength)
        {
            end = "…";
        }

        return strings.InQuotes(DiscordMarkdown.Escape(shown + end));
    }

    /// <summary>Suggests a similar id, or to pick one from the list.</summary>
    public static string SuggestId(string typed, IEnumerable<string> known, Strings strings)
    {
        if (Spelling.FindNearest(typed, known) is { } near)
        {
            return strings.DidYouMean(near);
        }

        return strings.PickFromTheList;
    }

    /// <summary>Removes choices over the limits and shortens long names.</summary>
    public static IReadOnlyList<Choice> LimitChoices(IEnumerable<Choice> choices)
    {
        var valid = choices.Where(choice => choice.Value.Length is > 0 and <= MaxChoiceLength).Take(MaxChoices);
        return [.. valid.Select(choice => choice with { Name = Shorten(choice.Name) })];
    }

    /// <summary>Removes buttons whose custom id is too long.</summary>
    public static IReadOnlyList<Button> LimitButtons(params IEnumerable<Button> buttons) =>
        [.. buttons.Where(button => button.CustomId.Length <= PostButtons.MaxIdLength)];

    private static string Shorten(string name)
    {
        const int max = MaxChoiceLength - 1;
        if (name.Length <= MaxChoiceLength)
        {
            return name;
        }

        // Cut between words, if the name has a space.
        var end = name.LastIndexOf(' ', max);
        var beginning = Truncation.Truncate(name, end > 0 ? end : max);
        return $"{beginning}…";
    }
}
