using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary>Shows changes of posts, asks for confirmation and executes them, for
/// <c>correct</c> and <c>retract</c>.</summary>
internal sealed class ChangeConfirmation(
    PublishedPostEditor editor,
    BotSettings settings,
    IGuildStore guilds,
    CommandContext context
)
{
    /// <summary>The option that confirms.</summary>
    public static Option<bool> CreateOption() =>
        new("--yes")
        {
            Description = "Do not ask for confirmation. Required if the command does not run at a terminal.",
        };

    /// <summary>Shows the old text, the new text and the link of every change.</summary>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public async Task ShowAsync(IReadOnlyList<PostChange> changes, CancellationToken cancellationToken)
    {
        var times = await PostTimes.ReadAsync(settings, guilds, cancellationToken);
        foreach (var change in changes)
        {
            await context.Output.WriteLineAsync(GetHeading(change.Post, times));
            await context.Output.WriteLineAsync($"{Describe(change)}\n");
        }
    }

    /// <summary>Whether to continue: <c>--yes</c> was given, or a person at a terminal confirms.</summary>
    public async Task<bool> ConfirmAsync(bool yes)
    {
        if (yes)
        {
            return true;
        }

        if (context.Input is not { } input)
        {
            await context.Output.WriteLineAsync("Nothing was changed. Add --yes to change it.");
            return false;
        }

        await context.Output.WriteAsync("Continue? Type yes: ");
        await context.Output.FlushAsync();
        var answer = await input.ReadLineAsync();
        if (answer?.Trim().ToUpperInvariant() is "YES" or "Y")
        {
            return true;
        }

        await context.Output.WriteLineAsync("Nothing was changed.");
        return false;
    }

    /// <summary>Executes every change; a failure does not prevent the others.</summary>
    /// <returns>The exit code: 0 if all succeeded and nothing is left to do.</returns>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public async Task<int> ExecuteAsync(IReadOnlyList<PostChange> changes, CancellationToken cancellationToken)
    {
        var times = await PostTimes.ReadAsync(settings, guilds, cancellationToken);
        var failed = 0;
        var isComplete = true;
        using (var progress = ProgressLine.Start(context, "Changing posts", changes.Count))
        {
            foreach (var change in changes)
            {
                var result = await editor.ApplyAsync(change, cancellationToken);
                if (!result.IsDone)
                {
                    failed++;
                }

                isComplete &= result is { IsDone: true, NeedsOperator: false };
                progress.Advance();
                progress.WriteLine(context.Output, $"{GetHeading(change.Post, times)}: {result.Message}");
            }
        }

        await context.Output.WriteLineAsync(Summarize(changes.Count, failed));
        return CommandLine.GetExitCode(isComplete);
    }

    private static string Summarize(int count, int failed)
    {
        if (count == 0)
        {
            return "No post was published.";
        }

        var posts = Plural.Of(count, "post");
        if (failed == 0)
        {
            return $"Changed {posts}.";
        }

        return $"Changed {count - failed} of {posts}. Repeat the command for those that can still be changed.";
    }

    private static string GetHeading(Post post, PostTimes times)
    {
        var key = PostKey.Shorten(post);
        var time = times.Format(post);
        var heading = $"{key}  {time}  {post.Schedule} → {post.Destination}";
        return $"{heading}  {post.Url}".TrimEnd();
    }

    private static string Describe(PostChange change) =>
        change switch
        {
            PostChange.Edit edit => $"{Mark('-', edit.Post.Payload)}\n{Mark('+', edit.Payload)}",
            PostChange.Delete delete => $"{Mark('-', delete.Post.Payload)}\n  {DescribeDeletion(delete.Post)}",
            PostChange.Impossible impossible => $"  {impossible.Reason}",
            _ => throw new InvalidOperationException($"Unknown change {change}."),
        };

    private static string DescribeDeletion(Post post)
    {
        if (post.State == PostState.Planned)
        {
            return "Not sent yet; will be cancelled.";
        }

        return "Will be deleted.";
    }

    /// <summary>The text with a mark before each line, as in a diff.</summary>
    private static string Mark(char mark, Payload? payload)
    {
        var text = payload?.Text ?? "";
        if (payload?.Warning is { Length: > 0 } warning)
        {
            text = $"[{warning}]\n{text}";
        }

        return $"  {mark} {text.Replace("\n", $"\n  {mark} ", StringComparison.Ordinal)}";
    }
}
