using System.Text;

namespace Serge.Bot.Publishing;

/// <summary>Renders alerts for the webhook: Markdown for Discord, otherwise plain text.</summary>
internal sealed class WebhookRenderer(WebhookSettings settings) : PostRenderer
{
    /// <summary>The longest plain text, in bytes of UTF-8: ntfy turns a longer one into an attachment.</summary>
    /// <remarks>Source: ntfy docs, Publishing, Limitations.</remarks>
    public const int MaxBytes = 4096;

    private bool IsDiscord => settings.Format == WebhookFormat.Discord;

    public override string Platform => Destinations.WebhookPlatform;

    public override Markup Markup => IsDiscord ? Markup.Discord : Markup.Plain;

    protected override PageLinks? Links => null;

    public override PostLength Measure(Payload payload)
    {
        if (IsDiscord)
        {
            return new PostLength(DiscordMessage.GetLength(payload.Text), DiscordMessage.MaxTextLength);
        }

        return new PostLength(Encoding.UTF8.GetByteCount(payload.Text), MaxBytes);
    }

    protected override Payload CreatePayload(string text, string? warning, IReadOnlyList<string> extraTags) =>
        new() { Text = text };
}
