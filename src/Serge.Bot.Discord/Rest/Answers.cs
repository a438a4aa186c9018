namespace Serge.Bot.Discord.Rest;

/// <summary>Goes on with an answer, where there is one; every other answer stays as it is.</summary>
internal static class Answers
{
    /// <summary>Makes something of what was got.</summary>
    public static Answer<TOut> Select<TIn, TOut>(this Answer<TIn> answer, Func<TIn, TOut> select) =>
        answer switch
        {
            Answer<TIn>.Got(var value) => new Answer<TOut>.Got(select(value)),
            Answer<TIn>.Refused(var kind, var reason) => new Answer<TOut>.Refused(kind, reason),
            Answer<TIn>.Unauthorized(var reason) => new Answer<TOut>.Unauthorized(reason),
            Answer<TIn>.Unavailable(var reason) => new Answer<TOut>.Unavailable(reason),
            _ => throw new ArgumentException("There is no other answer.", nameof(answer)),
        };

    /// <summary>Makes something of what was got.</summary>
    public static async Task<Answer<TOut>> Select<TIn, TOut>(this Task<Answer<TIn>> asking, Func<TIn, TOut> select) =>
        (await asking).Select(select);

    /// <summary>Asks the next thing with what was got.</summary>
    public static async Task<Answer<TOut>> Then<TIn, TOut>(
        this Task<Answer<TIn>> asking,
        Func<TIn, Task<Answer<TOut>>> next
    )
    {
        var answer = await asking;
        return answer is Answer<TIn>.Got(var value)
            ? await next(value)
            : answer.Select<TIn, TOut>(_ => throw new InvalidOperationException());
    }

    /// <summary>Why there is no value; <see langword="null"/> if there is one.</summary>
    public static string? Reason<T>(this Answer<T> answer) =>
        answer switch
        {
            Answer<T>.Refused(_, var reason) => reason,
            Answer<T>.Unauthorized(var reason) => reason,
            Answer<T>.Unavailable(var reason) => reason,
            _ => null,
        };
}
