using System.Net;
using System.Text.Json.Nodes;
using Discord.Net;

namespace Serge.Bot.OnDiscordNet;

/// <summary>One call of Discord.Net's: what we want to travel with it, and what came back that Discord.Net does not tell.</summary>
/// <remarks>It goes with the flow of its task from the client to the <see cref="Transport"/>.</remarks>
internal sealed class Call(CancellationToken cancellationToken)
{
    private static readonly AsyncLocal<Call?> Flow = new();

    /// <summary>The one under way; <see langword="null"/> for what Discord.Net asks of its own accord.</summary>
    public static Call? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>Ends with the caller's wish or patience.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What Discord.Net cannot say: changes the body on its way out.</summary>
    public Action<JsonNode>? Amend { get; init; }

    /// <summary>A second execution does no harm: everything but a new message.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>An answer to an interaction, which Discord's overall limit does not count.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Bytes of some attempt may have left, and nothing says that it was not executed.</summary>
    public bool MayHaveExecuted { get; set; }

    /// <summary>An earlier attempt may have been executed.</summary>
    public bool AfterDoubt { get; set; }

    /// <summary>The last answer's status; <see langword="null"/> where none came.</summary>
    public HttpStatusCode? Status { get; set; }

    /// <summary>How far Discord's clock is ahead of ours.</summary>
    public TimeSpan ClockLead { get; set; }

    /// <summary>When Discord will listen again, if it asked to wait.</summary>
    public DateTimeOffset? ReopensAt { get; set; }

    /// <summary>What Discord refused it with.</summary>
    public HttpException? Error { get; set; }

    /// <summary>Discord.Net's limiter would not let it out in time.</summary>
    public bool IsHeldBack { get; set; }

    /// <summary>Discord.Net itself found it wrong: nothing was sent.</summary>
    public bool IsInvalid { get; set; }

    /// <summary>One line about what went wrong, for a person.</summary>
    public string Words { get; set; } = "";

    public bool IsSuccess => Error is null && Status is { } status && (int)status is >= 200 and < 300;
}
