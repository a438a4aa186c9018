namespace Serge.Bot.Publishing;

/// <summary>Renders posts as Discord Markdown.</summary>
internal sealed class DiscordRenderer : PostRenderer
{
    /// <summary>The longest message, in Unicode code points.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Create Message.</remarks>
    public const int MaxLength = 2000;

    public override string Platform => Destinations.DiscordPlatform;

    public override Markup Markup => Markup.Discord;

    protected override PageLinks? Links => null;

    public override PostLength Measure(Payload payload) => new(Count(payload.Text), MaxLength);

    /// <summary>The length of a message as Discord counts it.</summary>
    public static int Count(string text) => text.EnumerateRunes().Count();

    protected override IReadOnlyList<PostButton> CreateButtons(Quote quote) => PostButtons.Create(quote);

    protected override IReadOnlyList<PostButton> CreateButtons(IReadOnlyList<Event> events) =>
        PostButtons.Create(events);

    protected override Payload CreatePayload(string text, string? warning, IReadOnlyList<string> extraTags) =>
        new() { Text = text };
}
