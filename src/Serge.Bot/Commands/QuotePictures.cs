using Serge.Bot.Cards;

namespace Serge.Bot.Commands;

/// <summary>Adds pictures to the quotations that members ask for.</summary>
internal sealed class QuotePictures(PictureDrawer drawer)
{
    /// <summary>Adds the picture of a quotation, or a line that says that there is none. The text is complete without
    /// it.</summary>
    public async Task<DiscordMessage> AddAsync(
        DiscordMessage message,
        Quote quote,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        if (await TryDrawAsync(quote, strings, cancellationToken) is { } picture)
        {
            return message with { Picture = picture };
        }

        var text = $"{message.Text}\n{Markup.Discord.Subtext(strings.NoPicture)}";
        return Replies.Fits(text) ? message with { Text = text } : message;
    }

    /// <returns><see langword="null"/> if it cannot be drawn, or is over a limit of Discord.</returns>
    private async Task<Picture?> TryDrawAsync(Quote quote, Strings strings, CancellationToken cancellationToken)
    {
        try
        {
            var words = PictureFormatter.Format(quote, strings);
            var picture = await drawer.DrawAsync(words, cancellationToken);
            return PictureLimits.Discord.FindProblem(picture) is null ? picture : null;
        }
        catch (CardException)
        {
            return null;
        }
    }
}
