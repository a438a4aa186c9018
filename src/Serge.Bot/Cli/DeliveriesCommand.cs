using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge deliveries</c>: lists posts and how they ended, newest first.</summary>
internal sealed class DeliveriesCommand(
    BotSettings settings,
    ILedger ledger,
    IOperatorLedger operators,
    IFollowUpLedger followUps,
    IGuildStore guilds,
    CommandContext context
)
{
    private const int MaxPosts = 10_000;

    public static Command Create(CommandContext context)
    {
        Option<bool> failed = new("--failed")
        {
            Description =
                "Only posts that may need action: refused, missed, unknown, sent twice, or over a daily limit; not "
                + "those that were retried or dismissed.",
        };
        var limit = NumberOption.Create("--limit", defaultValue: 20, MaxPosts, "Maximum number of posts");
        var json = TablePrinter.JsonOption(", with the exact text of each post");
        Command command = new(
            "deliveries",
            "List posts, newest first: when each was due, its schedule, its destination, and how it ended."
        )
        {
            failed,
            limit,
            json,
        };
        command.SetAction(
            (result, cancellationToken) =>
            {
                ListOptions options = new(result.GetValue(failed), result.GetValue(limit), result.GetValue(json));
                return context.RunAsync<DeliveriesCommand>(
                    result,
                    (deliveries, stop) => deliveries.RunAsync(options, stop),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(ListOptions options, CancellationToken cancellationToken)
    {
        var now = context.Clocks.Schedule.GetUtcNow();
        var posts = await GetPostsAsync(options, now, cancellationToken);
        var times = await PostTimes.ReadAsync(settings, guilds, cancellationToken);
        var failures = await FindFailedFollowUpsAsync(posts, cancellationToken);
        string[] keys = [.. posts.Select(post => post.Key)];
        var dismissed = await operators.GetDismissedAsync(keys, cancellationToken);
        if (options.IsJson)
        {
            PostSummary[] summaries = [.. posts.Select(Summarize)];
            await context.Output.WriteLineAsync(ListJson.Of(summaries, ListJson.Readable.IReadOnlyListPostSummary));
            return 0;
        }

        var whenEmpty = options.OnlyFailed ? "There are no failed posts." : "Nothing was posted yet.";
        await CreateTable(posts, times, failures, dismissed, now).WriteAsync(context, whenEmpty);
        return 0;

        PostSummary Summarize(Post post)
        {
            var isDismissed = dismissed.Contains(post.Key);
            return PostSummary.Of(post, times, failures[post.Key], isDismissed);
        }
    }

    private Task<IReadOnlyList<Post>> GetPostsAsync(
        ListOptions options,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (options.OnlyFailed)
        {
            return operators.GetFailedAsync(now, options.Limit, cancellationToken);
        }

        return ledger.GetRecentAsync(options.Limit, cancellationToken);
    }

    /// <returns>By the key of the post.</returns>
    private async Task<ILookup<string, FollowUp>> FindFailedFollowUpsAsync(
        IReadOnlyList<Post> posts,
        CancellationToken cancellationToken
    )
    {
        List<FollowUp> found = [];
        foreach (var post in posts.Where(post => post.Payload?.FollowUps.Any() == true))
        {
            found.AddRange(await followUps.GetAsync(post.Key, cancellationToken));
        }

        var failed = found.Where(followUp => followUp.State == FollowUpState.Failed);
        return failed.ToLookup(followUp => followUp.Post.Key, StringComparer.Ordinal);
    }

    private static TablePrinter CreateTable(
        IReadOnlyList<Post> posts,
        PostTimes times,
        ILookup<string, FollowUp> failures,
        IReadOnlySet<string> dismissed,
        DateTimeOffset now
    )
    {
        TablePrinter table = new("id", "when", "schedule", "to", "state", "");
        foreach (var post in posts)
        {
            var isDismissed = dismissed.Contains(post.Key);
            Cell state = new(GetState(post, now), GetStyle(post, isDismissed, now));
            table.Add(
                PostKey.Shorten(post),
                times.Format(post),
                post.Schedule.ToString(),
                post.Destination.ToString(),
                state,
                FormatRemark(post, isDismissed, failures[post.Key])
            );
        }

        return table;
    }

    private static TextStyle GetStyle(Post post, bool isDismissed, DateTimeOffset now)
    {
        if (isDismissed)
        {
            return TextStyle.Quiet;
        }

        if (Failures.IsFailure(post, now))
        {
            return TextStyle.Bad;
        }

        return post.State switch
        {
            PostState.Sent => TextStyle.Good,
            PostState.Planned or PostState.Sending or PostState.Unknown => TextStyle.Note,
            _ => TextStyle.Quiet,
        };
    }

    private static string GetState(Post post, DateTimeOffset now)
    {
        var state = ColumnValues.ToName(post.State);
        var isLookedUp = post.State == PostState.Unknown && !Failures.IsFailure(post, now);
        return isLookedUp ? $"{state}, will be looked up" : state;
    }

    private static string FormatRemark(Post post, bool isDismissed, IEnumerable<FollowUp> failures)
    {
        List<string> parts = [];
        if (post.Url is { } url)
        {
            parts.Add(url.AbsoluteUri);
        }
        else if (post.RemoteId is { } id)
        {
            parts.Add($"id {id}");
        }

        if (post.Reason is { } reason)
        {
            parts.Add(reason);
        }

        if (isDismissed)
        {
            parts.Add("Dismissed.");
        }

        if (post.RetryOf is { } failed)
        {
            parts.Add($"Retry of {PostKey.Shorten(failed)}.");
        }

        parts.AddRange(failures.Select(Describe));
        return string.Join("  ", parts);
    }

    /// <summary>A failed follow-up in one sentence.</summary>
    public static string Describe(FollowUp failed) => $"{failed.Kind} failed: {failed.Reason}";

    private sealed record ListOptions(bool OnlyFailed, int Limit, bool IsJson);
}

/// <summary>A post in JSON.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Kind"><c>scheduled</c>, <c>manual</c>, <c>alert</c> or <c>notice</c>.</param>
/// <param name="When">When it was due, in the schedule's time zone, or in UTC when the schedule
/// no longer exists.</param>
/// <param name="Schedule">Name of its schedule.</param>
/// <param name="Guild">Id of the Discord server that owns the schedule; missing for the operator's.</param>
/// <param name="Destination">Where to.</param>
/// <param name="State">As in <c>docs/delivery.md</c>.</param>
/// <param name="CancelCause">Why it was cancelled; missing in other states.</param>
/// <param name="Reason">Why it is in this state.</param>
/// <param name="RemoteId">The platform's id.</param>
/// <param name="Url">Address of the published message.</param>
/// <param name="RetryOf">Id of the failed post that this one sends again.</param>
/// <param name="Dismissed"><see langword="true"/> if an operator dismissed its failure; otherwise missing.</param>
/// <param name="Items">Ids of the quotation or events.</param>
/// <param name="Warning">Content warning.</param>
/// <param name="Text">The text.</param>
/// <param name="Picture">The description of its picture: every word on it.</param>
/// <param name="FailedFollowUps">The thread or crosspost that failed, and why.</param>
internal sealed record PostSummary(
    string Id,
    string Kind,
    DateTimeOffset When,
    string Schedule,
    string? Guild,
    string Destination,
    string State,
    string? CancelCause,
    string? Reason,
    string? RemoteId,
    Uri? Url,
    string? RetryOf,
    bool? Dismissed,
    IReadOnlyList<string> Items,
    string? Warning,
    string? Text,
    string? Picture,
    IReadOnlyList<string>? FailedFollowUps
)
{
    public static PostSummary Of(Post post, PostTimes times, IEnumerable<FollowUp> failedFollowUps, bool isDismissed)
    {
        bool? dismissed = isDismissed ? true : null;
        return new PostSummary(
            post.Key,
            ColumnValues.ToName(post.Kind),
            times.ToLocal(post, post.Occurrence),
            post.Schedule.Name,
            GuildSchedule.GetGuild(post.Schedule)?.ToString(),
            post.Destination.ToString(),
            ColumnValues.ToName(post.State),
            ColumnValues.ToName(post.CancelCause),
            post.Reason,
            post.RemoteId,
            post.Url,
            post.RetryOf,
            dismissed,
            post.Items,
            post.Payload?.Warning,
            post.Payload?.Text,
            post.Payload?.Picture?.Description,
            failedFollowUps.Any() ? [.. failedFollowUps.Select(DeliveriesCommand.Describe)] : null
        );
    }
}
