using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary><c>serge correct ID</c>: makes the copies that are out say what the files say now.</summary>
internal static class CorrectCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The id of the quotation or event, as in the files." };
        var yes = new Option<bool>("--yes") { Description = "Do it. Without it, only show what would be done." };
        var command = new Command(
            "correct",
            "After a correction in the quote files: edit every copy that was posted with the old text, on both platforms."
        )
        {
            id,
            yes,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                await using var host = await context.BuildWorkerAsync(result, cancellationToken);
                var item = result.GetValue(id)!;
                var catalogue = host.Services.GetRequiredService<LiveCatalogue>().Unfiltered;
                var posts = await host
                    .Services.GetRequiredService<IOperatorLedger>()
                    .GetByItemAsync(item, cancellationToken);
                ItemLookup.Require(item, catalogue, posts);
                await ServerLimits.LearnAsync(host.Services, context.Error, cancellationToken);
                var renderer = host.Services.GetRequiredService<PostRenderer>();
                PostChange[] changes =
                [
                    .. posts.Select(post => PostChanges.Correct(post, catalogue, renderer)).OfType<PostChange>(),
                ];
                if (changes.Length == 0)
                {
                    await context.Output.WriteLineAsync(
                        posts.Any(post => post.State == PostState.Sent)
                            ? $"Every copy of {item} says what the files say."
                            : $"No copy of {item} is out."
                    );
                    return 0;
                }

                var times = await PostTimes.ReadAsync(host.Services, cancellationToken);
                await ChangeConfirmation.ShowAsync(changes, times, context.Output);
                return
                    !await ChangeConfirmation.IsWantedAsync(result.GetValue(yes), context)
                    || await ChangeConfirmation.DoAsync(changes, host.Services, times, context, cancellationToken)
                    ? 0
                    : 1;
            }
        );
        return command;
    }
}
