namespace Serge.Bot.Discord.Rest;

/// <summary>Goes on with an answer, where there is one; every other answer stays as it is.</summary>
internal static class Answers
{
    /// <summary>Makes something of what was got.</summary>
    public static Result<TOut> Select<TIn, TOut>(this Result<TIn> answer, Func<TIn, TOut> select) =>
        answer switch
        {
            Result<TIn>.Success(var value) => new Result<TOut>.Success(select(value)),
            Result<TIn>.Refused(var kind, var reason) => new Result<TOut>.Refused(kind, reason),
            Result<TIn>.Unauthorized(var reason) => new Result<TOut>.Unauthorized(reason),
            Result<TIn>.Unavailable(var reason) => new Result<TOut>.Unavailable(reason),
            _ => throw new ArgumentException("There is no other answer.", nameof(answer)),
        };

    /// <summary>Makes something of what was got.</summary>
    public static async Task<Result<TOut>> Select<TIn, TOut>(this Task<Result<TIn>> asking, Func<TIn, TOut> select) =>
        (await asking).Select(select);

    /// <summary>Asks the next thing with what was got.</summary>
    public static async Task<Result<TOut>> Then<TIn, TOut>(
        this Task<Result<TIn>> asking,
        Func<TIn, Task<Result<TOut>>> next
    )
    {
        var answer = await asking;
        return answer is Result<TIn>.Success(var value)
            ? await next(value)
            : answer.Select<TIn, TOut>(_ => throw new InvalidOperationException());
    }

    /// <summary>Why there is no value; <see langword="null"/> if there is one.</summary>
    public static string? Reason<T>(this Result<T> answer) =>
        answer switch
        {
            Result<T>.Refused(_, var reason) => reason,
            Result<T>.Unauthorized(var reason) => reason,
            Result<T>.Unavailable(var reason) => reason,
            _ => null,
        };
}
