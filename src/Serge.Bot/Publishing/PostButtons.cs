namespace Serge.Bot.Publishing;

/// <summary>The buttons under posts, in the language of the posts.</summary>
internal static class PostButtons
{
    /// <summary>Begins the id of a button that shows the source of a quotation or an event.</summary>
    public const string SourcePrefix = "source:";

    /// <summary>Begins the id of a button that shows another quotation to the member who presses it.</summary>
    public const string AnotherPrefix = "quote:another:";

    /// <summary>The longest custom id of a button, in characters.</summary>
    /// <remarks>Source: Discord docs, Components/Reference, Button.</remarks>
    public const int MaxIdLength = 100;

    /// <summary>The most buttons in one row.</summary>
    /// <remarks>Source: Discord docs, Components/Reference, Action Row.</remarks>
    private const int MaxButtons = 5;

    private static readonly Strings Language = Strings.English;

    /// <summary>The source of a quotation, and another one.</summary>
    public static IReadOnlyList<PostButton> Create(Quote quote) =>
        Limit([
            new PostButton(Language.Source, SourcePrefix + quote.Id),
            new PostButton(Language.Another, AnotherPrefix + quote.Id),
        ]);

    /// <summary>The sources of the first events, in the order of the post.</summary>
    public static IReadOnlyList<PostButton> Create(IReadOnlyList<Event> events)
    {
        if (events is [var only])
        {
            return Limit([new PostButton(Language.Source, SourcePrefix + only.Id)]);
        }

        var buttons = events.Select(
            (e, index) => new PostButton(Language.SourceButton(index + 1), SourcePrefix + e.Id)
        );
        return Limit(buttons);
    }

    private static IReadOnlyList<PostButton> Limit(IEnumerable<PostButton> buttons) =>
        [.. buttons.Where(button => button.Id.Length <= MaxIdLength).Take(MaxButtons)];
}
