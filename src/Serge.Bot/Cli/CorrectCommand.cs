using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge correct ID</c>: edits published posts after a correction in the quote files.</summary>
internal sealed class CorrectCommand(
    BotSettings settings,
    IOperatorLedger ledger,
    IGuildStore guilds,
    LiveCatalogue catalogue,
    ServerLimits limits,
    PostChanges changes,
    ChangeConfirmation confirmation,
    CommandContext context
)
{
    public static Command Create(CommandContext context)
    {
        Argument<string> id = new("ID") { Description = "Id of the quotation or event." };
        id.CompleteItems(context);
        Option<bool> yes = new("--yes") { Description = "Change the posts. Without it the changes are only shown." };
        Command command = new(
            "correct",
            "After a correction in the quote files: edit every post that was published with the old text."
        )
        {
            id,
            yes,
        };
        command.SetAction(
            (result, cancellationToken) =>
                context.RunAsync<CorrectCommand>(
                    result,
                    (correct, stop) => correct.RunAsync(result.GetValue(id)!, result.GetValue(yes), stop),
                    cancellationToken
                )
        );
        return command;
    }

    private async Task<int> RunAsync(string item, bool yes, CancellationToken cancellationToken)
    {
        var files = catalogue.Unfiltered;
        var posts = await ledger.GetByItemAsync(item, cancellationToken);
        ItemLookup.Require(item, files, posts);
        await limits.LoadAsync(cancellationToken);
        var edits = changes.Correct(posts, files);
        if (edits.Count == 0)
        {
            var isPublished = posts.Any(post => post.State == PostState.Sent);
            await context.Output.WriteLineAsync(
                isPublished ? $"Every published post of {item} matches the files." : $"No post of {item} is published."
            );
            return 0;
        }

        var times = await PostTimes.ReadAsync(settings, guilds, cancellationToken);
        await confirmation.ShowAsync(edits, times);
        if (!await confirmation.ConfirmAsync(yes))
        {
            return 0;
        }

        var isDone = await confirmation.ExecuteAsync(edits, times, cancellationToken);
        return CommandLine.GetExitCode(isDone);
    }
}
