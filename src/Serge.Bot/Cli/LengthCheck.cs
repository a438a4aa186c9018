namespace Serge.Bot.Cli;

/// <summary>Finds items that are too long for a platform, rendered as they would be posted.</summary>
internal static class LengthCheck
{
    /// <param name="catalogue">All quotations and events.</param>
    /// <param name="renderers">Use the server's limits, if known.</param>
    /// <param name="server">Name of the Mastodon server, for messages.</param>
    public static IEnumerable<Problem> Run(QuoteCatalogue catalogue, PostRenderers renderers, string server)
    {
        var onMastodon = Check(catalogue, renderers.Get(Destinations.Mastodon), server);
        var anyChannel = Destinations.OfChannel(new ChannelId(1));
        var onDiscord = Check(catalogue, renderers.Get(anyChannel), "Discord");
        return onMastodon.Concat(onDiscord);
    }

    private static IEnumerable<Problem> Check(QuoteCatalogue catalogue, PostRenderer renderer, string platform)
    {
        foreach (var (quote, length) in renderer.FindTooLong(catalogue))
        {
            yield return new Problem(
                quote.Location,
                ProblemSeverity.Warning,
                $"{quote.Id} is too long for {platform}: {length.Length} characters of {length.Limit}.",
                "It is never chosen there, because a quotation is never shortened."
            );
        }

        foreach (var e in renderer.FindNeverPosted(catalogue))
        {
            yield return new Problem(
                e.Location,
                ProblemSeverity.Warning,
                $"{e.Id} is too long for {platform}, alone or with the other events of its day, and is never posted "
                    + "there.",
                "Shorten its text or theirs, or write 'post: false' for the least important one."
            );
        }
    }
}
