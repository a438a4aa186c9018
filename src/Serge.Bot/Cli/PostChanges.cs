namespace Serge.Bot.Cli;

/// <summary>What taking back or correcting means for one post. Decides only; <see cref="PublishedPostEditor"/> acts.</summary>
internal static class PostChanges
{
    /// <summary>What becomes of a post when the files say something else than it does.</summary>
    /// <returns><see langword="null"/> when nothing is to be done.</returns>
    public static PostChange? Correct(Post post, QuoteCatalogue catalogue, PostRenderer renderer)
    {
        if (Unsettled(post) is { } problem)
        {
            return problem;
        }

        if (post is not { State: PostState.Sent or PostState.Planned, Payload: { } old })
        {
            return null;
        }

        if (
            post.Items.FirstOrDefault(id => catalogue.FindQuote(id) is null && catalogue.FindEvent(id) is null) is
            { } gone
        )
        {
            return new PostChange.Impossible(
                post,
                $"It says {gone}, which is no longer in the files. Put it back, or take it back with serge retract {gone}."
            );
        }

        return Render(post, post.Items, catalogue, renderer) is not var (payload, items)
                ? new PostChange.Impossible(
                    post,
                    "As it stands in the files now it is too long for this destination. Shorten it, or take it back with serge retract."
                )
            : payload.Text == old.Text && (payload.Warning ?? "") == (old.Warning ?? "") ? null
            : new PostChange.Edit(post, payload, items);
    }

    /// <summary>What becomes of a post when something that it says is taken back.</summary>
    /// <returns><see langword="null"/> when nothing is to be done.</returns>
    public static PostChange? Retract(Post post, string item, QuoteCatalogue catalogue, PostRenderer renderer)
    {
        if (Unsettled(post) is { } problem)
        {
            return problem;
        }

        if (post.State is not (PostState.Sent or PostState.Planned))
        {
            return null;
        }

        // Several events of one day: what is left is said on. What is no longer in the files cannot be said anew.
        string[] left = [.. post.Items.Where(id => id != item && catalogue.FindEvent(id) is not null)];
        return
            left.Length > 0
            && post.Payload is not null
            && Render(post, left, catalogue, renderer) is var (payload, items)
            ? new PostChange.Edit(post, payload, items)
            : new PostChange.Delete(post);
    }

    private static PostChange.Impossible? Unsettled(Post post) =>
        post.State switch
        {
            PostState.Sending => new(post, "It is being sent at this moment. Say the same again in a few minutes."),
            PostState.Unknown => new(
                post,
                "It may be out, and nobody can tell yet. Look there yourself, and say the same again when it is settled."
            ),
            _ => null,
        };

    /// <summary>Renders anew; who sees it and its language stay.</summary>
    private static (Payload Payload, IReadOnlyList<string> Items)? Render(
        Post post,
        IReadOnlyList<string> items,
        QuoteCatalogue catalogue,
        PostRenderer renderer
    )
    {
        if (items is [var id] && catalogue.FindQuote(id) is { } quote)
        {
            return renderer.Quote(quote, post.Destination) is { } said ? (Kept(post, said), items) : null;
        }

        Event[] events = [.. items.Select(catalogue.FindEvent).OfType<Event>()];
        return renderer.Day(events, post.Destination, out var shown) is { } day
            ? (Kept(post, day), [.. shown.Select(e => e.Id)])
            : null;
    }

    private static Payload Kept(Post post, Payload rendered) =>
        post.Payload! with
        {
            Text = rendered.Text,
            Warning = rendered.Warning,
        };
}

/// <summary>What is to be done about one post. A closed set.</summary>
/// <param name="Post">As the ledger has it.</param>
internal abstract record PostChange(Post Post)
{
    /// <summary>To say something else, where it stands or when it goes out.</summary>
    /// <param name="Post">As the ledger has it.</param>
    /// <param name="Payload">What it is to say.</param>
    /// <param name="Items">What that is.</param>
    public sealed record Edit(Post Post, Payload Payload, IReadOnlyList<string> Items) : PostChange(Post);

    /// <summary>To be deleted, or not to go out at all.</summary>
    public sealed record Delete(Post Post) : PostChange(Post);

    /// <summary>Nothing can be done about it now.</summary>
    /// <param name="Post">As the ledger has it.</param>
    /// <param name="Why">And what a person may do.</param>
    public sealed record Impossible(Post Post, string Why) : PostChange(Post);
}
