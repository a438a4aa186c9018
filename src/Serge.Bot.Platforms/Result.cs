using System.Diagnostics.CodeAnalysis;

namespace Serge.Bot.Platforms;

/// <summary>The result of a read from a platform, or of an idempotent write. A closed set.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public abstract record Result<T>
{
    private Result() { }

    /// <summary>The platform answered.</summary>
    public sealed record Success(T Value) : Result<T>;

    /// <summary>The platform refuses the request until a person changes something.</summary>
    /// <param name="Kind">The cause of the refusal.</param>
    /// <param name="Reason">One line for a person, with the platform's own message.</param>
    public sealed record Refused(Refusal Kind, string Reason) : Result<T>;

    /// <summary>The platform does not accept the credentials (HTTP 401). A retry with the same credentials fails
    /// too.</summary>
    /// <param name="Reason">One line for a person, without the secret.</param>
    public sealed record Unauthorized(string Reason) : Result<T>;

    /// <summary>No answer; a later retry may succeed.</summary>
    /// <param name="Reason">One line for a person.</param>
    public sealed record Unavailable(string Reason) : Result<T>
    {
        /// <summary>The earliest time of the next attempt on the system clock, if a rate limit asks for a wait; the
        /// client sends nothing before.</summary>
        public DateTimeOffset? RetryAt { get; init; }
    }

    /// <summary>The result with this value.</summary>
    public static implicit operator Result<T>(T value) => new Success(value);

    /// <summary>Gets the value of a <see cref="Success"/>.</summary>
    public bool TryGetValue([MaybeNullWhen(false)] out T value)
    {
        if (this is Success success)
        {
            value = success.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The reason of a failure; empty for a <see cref="Success"/>.</summary>
    public string GetReason() =>
        this switch
        {
            Refused(_, var reason) => reason,
            Unauthorized(var reason) => reason,
            Unavailable(var reason) => reason,
            _ => "",
        };

    /// <summary>The same failure as the result of another read.</summary>
    /// <exception cref="InvalidOperationException">The result is a <see cref="Success"/>.</exception>
    public Result<TOther> AsFailure<TOther>() =>
        this switch
        {
            Refused(var kind, var reason) => new Result<TOther>.Refused(kind, reason),
            Unauthorized(var reason) => new Result<TOther>.Unauthorized(reason),
            Unavailable failure => new Result<TOther>.Unavailable(failure.Reason) { RetryAt = failure.RetryAt },
            _ => throw new InvalidOperationException("The result is not a failure."),
        };
}
