namespace Serge.Bot.Platforms;

/// <summary>The result of looking for a message among the account's own recent messages. A closed set.</summary>
/// <remarks><see cref="NotFound"/> is certain: a client that is not certain returns
/// <see cref="Inconclusive"/>.</remarks>
public abstract record LookupResult
{
    private LookupResult() { }

    /// <summary>The account has a message with this text.</summary>
    /// <param name="Id">The platform's id of the message, as text.</param>
    /// <param name="Url">The web page of the message, if known.</param>
    public sealed record Found(string Id, Uri? Url) : LookupResult
    {
        /// <summary>The web page of another message with the same text, or its id; <see langword="null"/> if there is
        /// none.</summary>
        public string? Copy { get; init; }
    }

    /// <summary>All messages since the given time were read, and none has this text.</summary>
    public sealed record NotFound : LookupResult;

    /// <summary>The lookup failed or is incomplete (no permission to read the history, a truncated response).</summary>
    /// <param name="Reason">One line for a person.</param>
    /// <param name="NeedsOperator">Whether every later lookup ends in the same way until a person changes
    /// something.</param>
    public sealed record Inconclusive(string Reason, bool NeedsOperator = false) : LookupResult;

    /// <summary>The result if the text is empty after <see cref="NormalizedPostText"/>.</summary>
    public static LookupResult NoText { get; } =
        new Inconclusive("The text has no letter or digit to look for.", NeedsOperator: true);

    /// <summary>The result if a read failed that the lookup needs.</summary>
    /// <exception cref="ArgumentException">The read succeeded, so there is no reason.</exception>
    public static Inconclusive FromFailure<T>(Result<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (read is Result<T>.Success)
        {
            throw new ArgumentException("The result is not a failure.", nameof(read));
        }

        return new Inconclusive(read.GetReason(), read is Result<T>.Refused or Result<T>.Unauthorized);
    }
}
