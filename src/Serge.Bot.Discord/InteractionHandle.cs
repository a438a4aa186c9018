using System.Globalization;

namespace Serge.Bot.Discord;

/// <summary>How to answer an interaction. Its text names the interaction and not the token.</summary>
internal sealed class InteractionHandle(ulong id, ulong? applicationId, string token)
{
    /// <summary>The interaction.</summary>
    public ulong Id { get; } = id;

    /// <summary>The application it was sent to; some servers leave it out.</summary>
    public ulong? ApplicationId { get; } = applicationId;

    /// <summary>What allows to answer, for 15 minutes.</summary>
    public string Token { get; } = token;

    /// <summary>Whether an answer has been promised.</summary>
    public Promise Promise { get; set; }

    public override string ToString() => $"interaction {Id.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>Whether Discord shows "thinking" under the command.</summary>
internal enum Promise
{
    /// <summary>No.</summary>
    None,

    /// <summary>The promise may have arrived.</summary>
    Perhaps,

    /// <summary>Yes.</summary>
    Given,
}
