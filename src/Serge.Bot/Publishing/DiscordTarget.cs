using System.Globalization;

namespace Serge.Bot.Publishing;

/// <summary>Publishes posts in Discord channels.</summary>
internal sealed class DiscordTarget(
    IDiscord discord,
    DiscordRenderer renderer,
    DiscordSettings settings,
    PictureSender pictures
) : IPublishTarget
{
    /// <summary>For a post that no schedule has planned.</summary>
    private const string DefaultTitle = "Quotation";

    private volatile QuotePool? _pool;

    public string Platform => renderer.Platform;

    public Capabilities Capabilities => discord.Capabilities;

    /// <summary>Discord has no nonce for posts in forums.</summary>
    public Capabilities GetCapabilities(Destination destination)
    {
        if (Destinations.IsForum(destination))
        {
            return discord.Capabilities with { SupportsIdempotency = false, KeyWindow = TimeSpan.Zero };
        }

        return discord.Capabilities;
    }

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
            pool = new QuotePool(catalogue, renderer.GetPool(catalogue));
            _pool = pool;
        }

        return pool.Quotes;
    }

    public Payload? Render(Quote quote, Destination destination) => renderer.Render(quote);

    public RenderedDay? Render(DayContent day, Destination destination) => renderer.Render(day);

    public Payload Complete(
        Payload payload,
        Schedule schedule,
        Destination destination,
        DateTimeOffset occurrence,
        DestinationHistory history
    )
    {
        var options = schedule.Options;
        var day = FormatDay(schedule.GetLocalDate(occurrence));
        var complete = payload with { Buttons = options.Buttons ? payload.Buttons : null, Mention = options.Mention };
        // A post in a forum is a thread already, and cannot be crossposted.
        if (Destinations.IsForum(destination))
        {
            return complete with { Title = day };
        }

        return complete with
        {
            Thread = options.Thread ? day : null,
            Crosspost = options.Crosspost,
        };
    }

    public Task PrepareAsync(Post post, CancellationToken cancellationToken) =>
        pictures.PrepareAsync(post, cancellationToken);

    public Task<SendOutcome> SendAsync(Post post, SendDeadline deadline, CancellationToken cancellationToken)
    {
        var channel = GetChannel(post.Destination);
        return pictures.SendAsync(post, PictureLimits.Discord, Send, cancellationToken);

        Task<SendOutcome> Send(Picture? picture)
        {
            var message = GetMessage(post) with { Picture = picture };
            if (!Destinations.IsForum(post.Destination))
            {
                return discord.SendAsync(channel, message, post.Key, deadline, cancellationToken);
            }

            // The day, and not the words of the quotation: only a moderator can remove a title.
            var title = post.Payload?.Title ?? DefaultTitle;
            return discord.StartForumPostAsync(channel, title, message, deadline, cancellationToken);
        }
    }

    public Task<LookupResult> FindPublishedAsync(Post post, CancellationToken cancellationToken)
    {
        var since = MessageTime.GetEarliest(post);
        var channel = GetChannel(post.Destination);
        var text = GetMessage(post).Text;
        if (Destinations.IsForum(post.Destination))
        {
            return discord.FindForumPostAsync(channel, text, since, cancellationToken);
        }

        return discord.FindPublishedAsync(channel, text, since, cancellationToken);
    }

    /// <summary>An edit sends no notification.</summary>
    public Task<SendOutcome> EditAsync(Post post, string remoteId, CancellationToken cancellationToken)
    {
        var channel = GetMessageChannel(post.Destination, remoteId);
        return pictures.SendAsync(post, PictureLimits.Discord, Edit, cancellationToken);

        Task<SendOutcome> Edit(Picture? picture)
        {
            var message = GetMessage(post) with { MentionedRole = null, Picture = picture };
            return discord.EditAsync(channel, remoteId, message, cancellationToken);
        }
    }

    public Task<SendOutcome> FollowUpAsync(FollowUp followUp, CancellationToken cancellationToken)
    {
        var post = followUp.Post;
        var channel = GetChannel(post.Destination);
        if (followUp.Kind == FollowUpKind.Crosspost)
        {
            return discord.CrosspostAsync(channel, post.RemoteId!, cancellationToken);
        }

        return discord.StartThreadAsync(channel, post.RemoteId!, post.Payload!.Thread!, cancellationToken);
    }

    public Task<SendOutcome> DeleteAsync(
        Destination destination,
        string remoteId,
        CancellationToken cancellationToken
    ) => discord.DeleteAsync(GetMessageChannel(destination, remoteId), remoteId, cancellationToken);

    private static ChannelId GetChannel(Destination destination) =>
        Destinations.GetChannel(destination)
        ?? throw new ArgumentException($"{destination} is not a Discord channel.", nameof(destination));

    /// <summary>The first message of a thread in a forum has the thread's id.</summary>
    private static ChannelId GetMessageChannel(Destination destination, string remoteId)
    {
        if (Destinations.IsForum(destination))
        {
            return new ChannelId(DiscordMessageIds.Parse(remoteId));
        }

        return GetChannel(destination);
    }

    /// <summary>The mention stands before the text. Where both do not fit, the text goes without it.</summary>
    private static DiscordMessage GetMessage(Post post)
    {
        var message = CreateMessage(post);
        if (!ulong.TryParse(post.Payload?.Mention, CultureInfo.InvariantCulture, out var role))
        {
            return message;
        }

        var text = $"<@&{role}>\n{message.Text}";
        if (!DiscordMessage.Fits(text))
        {
            return message;
        }

        return message with
        {
            Text = text,
            MentionedRole = role,
        };
    }

    /// <summary>The name of a thread: "1 February 2027", in the language of the posts.</summary>
    private static string FormatDay(DateOnly day) => day.ToString("d MMMM yyyy", Strings.English.Culture);

    private static DiscordMessage CreateMessage(Post post)
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
