using System.Net;

namespace Serge.Bot.OnMastonet;

/// <summary>A call of Mastonet: what Mastonet cannot send, and what it does not return.</summary>
/// <remarks>Mastonet has no parameters for headers and cancellation and hides the status, so the client passes the call
/// to the <see cref="MastonetTransport"/> in the execution context.</remarks>
internal sealed class MastodonCall(string? key, DateTimeOffset deadline, CancellationToken cancellationToken)
{
    private static readonly AsyncLocal<MastodonCall?> CurrentCall = new();

    public static MastodonCall Current
    {
        get => CurrentCall.Value ?? throw new InvalidOperationException("Mastonet was not called by the client.");
        set => CurrentCall.Value = value;
    }

    /// <summary>The header <c>Idempotency-Key</c>.</summary>
    public string? Key { get; } = key;

    /// <summary>The end of the call's timeout. No wait starts that would last longer.</summary>
    public DateTimeOffset Deadline { get; } = deadline;

    /// <summary>Until when the body may begin to be sent. Default: no deadline.</summary>
    public SendDeadline SendDeadline { get; init; } = SendDeadline.None;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Whether an attempt may have been sent, and no response refused it.</summary>
    public bool MayHaveExecuted { get; set; }

    /// <summary>The status of the response; <see langword="null"/> without a response.</summary>
    public HttpStatusCode? Status { get; set; }

    /// <summary>The body of the response. Mastonet's entities are not used, because one malformed field makes Mastonet
    /// refuse all of them.</summary>
    public byte[] Body { get; set; } = [];

    /// <summary>The end of the rate limit, if one is exhausted.</summary>
    public DateTimeOffset? ResetTime { get; set; }

    /// <summary>The server's clock minus the client's clock; zero if the server sends no date.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>The result as one line for a person.</summary>
    public string Description { get; set; } = "";

    /// <summary>The response; <see langword="null"/> without one.</summary>
    public MastodonResponse? Response
    {
        get
        {
            if (Status is not { } status)
            {
                return null;
            }

            return new MastodonResponse(status, Description, Body) { ResetTime = ResetTime, ClockOffset = ClockOffset };
        }
    }
}
