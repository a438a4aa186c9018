using System.Text.Json;

namespace Serge.Bot.Mastodon.Model;

/// <summary>Finds a text of ours among an account's posts as a server lists them, newest first.</summary>
internal static class OwnPosts
{
    /// <summary>snac cuts the time of a post to whole seconds.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    /// <summary>What servers give at once where nobody asks for a number.</summary>
    /// <remarks>Source: Mastodon docs, methods/accounts, <c>limit</c> "defaults to 20".</remarks>
    private const int SmallestPage = 20;

    /// <summary>What one page tells.</summary>
    /// <param name="page">The posts of the page.</param>
    /// <param name="wanted">The text, folded.</param>
    /// <param name="since">Older posts do not count; on the server's clock.</param>
    /// <param name="before">The oldest post of the page before, if there was one.</param>
    /// <returns><see langword="null"/> where the next page has to be read.</returns>
    public static Look? LookAt(IReadOnlyList<Status> page, string wanted, DateTimeOffset since, string? before)
    {
        var found = page.FirstOrDefault(post =>
            post.Id is not null
            && !(post.CreatedAt < since - Grain)
            && post.Reblog is not { ValueKind: JsonValueKind.Object }
            && wanted.Equals(Folded(post), StringComparison.Ordinal)
        );

        return found is { Id: { } id } ? new Look.Found(id, Rest.Verdict.Page(found.Url))
            : page.Count == 0 || page[^1].CreatedAt < since - Grain ? new Look.NotThere()
            : page[^1].Id is not { } oldest || oldest.Equals(before, StringComparison.Ordinal)
                ? WhereNothingFollows(page)
            : null;
    }

    /// <summary>A server that gives the same posts again does not turn pages: snac gives all it has at once. Fewer than anybody's page are
    /// all there is.</summary>
    private static Look WhereNothingFollows(IReadOnlyList<Status> page) =>
        page.Count < SmallestPage
            ? new Look.NotThere()
            : new Look.CannotTell("The server does not say what comes after the first posts.");

    /// <summary>Where a server keeps what was sent, that is nearer than what it made of it.</summary>
    private static string Folded(Status post) =>
        post.Text is { Length: > 0 } sent ? FoldedText.FromText(sent) : FoldedText.FromHtml(post.Content ?? "");
}
