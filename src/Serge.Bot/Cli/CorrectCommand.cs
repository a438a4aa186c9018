using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge correct ID</c>: edits published posts after a correction in the quote files.</summary>
internal sealed class CorrectCommand(
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
        var posts = await published.GetPostsAsync(item, cancellationToken);
        var areLimitsKnown = await limits.TryLoadAsync(cancellationToken);
        var times = await PostTimes.ReadAsync(settings, guilds, cancellationToken);
        var edits = changes.Correct(posts, catalogue.Unfiltered, times);
        if (!areLimitsKnown)
        {
            edits = [.. edits.Select(Postpone)];
        }

        if (edits.Count == 0)
        {
            var isPublished = posts.Any(post => post.State == PostState.Sent);
            await context.Output.WriteLineAsync(
                isPublished ? $"Every published post of {item} matches the files." : $"No post of {item} is published."
            );
            return 0;
        }

        await confirmation.ShowAsync(edits, cancellationToken);
        if (!await confirmation.ConfirmAsync(yes))
        {
            return 0;
        }

        return await confirmation.ExecuteAsync(edits, cancellationToken);
    }

    /// <summary>A text that was rendered with the default limits may be shorter than necessary, or appear to be too
    /// long.</summary>
    private static PostChange Postpone(PostChange change)
    {
        var isRendered = change is PostChange.Edit or PostChange.Impossible { IsTooLong: true };
        if (isRendered && PublishedItem.DependsOnLimits(change.Post))
        {
            return new PostChange.Impossible(change.Post, ServerLimits.Unknown);
        }

        return change;
    }
}
