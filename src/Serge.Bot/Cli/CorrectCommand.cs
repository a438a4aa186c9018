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
        await RequireLimitsAsync(posts, cancellationToken);
        var times = await PostTimes.ReadAsync(settings, guilds, cancellationToken);
        var edits = changes.Correct(posts, catalogue.Unfiltered, times);
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

    /// <exception cref="CommandException">A post may have to be edited on a server whose limits are not
    /// known.</exception>
    private async Task RequireLimitsAsync(IReadOnlyList<Post> posts, CancellationToken cancellationToken)
    {
        if (!await limits.TryLoadAsync(cancellationToken) && posts.Any(PublishedItem.DependsOnLimits))
        {
            throw new CommandException($"{ServerLimits.Unknown} Nothing was changed. Try again later.");
        }
    }
}
