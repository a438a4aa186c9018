namespace Serge.Bot.Cli;

/// <summary>Decides what a correction or retraction means for a post. <see cref="PublishedPostEditor"/> executes
/// it.</summary>
internal sealed class PostChanges(PostRenderers renderers)
{
    /// <summary>Compares posts with the quote files.</summary>
    /// <param name="posts">The posts.</param>
    /// <param name="catalogue">What the files contain.</param>
    /// <param name="times">The local days of the posts.</param>
    /// <returns>What has to be done; empty if every post matches.</returns>
    public IReadOnlyList<PostChange> Correct(IEnumerable<Post> posts, QuoteCatalogue catalogue, PostTimes times) =>
        [.. posts.Select(post => Correct(post, catalogue, times)).OfType<PostChange>()];

    /// <summary>Compares a post with the quote files.</summary>
    /// <returns><see langword="null"/> when nothing has to be done.</returns>
    public PostChange? Correct(Post post, QuoteCatalogue catalogue, PostTimes times)
    {
        if (FindObstacle(post) is { } obstacle)
        {
            return obstacle;
        }

        if (post is not { State: PostState.Sent or PostState.Planned, Payload: { } old })
        {
            return null;
        }

        if (post.Items.FirstOrDefault(id => !Exists(catalogue, id)) is { } missing)
        {
            return new PostChange.Impossible(
                post,
                $"It contains {missing}, which is no longer in the files. Restore it, or run serge retract {missing}."
            );
        }

        if (Render(post, post.Items, catalogue, times) is not { } edit)
        {
            return new PostChange.Impossible(
                post,
                "Its new text is too long for this destination. Shorten it, or run serge retract."
            )
            {
                IsTooLong = true,
            };
        }

        return HasSameContent(old, edit.Payload) ? null : edit;
    }

    /// <summary>Removes a quotation or an event from a post.</summary>
    /// <returns><see langword="null"/> when nothing has to be done.</returns>
    public PostChange? Retract(Post post, string item, QuoteCatalogue catalogue, PostTimes times)
    {
        if (FindObstacle(post) is { } obstacle)
        {
            return obstacle;
        }

        if (post.State is not (PostState.Sent or PostState.Planned))
        {
            return null;
        }

        // The other events of the day stay in the post. Events that are no longer in the files cannot be rendered.
        var events = post.Items.Where(id => catalogue.FindEvent(id) is not null);
        string[] others = [.. events.Where(id => id != item)];
        if (others.Length > 0 && post.Payload is not null && Render(post, others, catalogue, times) is { } edit)
        {
            return edit;
        }

        return new PostChange.Delete(post);
    }

    private static PostChange.Impossible? FindObstacle(Post post) =>
        post.State switch
        {
            PostState.Sending => new(post, "It is being sent. Try again in a few minutes."),
            PostState.Unknown => new(
                post,
                "It is unknown whether it was published. Check the destination, and try again when its state is known."
            ),
            // The check looks for the text that was sent.
            PostState.Sent when post.CopyCheckPending => new(
                post,
                "It was sent again after a lost response, and the bot checks whether it is published twice. Try again in "
                    + "a few minutes."
            ),
            _ => null,
        };

    private static bool Exists(QuoteCatalogue catalogue, string id) =>
        catalogue.FindQuote(id) is not null || catalogue.FindEvent(id) is not null;

    private static bool HasSameContent(Payload one, Payload other)
    {
        var hasSameWarning = (one.Warning ?? "") == (other.Warning ?? "");
        var hasSamePicture = one.Picture?.Description == other.Picture?.Description;
        return one.Text == other.Text && hasSameWarning && hasSamePicture;
    }

    private PostChange.Edit? Render(Post post, IReadOnlyList<string> items, QuoteCatalogue catalogue, PostTimes times)
    {
        var renderer = renderers.Get(post.Destination);
        if (items is [var id] && catalogue.FindQuote(id) is { } quote)
        {
            var alone = renderer.Render(quote);
            return alone is null ? null : CreateEdit(post, alone, items);
        }

        var day = FindDay(post, items, catalogue, times);
        var events = items.Select(catalogue.FindEvent).OfType<Event>();
        var content = catalogue.CreateDayContent(day, events);
        if (renderer.Render(KeepQuotes(content, items)) is not { } rendered)
        {
            return null;
        }

        return CreateEdit(post, rendered.Payload, rendered.Items);
    }

    /// <summary>The local day of a post. The time zone of a schedule that no longer exists is unknown: then it is the
    /// day within a day of the post that has its events.</summary>
    private static DateOnly FindDay(Post post, IReadOnlyList<string> items, QuoteCatalogue catalogue, PostTimes times)
    {
        var day = times.GetDay(post);
        if (times.FindSchedule(post) is not null)
        {
            return day;
        }

        DateOnly[] near = [day, day.AddDays(-1), day.AddDays(1)];
        return near.FirstOrDefault(HasEvent, day);

        bool HasEvent(DateOnly other) => catalogue.GetDayContent(other).Events.Any(@event => items.Contains(@event.Id));
    }

    /// <summary>An edit adds no quotation to a post that had none: it would count as used at a time that is
    /// past.</summary>
    private static DayContent KeepQuotes(DayContent content, IReadOnlyList<string> items)
    {
        var kept = content.Quotes.Where(pair => items.Contains(pair.Value.Id));
        return content with { Quotes = kept.ToDictionary() };
    }

    /// <summary>Visibility and language do not change. Buttons and picture follow the new content, if the post has
    /// them.</summary>
    private static PostChange.Edit CreateEdit(Post post, Payload rendered, IReadOnlyList<string> items)
    {
        var payload = post.Payload! with { Text = rendered.Text, Warning = rendered.Warning };
        if (payload.Buttons is not null)
        {
            payload = payload with { Buttons = rendered.Buttons };
        }

        if (payload.Picture is not null)
        {
            payload = payload with { Picture = rendered.Picture };
        }

        return new PostChange.Edit(post, payload, items);
    }
}
