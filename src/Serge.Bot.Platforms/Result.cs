namespace Serge.Bot.Platforms;

/// <summary>How a read from a platform, or an idempotent write, ended.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public abstract record Result<T>
{
    private Result() { }

    /// <summary>The platform answered.</summary>
    /// <param name="Value">What was asked for.</param>
    public sealed record Success(T Value) : Result<T>;

    /// <summary>No for good, until a person changes something.</summary>
    /// <param name="Kind">Whose fault it is.</param>
    /// <param name="Reason">One line for a person, with the platform's own words.</param>
    public sealed record Refused(Refusal Kind, string Reason) : Result<T>;

    /// <summary>The credentials are not accepted (HTTP 401). Asking again with the same ones helps nobody.</summary>
    /// <param name="Reason">One line for a person, without the secret.</param>
    public sealed record Unauthorized(string Reason) : Result<T>;

    /// <summary>No answer now; a later try may get one.</summary>
    /// <param name="Reason">One line for a person.</param>
    public sealed record Unavailable(string Reason) : Result<T>;
}
