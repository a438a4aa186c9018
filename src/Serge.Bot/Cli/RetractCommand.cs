using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge retract ID</c>: deletes published posts of a quotation or event and withdraws it.</summary>
internal sealed class RetractCommand(
    IOperatorLedger ledger,
    PublishedItem published,
    ServerLimits limits,
    LiveCatalogue catalogue,
    PostChanges changes,
    BotSettings settings,
    IGuildStore guilds,
    ChangeConfirmation confirmation,
    CommandContext context
)
{
    public static Command Create(CommandContext context)
    {
        var id = ItemLookup.CreateArgument(context);
        var yes = ChangeConfirmation.CreateOption();
        Option<bool> undo = new("--undo") { Description = "Allow it to be chosen again. Deleted posts stay deleted." };
        Command command = new(
            "retract",
            "Withdraw a quotation or event: delete its published posts on both platforms and never choose it again."
        )
        {
            id,
            yes,
            undo,
        };
        command.SetAction(
            (result, cancellationToken) =>
            {
                RetractOptions options = new(result.GetValue(id)!, result.GetValue(yes), result.GetValue(undo));
                var mayConfirm = options.IsConfirmed || context.Input is not null;
                var retracting = context with { CreatesLedger = !options.IsUndo && mayConfirm };
                return retracting.RunAsync<RetractCommand>(
                    result,
                    (retract, stop) => retract.RunAsync(options, stop),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(RetractOptions options, CancellationToken cancellationToken)
    {
        var item = options.Item;
        if (options.IsUndo)
        {
            return await RestoreAsync(item, cancellationToken);
        }

        var posts = await published.GetPostsAsync(item, cancellationToken);
        var areLimitsKnown = await limits.TryLoadAsync(cancellationToken);
        var withdrawals = await ledger.GetWithdrawalsAsync(cancellationToken);
        var isWithdrawn = withdrawals.ContainsKey(item);
        var edits = await FindChangesAsync(item, posts, areLimitsKnown, cancellationToken);
        await confirmation.ShowAsync(edits, cancellationToken);
        var state = isWithdrawn ? "is already withdrawn" : "will be withdrawn: no longer chosen or shown";
        await context.Output.WriteLineAsync($"{item} {state}.");
        if (isWithdrawn && edits.Count == 0)
        {
            await context.Output.WriteLineAsync("No post of it is published. Nothing to do.");
            return 0;
        }

        if (!await confirmation.ConfirmAsync(options.IsConfirmed))
        {
            return 0;
        }

        if (!isWithdrawn)
        {
            await WithdrawAsync(item, cancellationToken);
            posts = await ledger.GetByItemAsync(item, cancellationToken);
            edits = await FindChangesAsync(item, posts, areLimitsKnown, cancellationToken);
        }

        return await confirmation.ExecuteAsync(edits, cancellationToken);
    }

    /// <summary>Withdraws first and waits until the running bot has read it, so that no new post of it is planned while
    /// the old ones are deleted.</summary>
    private async Task WithdrawAsync(string item, CancellationToken cancellationToken)
    {
        await ledger.WithdrawAsync(item, context.Clocks.Schedule.GetUtcNow(), cancellationToken);
        using (ProgressLine.Start(context, "Waiting until the bot has read that it is withdrawn"))
        {
            await Task.Delay(WithdrawalPoller.Interval * 2, context.Clocks.System, cancellationToken);
        }

        await context.Output.WriteLineAsync($"{item} is withdrawn. serge retract {item} --undo restores it.");
    }

    private async Task<IReadOnlyList<PostChange>> FindChangesAsync(
        string item,
        IReadOnlyList<Post> posts,
        bool areLimitsKnown,
        CancellationToken cancellationToken
    )
    {
        var times = await PostTimes.ReadAsync(settings, guilds, cancellationToken);
        // What was withdrawn before is not rendered again either.
        var current = catalogue.Current;
        return [.. posts.Select(FindChange).OfType<PostChange>()];

        PostChange? FindChange(Post post)
        {
            // A post that contains nothing else is deleted, which no limit prevents. A planned post must not be sent
            // with withdrawn content, so it is rendered with the default limits.
            var isPublished = post.State == PostState.Sent && post.Items.Count > 1;
            if (!areLimitsKnown && isPublished && PublishedItem.DependsOnLimits(post))
            {
                return new PostChange.Impossible(post, ServerLimits.Unknown);
            }

            return changes.Retract(post, item, current, times);
        }
    }

    private async Task<int> RestoreAsync(string item, CancellationToken cancellationToken)
    {
        if (await ledger.RestoreAsync(item, cancellationToken))
        {
            await context.Output.WriteLineAsync($"{item} may be chosen again. Deleted posts stay deleted.");
            return 0;
        }

        var withdrawals = await ledger.GetWithdrawalsAsync(cancellationToken);
        var others = withdrawals.Keys.Order(StringComparer.Ordinal).DefaultIfEmpty("nothing");
        var joined = string.Join(", ", others);
        await context.Output.WriteLineAsync($"{item} is not withdrawn. Withdrawn: {joined}.");
        return CommandLine.ProblemExitCode;
    }

    /// <param name="Item">Id of the quotation or event.</param>
    /// <param name="IsConfirmed">Whether to change the posts instead of only showing the changes.</param>
    /// <param name="IsUndo">Whether to restore the item.</param>
    private sealed record RetractOptions(string Item, bool IsConfirmed, bool IsUndo);
}
