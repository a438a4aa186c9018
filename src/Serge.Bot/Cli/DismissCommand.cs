using System.CommandLine;
using System.CommandLine.Parsing;

namespace Serge.Bot.Cli;

/// <summary><c>serge dismiss ID</c>: records that failed posts need no further action.</summary>
internal sealed class DismissCommand(IOperatorLedger ledger, CommandContext context)
{
    /// <summary>The maximum number of posts that <c>--all</c> lists; the others are only counted.</summary>
    private const int MaxLines = 20;

    public static Command Create(CommandContext context)
    {
        Argument<string[]> ids = new("ID")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Keys of failed posts, or their first letters, as shown by serge deliveries.",
        };
        Option<bool> all = new("--all") { Arity = ArgumentArity.Zero, Description = "Dismiss all failed posts." };
        Command command = new(
            "dismiss",
            "Record that failed posts need no further action. They stay in the ledger, but no longer count as failed."
        )
        {
            ids,
            all,
        };
        command.Validators.Add(result => Validate(result, ids, all));
        command.SetAction(
            (result, cancellationToken) =>
            {
                var isAll = IsGiven(result.CommandResult, all);
                var prefixes = result.GetValue(ids) ?? [];
                return context.RunAsync<DismissCommand>(
                    result,
                    (dismiss, stop) => isAll ? dismiss.RunAllAsync(stop) : dismiss.RunAsync(prefixes, stop),
                    cancellationToken
                );
            }
        );
        return command;
    }

    /// <remarks>Values are not read: they are converted after the validation of the command.</remarks>
    private static void Validate(CommandResult result, Argument<string[]> ids, Option<bool> all)
    {
        var hasIds = result.GetResult(ids) is { Tokens.Count: > 0 };
        var hasAll = IsGiven(result, all);
        if (hasIds && hasAll)
        {
            result.AddError("Write either the IDs of failed posts or --all, not both.");
        }
        else if (!hasIds && !hasAll)
        {
            result.AddError("Write the ID of a failed post, or --all.");
        }
    }

    private static bool IsGiven(CommandResult result, Option<bool> option) =>
        result.GetResult(option) is { Implicit: false };

    private async Task<int> RunAsync(IReadOnlyList<string> prefixes, CancellationToken cancellationToken)
    {
        var now = context.Clocks.Schedule.GetUtcNow();
        var posts = await FindAsync(prefixes, cancellationToken);
        List<Post> failed = [];
        List<string> remarks = [];
        foreach (var post in posts)
        {
            if (await CheckAsync(post, now, cancellationToken) is { } remark)
            {
                remarks.Add(remark);
            }
            else
            {
                failed.Add(post);
            }
        }

        foreach (var remark in remarks)
        {
            await context.Output.WriteLineAsync(remark);
        }

        var dismissed = await DismissAsync(failed, now, cancellationToken);
        foreach (var post in failed)
        {
            var line = dismissed.Contains(post) ? Describe(post) : DescribeChanged(post);
            await context.Output.WriteLineAsync(line);
        }

        return CommandLine.GetExitCode(dismissed.Count == failed.Count);
    }

    private async Task<int> RunAllAsync(CancellationToken cancellationToken)
    {
        var now = context.Clocks.Schedule.GetUtcNow();
        var newest = await ledger.GetFailedAsync(now, MaxLines, cancellationToken);
        var count = await ledger.DismissAllAsync(now, cancellationToken);
        if (count == 0)
        {
            await context.Output.WriteLineAsync("There are no failed posts.");
            return 0;
        }

        // A worker may have changed one of them since they were read.
        var dismissed = await ledger.GetDismissedAsync(GetKeys(newest), cancellationToken);
        foreach (var post in newest.Where(post => dismissed.Contains(post.Key)))
        {
            await context.Output.WriteLineAsync(Describe(post));
        }

        if (count > dismissed.Count)
        {
            await context.Output.WriteLineAsync($"And {count - dismissed.Count} more.");
        }

        await context.Output.WriteLineAsync($"Dismissed {Plural.Of(count, "failed post")}.");
        return 0;
    }

    /// <summary>The posts that a person named, each once.</summary>
    /// <exception cref="CommandException">A key does not exist or is ambiguous.</exception>
    private async Task<IReadOnlyList<Post>> FindAsync(
        IReadOnlyList<string> prefixes,
        CancellationToken cancellationToken
    )
    {
        List<Post> posts = [];
        foreach (var prefix in prefixes)
        {
            posts.Add(await PostLookup.FindAsync(ledger, prefix, cancellationToken));
        }

        return [.. posts.DistinctBy(post => post.Key)];
    }

    /// <returns>Why a failed post needs no dismissal; <see langword="null"/> if it does.</returns>
    /// <exception cref="CommandException">The post has not failed.</exception>
    private async Task<string?> CheckAsync(Post post, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = PostKey.Shorten(post);
        if (await ledger.FindRetryAsync(post.Key, cancellationToken) is { } retry)
        {
            var newKey = PostKey.Shorten(retry);
            var state = ColumnValues.ToName(retry.State);
            return $"{key} was already sent again as {newKey}, which is {state}. If that failed: serge dismiss "
                + $"{newKey}.";
        }

        var dismissed = await ledger.GetDismissedAsync([post.Key], cancellationToken);
        if (dismissed.Count > 0)
        {
            return $"{key} was already dismissed.";
        }

        if (!Failures.IsFailure(post, now))
        {
            throw new CommandException(
                $"{key} has not failed: {DescribeState(post)}. Nothing was dismissed. serge deliveries --failed lists "
                    + "the failed posts."
            );
        }

        return null;
    }

    /// <returns>Those that had failed until now.</returns>
    private async Task<IReadOnlyList<Post>> DismissAsync(
        IReadOnlyList<Post> failed,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var dismissed = await ledger.DismissAsync(GetKeys(failed), now, cancellationToken);
        return [.. failed.Where(post => dismissed.Contains(post.Key))];
    }

    private static string[] GetKeys(IReadOnlyList<Post> posts) => [.. posts.Select(post => post.Key)];

    private static string Describe(Post post)
    {
        var key = PostKey.Shorten(post);
        return $"{key} was dismissed: {post.Schedule} to {post.Destination}, {ColumnValues.ToName(post.State)}.";
    }

    private static string DescribeChanged(Post post) =>
        $"{PostKey.Shorten(post)} changed at the same time and was not dismissed. serge deliveries shows its state.";

    /// <summary>The state of a post that has not failed.</summary>
    private static string DescribeState(Post post) =>
        post.State switch
        {
            PostState.Sent => "it was sent",
            PostState.Planned => "it is planned, and the running bot sends it",
            PostState.Sending => "it is being sent",
            PostState.Unknown => "it is unknown whether it was published, and the running bot still looks it up",
            PostState.Missed => "it is due in the future, and is planned again then",
            _ => $"it was {ColumnValues.ToName(post.State)}",
        };
}
