namespace Serge.Bot.Publishing;

/// <summary>Publishes posts in Discord channels.</summary>
internal sealed class DiscordTarget(
    IDiscord discord,
    DiscordRenderer renderer,
    DiscordSettings settings,
    PictureSender pictures
) : IPublishTarget
{
    private volatile QuotePool? _pool;

    public string Platform => renderer.Platform;

    public Capabilities Capabilities => discord.Capabilities;

    public DailyLimit DailyLimit { get; } = new(settings.PostsPerDay, "Discord:PostsPerDay");

    /// <summary>Only the local day matters, and there may be thousands of channels.</summary>
    public TimeSpan HistoryWindow => DestinationHistory.LongestDay;

    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <remarks>What fits one channel fits all, and thousands of channels may be due at once, so the
    /// pool is kept.</remarks>
    public IReadOnlyList<Quote> GetPool(QuoteCatalogue catalogue, Destination destination)
    {
        if (_pool is not { } pool || pool.Catalogue != catalogue)
        {
            pool = new QuotePool(catalogue, [.. catalogue.Quotes.Where(quote => renderer.Render(quote) is not null)]);
            _pool = pool;
        }

        return pool.Quotes;
    }

    public Payload? Render(Quote quote, Destination destination) => renderer.Render(quote);

    public RenderedEvents? Render(IReadOnlyList<Event> events, Destination destination) => renderer.Render(events);

    public Payload Complete(
        Payload payload,
        Schedule schedule,
        DateTimeOffset occurrence,
        DestinationHistory history
    ) => schedule.Options.Buttons ? payload : payload with { Buttons = null };

    public Task PrepareAsync(Post post, CancellationToken cancellationToken) =>
        pictures.PrepareAsync(post, cancellationToken);

    public Task<SendOutcome> SendAsync(Post post, SendDeadline deadline, CancellationToken cancellationToken)
    {
        var channel = GetChannel(post.Destination);
        return pictures.SendAsync(post, PictureLimits.Discord, Send, cancellationToken);

        Task<SendOutcome> Send(Picture? picture)
        {
            var message = GetMessage(post) with { Picture = picture };
            return discord.SendAsync(channel, message, post.Key, deadline, cancellationToken);
        }
    }

    public Task<LookupResult> FindPublishedAsync(Post post, CancellationToken cancellationToken)
    {
        var since = MessageTime.GetEarliest(post);
        return discord.FindPublishedAsync(
            GetChannel(post.Destination),
            GetMessage(post).Text,
            since,
            cancellationToken
        );
    }

    public Task<SendOutcome> EditAsync(Post post, string remoteId, CancellationToken cancellationToken)
    {
        var channel = GetChannel(post.Destination);
        return pictures.SendAsync(post, PictureLimits.Discord, Edit, cancellationToken);

        Task<SendOutcome> Edit(Picture? picture)
        {
            var message = GetMessage(post) with { Picture = picture };
            return discord.EditAsync(channel, remoteId, message, cancellationToken);
        }
    }

    public Task<SendOutcome> DeleteAsync(
        Destination destination,
        string remoteId,
        CancellationToken cancellationToken
    ) => discord.DeleteAsync(GetChannel(destination), remoteId, cancellationToken);

    private static ChannelId GetChannel(Destination destination) =>
        Destinations.GetChannel(destination)
        ?? throw new ArgumentException($"{destination} is not a Discord channel.", nameof(destination));

    private static DiscordMessage GetMessage(Post post)
    {
        var buttons = post.Payload?.Buttons ?? [];
        return new DiscordMessage
        {
            Text = post.Payload?.Text ?? "",
            Buttons = [.. buttons.Select(button => new Button(button.Label, button.Id))],
        };
    }

    private sealed record QuotePool(QuoteCatalogue Catalogue, IReadOnlyList<Quote> Quotes);
}
