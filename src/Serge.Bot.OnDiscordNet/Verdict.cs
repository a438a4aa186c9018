using System.Net;
using Discord.Net;

namespace Serge.Bot.OnDiscordNet;

/// <summary>What the end of a call means to the caller.</summary>
/// <remarks>The same table as our own client's: <c>docs/platforms.md</c>, Response handling. Source: Discord docs, Topics/Opcodes and
/// Status Codes.</remarks>
internal static class Verdict
{
    private enum Meaning
    {
        Payload,
        Gone,
        Forbidden,
        AlreadyAnswered,
        BadToken,
        NotNow,
        Unclear,
    }

    /// <summary>After a write that was not done.</summary>
    /// <param name="call">How it went.</param>
    /// <param name="now">On the wire's clock.</param>
    public static SendOutcome OfWrite(Call call, DateTimeOffset now) =>
        call switch
        {
            { IsInvalid: true } => new SendOutcome.Refused(Refusal.Payload, call.Words),
            { IsHeldBack: true } => new SendOutcome.RetryAfter(
                call.ReopensAt > now ? call.ReopensAt.Value : now + TimeSpan.FromSeconds(10),
                call.Words
            ),
            { Error: { } error } => (MeaningOf(error), call.Words) switch
            {
                (Meaning.Payload, var words) => new SendOutcome.Refused(Refusal.Payload, words),
                (Meaning.Gone, var words) => new SendOutcome.Refused(Refusal.Gone, words),
                (Meaning.Forbidden, var words) => new SendOutcome.Refused(Refusal.Forbidden, words),
                (Meaning.AlreadyAnswered, var words) => new SendOutcome.Refused(Refusal.AlreadyAnswered, words),
                (Meaning.Unclear, var words) => new SendOutcome.Unknown(words),
                (_, var words) => new SendOutcome.Unavailable(words),
            },
            { MayHaveExecuted: true } => new SendOutcome.Unknown(call.Words),
            _ => new SendOutcome.Unavailable(call.Words),
        };

    /// <summary>After a read.</summary>
    public static Answer<T> OfRead<T>(Call call, T? value)
        where T : class =>
        call switch
        {
            // Discord.Net keeps some answers, and then there is no status.
            { Error: null, Words: "" } when value is not null => new Answer<T>.Got(value),
            { Error: { } error } => (MeaningOf(error), call.Words) switch
            {
                (Meaning.BadToken, var words) => new Answer<T>.Unauthorized(words),
                (Meaning.Payload, var words) => new Answer<T>.Refused(Refusal.Payload, words),
                (Meaning.Gone, var words) => new Answer<T>.Refused(Refusal.Gone, words),
                (Meaning.Forbidden, var words) => new Answer<T>.Refused(Refusal.Forbidden, words),
                (_, var words) => new Answer<T>.Unavailable(words),
            },

            // Discord.Net turns some 404 into nothing.
            { Status: HttpStatusCode.NotFound } => new Answer<T>.Refused(
                Refusal.Gone,
                "HTTP 404: Discord does not know it."
            ),
            _ => new Answer<T>.Unavailable(call.Words.Length > 0 ? call.Words : "Discord's answer cannot be read."),
        };

    /// <summary>A write that was never begun, since what it needs could not be read.</summary>
    public static SendOutcome Unsent<T>(Answer<T> answer) =>
        answer switch
        {
            Answer<T>.Refused(var kind, var reason) => new SendOutcome.Refused(kind, reason),
            Answer<T>.Unauthorized(var reason) => new SendOutcome.Unavailable(reason),
            Answer<T>.Unavailable(var reason) => new SendOutcome.Unavailable(reason),
            _ => throw new ArgumentException("It was read.", nameof(answer)),
        };

    /// <summary>The same failure of another read.</summary>
    public static Answer<TOther> As<T, TOther>(Answer<T> answer) =>
        answer switch
        {
            Answer<T>.Refused(var kind, var reason) => new Answer<TOther>.Refused(kind, reason),
            Answer<T>.Unauthorized(var reason) => new Answer<TOther>.Unauthorized(reason),
            Answer<T>.Unavailable(var reason) => new Answer<TOther>.Unavailable(reason),
            _ => throw new ArgumentException("It was read.", nameof(answer)),
        };

    /// <summary>Why a read got nothing.</summary>
    public static string Reason<T>(Answer<T> answer) =>
        answer switch
        {
            Answer<T>.Refused(_, var reason) => reason,
            Answer<T>.Unauthorized(var reason) => reason,
            Answer<T>.Unavailable(var reason) => reason,
            _ => "",
        };

    /// <summary>An error as one line.</summary>
    public static string Words(HttpException error)
    {
        if (MeaningOf(error) == Meaning.BadToken)
        {
            return $"Discord does not accept the token (HTTP {(int)error.HttpCode})";
        }

        var number = error.DiscordCode is { } code
            ? (int)code == 0
                ? ""
                : $", code {(int)code}"
            : ", not in Discord's form";
        var details = error.Errors.SelectMany(at => at.Errors.Select(problem => $"{at.Path}: {problem.Message}"));
        return Line($"HTTP {(int)error.HttpCode}{number}: {string.Join("; ", details.Prepend(error.Reason ?? ""))}");
    }

    /// <summary>Somebody's words as one short line.</summary>
    public static string Line(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > 300 ? $"{line[..300]}…" : line;
    }

    public static bool IsBadToken(HttpException error) => MeaningOf(error) == Meaning.BadToken;

    public static bool IsUnknownMessage(HttpException? error) => (int?)error?.DiscordCode == 10008;

    private static Meaning MeaningOf(HttpException error) =>
        ((int?)error.DiscordCode, (int)error.HttpCode) switch
        {
            // A proxy's page says nothing about channels and messages.
            (null, 408 or >= 500) => Meaning.Unclear,
            (null, _) => Meaning.NotNow,
            (10002 or 10003 or 10004 or 10008 or 10011 or 10015 or 10062 or 10063 or 50027, _) => Meaning.Gone,
            (50001 or 50013 or 50007 or 50278 or 40058 or 40067 or 50008 or 50024 or 50083 or 160005, _) =>
                Meaning.Forbidden,
            (40060, _) => Meaning.AlreadyAnswered,
            (40001 or 50014, _) => Meaning.BadToken,
            (20016 or 20022 or 20028 or 20029 or 30034 or 30046 or 40062 or 40333 or 130000, _) => Meaning.NotNow,
            (
                50006
                    or 50035
                    or 50109
                    or 40005
                    or 50045
                    or 30015
                    or 30032
                    or 40041
                    or 40094
                    or 200000
                    or 200001
                    or 240000,
                _
            ) => Meaning.Payload,
            (_, 401) => Meaning.BadToken,
            (_, 403) => Meaning.Forbidden,
            (_, 404 or 410) => Meaning.Gone,
            (_, 408 or >= 500) => Meaning.Unclear,
            (_, < 400 or 429) => Meaning.NotNow,
            _ => Meaning.Payload,
        };
}
