using System.Net;

namespace Serge.Bot.OnMastonet;

/// <summary>One call of Mastonet's: what we want to travel with it, and what came back that Mastonet does not tell.</summary>
/// <remarks>Mastonet takes neither headers nor a cancellation token and shows no status, so a call goes with the flow of its task
/// from the client to the <see cref="Transport"/>.</remarks>
internal sealed class Call(string? key, DateTimeOffset deadline, CancellationToken cancellationToken)
{
    private static readonly AsyncLocal<Call?> Flow = new();

    public static Call Current
    {
        get => Flow.Value ?? throw new InvalidOperationException("Mastonet was not called through the client.");
        set => Flow.Value = value;
    }

    /// <summary>The header <c>Idempotency-Key</c>.</summary>
    public string? Key { get; } = key;

    /// <summary>When the caller's patience ends. No wait is begun that would last longer.</summary>
    public DateTimeOffset Deadline { get; } = deadline;

    /// <summary>The caller's.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Bytes of some attempt may have left, and nothing says that it was not executed.</summary>
    public bool MayHaveExecuted { get; set; }

    /// <summary>The answer's status; <see langword="null"/> where none came.</summary>
    public HttpStatusCode? Status { get; set; }

    /// <summary>The answer itself.</summary>
    public string Body { get; set; } = "";

    /// <summary>When the server will listen again, if it asked to wait.</summary>
    public DateTimeOffset? ReopensAt { get; set; }

    /// <summary>How far the server's clock is ahead of ours; zero where it does not show its clock.</summary>
    public TimeSpan ClockLead { get; set; }

    /// <summary>One line about what happened, for a person.</summary>
    public string Words { get; set; } = "";

    public bool IsSuccess => Status is { } status && (int)status is >= 200 and < 300;

    public bool IsGone => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone;

    /// <summary>How snac answers a token that it does not know. Mastodon never refuses without a word.</summary>
    public bool IsWordlessRefusal => Status == HttpStatusCode.UnprocessableEntity && Body.Length == 0;
}
