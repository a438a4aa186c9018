namespace Serge.Bot.Platforms;

/// <summary>What a look at our own recent messages found.</summary>
/// <remarks>A closed set. <see cref="NotFound"/> is a promise: a client that cannot be sure answers <see cref="Inconclusive"/>.</remarks>
public abstract record LookupResult
{
    private LookupResult() { }

    /// <summary>A message of ours with this text is there.</summary>
    /// <param name="Id">The platform's id of it, as text.</param>
    /// <param name="Url">Where a person can see it, if the platform says so.</param>
    public sealed record Found(string Id, Uri? Url) : LookupResult;

    /// <summary>All our messages since the given moment were read, and none has this text.</summary>
    public sealed record NotFound : LookupResult;

    /// <summary>The look failed or cannot be trusted (no permission to read the history, an answer cut short).</summary>
    /// <param name="Reason">One line for a person.</param>
    public sealed record Inconclusive(string Reason) : LookupResult;
}
