using System.Net;
using System.Text.Json.Nodes;
using Discord.Net;

namespace Serge.Bot.OnDiscordNet;

/// <summary>A call of Discord.Net: what Discord.Net cannot send, and what it does not return.</summary>
/// <remarks>The client passes it to the <see cref="DiscordNetTransport"/> in the execution context.</remarks>
internal sealed class DiscordCall(CancellationToken cancellationToken)
{
    private static readonly AsyncLocal<DiscordCall?> CurrentCall = new();

    /// <summary>The call in progress; <see langword="null"/> for a request that Discord.Net sends by itself.</summary>
    public static DiscordCall? Current
    {
        get => CurrentCall.Value;
        set => CurrentCall.Value = value;
    }

    /// <summary>Cancelled by the caller or by the call's timeout.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Changes the body of the request.</summary>
    public Action<JsonNode>? ChangeBody { get; init; }

    /// <summary>The picture of the message; <see langword="null"/> for none.</summary>
    public Picture? Picture { get; init; }

    /// <summary>Whether a second execution has no effect: every call but a new message.</summary>
    public bool IsIdempotent { get; init; } = true;

    /// <summary>The end of the call's timeout. No wait for a rate limit begins that would last longer. Default: no
    /// timeout.</summary>
    public DateTimeOffset EndsAt { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Until when the body may begin to be sent. Default: no deadline.</summary>
    public SendDeadline Deadline { get; init; } = SendDeadline.None;

    /// <summary>Whether the call responds to an interaction, which is exempt from the global rate limit.</summary>
    public bool IsInteractionResponse { get; init; }

    /// <summary>Whether an attempt of a write may have been sent, and no response refused it. A call may read
    /// first.</summary>
    public bool MayHaveExecuted { get; set; }

    /// <summary>Whether an attempt before the last one may have been executed.</summary>
    public bool AfterUncertainAttempt { get; set; }

    /// <summary>The status of the last response; <see langword="null"/> without a response.</summary>
    public HttpStatusCode? Status { get; set; }

    /// <summary>Discord's clock minus the client's clock; see <see cref="ServerClock.GetOffset"/>.</summary>
    public TimeSpan? ClockOffset { get; set; }

    /// <summary>The end of the rate limit, if one is exhausted.</summary>
    public DateTimeOffset? ResetTime { get; set; }

    /// <summary>Discord's error response.</summary>
    public HttpException? Error { get; set; }

    /// <summary>Whether the request was refused or not sent because of a rate limit that ends at
    /// <see cref="ResetTime"/>, after the call.</summary>
    public bool IsRateLimited { get; set; }

    /// <summary>Whether Discord.Net refused the request as invalid and did not send it.</summary>
    public bool IsInvalid { get; set; }

    /// <summary>The reason of a failure as one line for a person; empty without a failure.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The body of the last response. One malformed field makes it unreadable for Discord.Net.</summary>
    public byte[] Body { get; set; } = [];

    /// <summary>Whether the last response is not in Discord's form, and so comes from a proxy or a firewall.</summary>
    public bool IsForeign { get; set; }

    public bool IsSuccess => Error is null && !IsForeign && Status is { } status && (int)status is >= 200 and < 300;
}
