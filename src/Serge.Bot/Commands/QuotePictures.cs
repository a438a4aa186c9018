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
        var words = PictureFormatter.Format(quote, strings);
        var (picture, _) = await drawer.TryDrawAsync(words, cancellationToken);
        if (picture is not null && PictureLimits.Discord.FindProblem(picture) is null)
        {
            return message with { Picture = picture };
        }

        var text = $"{message.Text}\n{Markup.Discord.Subtext(strings.NoPicture)}";
        if (DiscordMessage.Fits(text))
        {
            return message with { Text = text };
        }

        return message;
    }
}
