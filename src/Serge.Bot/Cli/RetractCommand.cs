using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary><c>serge retract ID</c>: deletes every copy that is out, and never says it again until it is put back.</summary>
internal static class RetractCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The id of the quotation or event, as in the files." };
        var yes = new Option<bool>("--yes") { Description = "Do it. Without it, only show what would be done." };
        var undo = new Option<bool>("--undo")
        {
            Description = "Put it back: it may be chosen again. What was deleted stays deleted.",
        };
        var command = new Command(
            "retract",
            "Take a quotation or an event back: delete every copy that was posted, on both platforms, and do not choose it again."
        )
        {
            id,
            yes,
            undo,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                await using var host = await context.BuildWorkerAsync(result, cancellationToken);
                var item = result.GetValue(id)!;
                return result.GetValue(undo)
                    ? await PutBackAsync(host.Services, item, context, cancellationToken)
                    : await RetractAsync(host.Services, item, result.GetValue(yes), context, cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> RetractAsync(
        IServiceProvider services,
        string item,
        bool yes,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var operators = services.GetRequiredService<IOperatorLedger>();
        ItemLookup.Require(
            item,
            services.GetRequiredService<LiveCatalogue>().Unfiltered,
            await operators.GetByItemAsync(item, cancellationToken)
        );
        await ServerLimits.LearnAsync(services, context.Error, cancellationToken);
        var times = await PostTimes.ReadAsync(services, cancellationToken);
        var isWithdrawn = (await operators.GetWithdrawnAsync(cancellationToken)).Contains(item);
        var changes = await ChangesAsync(services, item, cancellationToken);
        await ChangeConfirmation.ShowAsync(changes, times, context.Output);
        await context.Output.WriteLineAsync(
            isWithdrawn
                ? $"{item} is withdrawn already."
                : $"{item} will be withdrawn: neither chosen nor shown any more."
        );
        if (isWithdrawn && changes.Count == 0)
        {
            await context.Output.WriteLineAsync("No copy is out, and there is nothing to do.");
            return 0;
        }

        if (!await ChangeConfirmation.IsWantedAsync(yes, context))
        {
            return 0;
        }

        if (!isWithdrawn)
        {
            // First of all, so that nothing new comes while the old goes. Then the running bot has to hear of it.
            await operators.WithdrawAsync(item, context.Clocks.Schedule.GetUtcNow(), cancellationToken);
            await Task.Delay(WithdrawalPoller.Pace * 2, context.Clocks.System, cancellationToken);
            await context.Output.WriteLineAsync($"{item} is withdrawn. serge retract {item} --undo puts it back.");
            changes = await ChangesAsync(services, item, cancellationToken);
        }

        return await ChangeConfirmation.DoAsync(changes, services, times, context, cancellationToken) ? 0 : 1;
    }

    private static async Task<IReadOnlyList<PostChange>> ChangesAsync(
        IServiceProvider services,
        string item,
        CancellationToken cancellationToken
    )
    {
        // What was withdrawn before is not said anew either.
        var catalogue = services.GetRequiredService<LiveCatalogue>().Current;
        var renderer = services.GetRequiredService<PostRenderer>();
        var posts = await services.GetRequiredService<IOperatorLedger>().GetByItemAsync(item, cancellationToken);
        return [.. posts.Select(post => PostChanges.Retract(post, item, catalogue, renderer)).OfType<PostChange>()];
    }

    private static async Task<int> PutBackAsync(
        IServiceProvider services,
        string item,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var isBack = await services.GetRequiredService<IOperatorLedger>().RestoreAsync(item, cancellationToken);
        var withdrawn = await services.GetRequiredService<IOperatorLedger>().GetWithdrawnAsync(cancellationToken);
        await context.Output.WriteLineAsync(
            isBack
                ? $"{item} may be chosen again. What was deleted stays deleted."
                : $"{item} is not withdrawn. Withdrawn: {(withdrawn.Count == 0 ? "nothing" : string.Join(", ", withdrawn.Order(StringComparer.Ordinal)))}."
        );
        return isBack ? 0 : 1;
    }
}
