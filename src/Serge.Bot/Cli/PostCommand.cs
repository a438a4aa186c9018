using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary><c>serge post --now --schedule NAME</c>: one post of a schedule at once, beside a running worker if need be.</summary>
internal static class PostCommand
{
    public static Command Create(CommandContext context)
    {
        var now = new Option<bool>("--now")
        {
            Description = "Post at once. Without it, only show what would be posted.",
        };
        var name = new Option<string>("--schedule")
        {
            Description = "The schedule whose content and destinations are used.",
            Required = true,
        };
        var command = new Command("post", "Post what a schedule has to say, out of turn.") { now, name };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                await using var host = await context.BuildWorkerAsync(result, cancellationToken);
                var services = host.Services;
                var schedules = services.GetRequiredService<BotSettings>().Schedules;
                var schedule =
                    schedules.FirstOrDefault(schedule => schedule.Name == result.GetValue(name))
                    ?? throw new CommandException(
                        $"There is no schedule {result.GetValue(name)}. {DidYouMean.Hint(result.GetValue(name)!, schedules.Select(schedule => schedule.Name))}Schedules: {(schedules.Count == 0 ? "none" : string.Join(", ", schedules.Select(schedule => schedule.Name)))}."
                    );
                var poster = services.GetRequiredService<Publisher>();
                if (!schedule.To.Any(poster.IsEnabled))
                {
                    throw new CommandException(
                        $"{schedule.Name} posts to {schedule.To[0]}, but that platform is off: it has no credentials."
                    );
                }

                await ServerLimits.LearnAsync(services, context.Error, cancellationToken);
                if (result.GetValue(now) && services.GetService<AccountCheck>() is { BlockedReason: not null } exam)
                {
                    await exam.RunAsync(cancellationToken);
                }

                return await PostAsync(services, schedule, result.GetValue(now), context, cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> PostAsync(
        IServiceProvider services,
        Schedule schedule,
        bool send,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var occurrence = DateTimeOffset.FromUnixTimeSeconds(context.Clocks.Schedule.GetUtcNow().ToUnixTimeSeconds());
        List<Post> posts = [];
        foreach (var destination in schedule.To.Where(services.GetRequiredService<Publisher>().IsEnabled))
        {
            posts.Add(
                await services
                    .GetRequiredService<PostFactory>()
                    .CreateAsync(schedule, occurrence, destination, cancellationToken)
            );
        }

        if (!send)
        {
            foreach (var post in posts)
            {
                await context.Output.WriteLineAsync($"→ {post.Destination}\n{post.Payload?.Text ?? post.Reason}\n");
            }

            await context.Output.WriteLineAsync("Nothing was posted; say --now to post it.");
            return 0;
        }

        var wellSent = true;
        foreach (
            var post in await services
                .GetRequiredService<ILedger>()
                .PlanAsync(schedule.Name, mark: null, posts, cancellationToken)
        )
        {
            var after =
                post.State == PostState.Planned
                    ? await services.GetRequiredService<DeliveryWorker>().DeliverAsync(post, cancellationToken)
                    : post;
            wellSent &=
                after is { State: PostState.Sent }
                || (after is { State: PostState.Cancelled } && !DailyPostLimit.IsCauseOf(after));
            await context.Output.WriteLineAsync($"{post.Destination}: {Words(after)}");
        }

        return wellSent ? 0 : 1;
    }

    private static string Words(Post? post) =>
        post switch
        {
            null => "the running worker took it over",
            { State: PostState.Sent, Url: { } url } => $"posted {url}",
            { State: PostState.Sent } => "posted",
            { State: PostState.Cancelled } when !DailyPostLimit.IsCauseOf(post) => $"nothing to say: {post.Reason}",
            { State: PostState.Planned or PostState.Unknown } =>
                $"not certain yet, and kept in the ledger: a running bot goes on with it. {post.Reason}",
            _ => $"not posted: {post.Reason}",
        };
}
