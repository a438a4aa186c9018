namespace Serge.Bot.Publishing;

/// <summary>Renders posts as Discord Markdown.</summary>
internal sealed class DiscordRenderer : PostRenderer
{
    public override string Platform => Destinations.DiscordPlatform;

    public override Markup Markup => Markup.Discord;

    protected override PageLinks? Links => null;

    public override PostLength Measure(Payload payload) =>
        new(DiscordMessage.GetLength(payload.Text), DiscordMessage.MaxTextLength);

    protected override IReadOnlyList<PostButton> CreateButtons(Quote quote) => PostButtons.Create(quote);

    protected override IReadOnlyList<PostButton> CreateButtons(IReadOnlyList<Event> events) =>
        PostButtons.Create(events);

    protected override Payload CreatePayload(string text, string? warning, IReadOnlyList<string> extraTags) =>
        new() { Text = text };
}
