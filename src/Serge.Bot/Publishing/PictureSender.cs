namespace Serge.Bot.Publishing;

/// <summary>Sends posts with their pictures. A post whose picture cannot be drawn, or is not accepted, is sent as text,
/// which is complete, and the outcome says so.</summary>
internal sealed class PictureSender(PictureDrawer drawer)
{
    /// <summary>After more attempts than this, about eight minutes after the first one, a post is sent as text if its
    /// picture cannot be uploaded: a server that stores no files must not delay a post.</summary>
    private const int MaxAttempts = 5;

    /// <summary>Draws the picture of a post, if it has one, so that <see cref="SendAsync"/> finds it drawn.</summary>
    public async Task PrepareAsync(Post post, CancellationToken cancellationToken)
    {
        if (post.Payload?.Picture is { } picture)
        {
            await drawer.TryDrawAsync(picture, cancellationToken);
        }
    }

    /// <param name="post">The post.</param>
    /// <param name="limits">What the platform accepts.</param>
    /// <param name="send">Sends or edits it, with a picture or without.</param>
    /// <param name="cancellationToken">Cancels drawing.</param>
    public async Task<SendOutcome> SendAsync(
        Post post,
        PictureLimits limits,
        Func<Picture?, Task<SendOutcome>> send,
        CancellationToken cancellationToken
    )
    {
        if (post.Payload?.Picture is not { } words)
        {
            return await send(null);
        }

        var (picture, failure) = await drawer.TryDrawAsync(words, cancellationToken);
        var problem = picture is null ? failure?.Message : limits.FindProblem(picture);
        if (problem is null)
        {
            var outcome = await send(picture);
            problem = FindReason(outcome, post);
            if (problem is null)
            {
                return outcome;
            }
        }

        return AddRemark(await send(null), $"Without its picture: {problem}");
    }

    /// <summary>Why the text is sent alone; <see langword="null"/> if it is not. Only after an outcome that proves that
    /// nothing was published.</summary>
    private static string? FindReason(SendOutcome outcome, Post post) =>
        outcome switch
        {
            SendOutcome.Refused(Refusal.Payload or Refusal.Forbidden, var reason) => reason,
            SendOutcome.Unavailable(var reason) when post.Attempts > MaxAttempts => reason,
            _ => null,
        };

    private static SendOutcome AddRemark(SendOutcome outcome, string remark)
    {
        if (outcome is SendOutcome.Sent sent)
        {
            return sent with { Remark = remark };
        }

        return outcome;
    }
}
