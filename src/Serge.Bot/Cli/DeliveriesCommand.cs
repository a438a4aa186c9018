using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary><c>serge deliveries</c>: what was posted, and what was not, newest first.</summary>
internal static class DeliveriesCommand
{
    /// <summary>So many letters of a key are shown; among a million posts no two begin alike.</summary>
    private const int ShownOfKey = 8;

    public static Command Create(CommandContext context)
    {
        var failed = new Option<bool>("--failed")
        {
            Description =
                "Only what needs a person: refused, missed, perhaps there and perhaps not, called off by a cap.",
        };
        var limit = new Option<int>("--limit")
        {
            Description = "How many posts, 1 to 10000.",
            DefaultValueFactory = _ => 20,
        };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--limit takes 1 to 10000.");
            }
        });
        var json = TablePrinter.JsonOption(", with the exact text of each post");
        var command = new Command(
            "deliveries",
            "List what was posted and what was not, newest first: when, by which schedule, where to, and how it ended."
        )
        {
            failed,
            limit,
            json,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                await using var host = await context.BuildWorkerAsync(result, cancellationToken);
                var now = context.Clocks.Schedule.GetUtcNow();
                var posts = result.GetValue(failed)
                    ? await host
                        .Services.GetRequiredService<IOperatorLedger>()
                        .GetFailedAsync(now, result.GetValue(limit), cancellationToken)
                    : await host
                        .Services.GetRequiredService<ILedger>()
                        .GetRecentAsync(result.GetValue(limit), cancellationToken);
                var times = await PostTimes.ReadAsync(host.Services, cancellationToken);
                if (result.GetValue(json))
                {
                    await context.Output.WriteLineAsync(Json(posts, times));
                }
                else
                {
                    await List(posts, times, now)
                        .WriteAsync(
                            context,
                            result.GetValue(failed) ? "Nothing has failed." : "Nothing was posted yet."
                        );
                }

                return 0;
            }
        );
        return command;
    }

    /// <summary>The beginning of a post's key, which is enough to name it.</summary>
    public static string ShortKey(Post post) => post.Key.Length > ShownOfKey ? post.Key[..ShownOfKey] : post.Key;

    private static TablePrinter List(IReadOnlyList<Post> posts, PostTimes times, DateTimeOffset now)
    {
        var list = new TablePrinter("id", "when", "schedule", "to", "state", "");
        foreach (var post in posts)
        {
            list.Add(
                ShortKey(post),
                times.Of(post),
                post.Schedule,
                post.Destination.ToString(),
                new Cell(State(post, now), ToneOf(post, now)),
                Remark(post)
            );
        }

        return list;
    }

    private static TextStyle ToneOf(Post post, DateTimeOffset now) =>
        Failures.IsFailure(post, now)
            ? TextStyle.Bad
            : post.State switch
            {
                PostState.Sent => TextStyle.Good,
                PostState.Planned or PostState.Sending or PostState.Unknown => TextStyle.Note,
                _ => TextStyle.Quiet,
            };

    private static string State(Post post, DateTimeOffset now) =>
        post.State switch
        {
            PostState.Planned => "planned",
            PostState.Sending => "being sent",
            PostState.Sent => "sent",
            PostState.Refused => "refused",
            PostState.Unknown => Transitions.IsStuck(post, now) ? "perhaps there" : "being looked for",
            PostState.Missed => "missed",
            PostState.Cancelled => "called off",
            _ => "taken back",
        };

    private static string Remark(Post post)
    {
        string?[] parts =
        [
            post.Url?.AbsoluteUri ?? (post.RemoteId is { } id ? $"id {id}" : null),
            post.Reason?.ReplaceLineEndings(" "),
            post.RetryOf is { } old ? $"In place of {old[..ShownOfKey]}." : null,
        ];
        return string.Join("  ", parts.OfType<string>());
    }

    private static string Json(IReadOnlyList<Post> posts, PostTimes times) =>
        ListJson.Of(
            [
                .. posts.Select(post => new ListedDelivery(
                    post.Key,
                    times.Local(post, post.Occurrence),
                    post.Schedule,
                    post.Destination.ToString(),
                    PostRows.Name(post.State),
                    post.Reason,
                    post.RemoteId,
                    post.Url,
                    post.RetryOf,
                    post.Items,
                    post.Payload?.Warning,
                    post.Payload?.Text
                )),
            ],
            ListJson.Readable.IReadOnlyListPostSummary
        );
}

/// <summary>A post for other programs.</summary>
/// <param name="Id">Its key.</param>
/// <param name="When">When it fell due, in its schedule's zone, or in UTC where the schedule is gone.</param>
/// <param name="Schedule">By which schedule.</param>
/// <param name="Destination">Where to.</param>
/// <param name="State">As in <c>docs/delivery.md</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="RemoteId">The platform's id.</param>
/// <param name="Url">Where to see it.</param>
/// <param name="RetryOf">The id of the failed post that it was sent in place of.</param>
/// <param name="Items">The ids of the quotation or events.</param>
/// <param name="Warning">Its content warning.</param>
/// <param name="Text">What it says.</param>
internal sealed record ListedDelivery(
    string Id,
    DateTimeOffset When,
    string Schedule,
    string Destination,
    string State,
    string? Reason,
    string? RemoteId,
    Uri? Url,
    string? RetryOf,
    IReadOnlyList<string> Items,
    string? Warning,
    string? Text
);
