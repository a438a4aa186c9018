using System.Globalization;

namespace Serge.Bot.Discord.Model;

/// <summary>What is needed to respond to an interaction. It prints the id and not the token.</summary>
internal sealed class InteractionHandle(ulong id, ulong? applicationId, string token)
{
    public ulong Id { get; } = id;

    /// <summary>The application of the interaction; some servers omit it.</summary>
    public ulong? ApplicationId { get; } = applicationId;

    /// <summary>Allows responses for 15 minutes.</summary>
    public string Token { get; } = token;

    /// <summary>The response to Discord's request; <see langword="null"/> if the interaction arrived over the
    /// gateway.</summary>
    public InteractionResponse? Response { get; init; }

    public Deferral Deferral { get; set; }

    /// <summary>Whether the deferral was a <see cref="Reply.DeferredUpdate"/>.</summary>
    public bool IsUpdateDeferred { get; set; }

    public override string ToString() => $"interaction {Id.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>Whether Discord has received a deferral.</summary>
internal enum Deferral
{
    None,

    /// <summary>The deferral was sent, but Discord's response was lost.</summary>
    Uncertain,
    Confirmed,
}
