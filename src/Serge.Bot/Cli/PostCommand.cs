using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge post --now --schedule NAME</c>: posts the content of a schedule immediately.</summary>
internal sealed class PostCommand(
    BotSettings settings,
    ILedger ledger,
    IOperatorLedger operators,
    PostFactory factory,
    PostDelivery delivery,
    PublishTargets targets,
    IEnumerable<AccountCheck> accountChecks,
    ServerLimits limits,
    CommandContext context
)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    public static Command Create(CommandContext context)
    {
        Option<bool> now = new("--now") { Description = "Post immediately. Without it the posts are only shown." };
        Option<string> name = new("--schedule")
        {
            Description = "The schedule whose content and destinations are used.",
            Required = true,
        };
        Command command = new("post", "Post the content of a schedule immediately, also beside a running bot.")
        {
            now,
            name,
        };
        command.SetAction(
            (result, cancellationToken) =>
            {
                var send = result.GetValue(now);
                var posting = context with { CreatesLedger = send };
                return posting.RunAsync<PostCommand>(
                    result,
                    (post, stop) => post.RunAsync(result.GetValue(name)!, send, stop),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(string name, bool send, CancellationToken cancellationToken)
    {
        var schedule = FindSchedule(name);
        Destination[] destinations = [.. schedule.To.Where(targets.IsEnabled)];
        if (destinations.Length == 0)
        {
            var all = string.Join(", ", schedule.To);
            throw new CommandException(
                $"{name} posts to {all}, but no credentials are set for that. serge doctor shows what to set."
            );
        }

        await limits.LoadAsync(cancellationToken);
        var posts = await CreatePostsAsync(schedule, destinations, cancellationToken);
        if (!send)
        {
            await ShowAsync(posts);
            return 0;
        }

        foreach (var check in accountChecks.Where(check => check.BlockedReason is not null))
        {
            await check.RunAsync(cancellationToken);
        }

        var isSuccess = await SendAsync(schedule, posts, cancellationToken);
        return CommandLine.GetExitCode(isSuccess);
    }

    /// <exception cref="CommandException">There is no such schedule.</exception>
    private Schedule FindSchedule(string name)
    {
        if (settings.Schedules.FirstOrDefault(schedule => schedule.Id.Name == name) is { } found)
        {
            return found;
        }

        string[] names = [.. settings.Schedules.Select(schedule => schedule.Id.Name)];
        var hint = DidYouMean.Hint(name, names);
        var known = names.Length == 0 ? "none" : string.Join(", ", names);
        throw new CommandException($"There is no schedule {name}. {hint}Schedules: {known}.");
    }

    private async Task<IReadOnlyList<Post>> CreatePostsAsync(
        Schedule schedule,
        IEnumerable<Destination> destinations,
        CancellationToken cancellationToken
    )
    {
        // To the second, as posts of schedules are.
        var seconds = context.Clocks.Schedule.GetUtcNow().ToUnixTimeSeconds();
        var occurrence = DateTimeOffset.FromUnixTimeSeconds(seconds);
        List<Post> posts = [];
        foreach (var destination in destinations)
        {
            var post = await factory.CreateAsync(schedule, occurrence, destination, cancellationToken);
            posts.Add(post with { Kind = PostKind.Manual });
        }

        return posts;
    }

    private async Task ShowAsync(IEnumerable<Post> posts)
    {
        foreach (var post in posts)
        {
            await context.Output.WriteLineAsync($"→ {post.Destination}\n{post.Payload?.Text ?? post.Reason}\n");
        }

        await context.Output.WriteLineAsync("Nothing was posted. Add --now to post it.");
    }

    /// <returns>Whether nothing failed.</returns>
    private async Task<bool> SendAsync(
        Schedule schedule,
        IReadOnlyList<Post> posts,
        CancellationToken cancellationToken
    )
    {
        var isSuccess = true;
        foreach (var post in await ledger.PlanAsync(schedule.Id.Name, mark: null, posts, cancellationToken))
        {
            Post? after = post;
            if (post.State == PostState.Planned)
            {
                after = await delivery.DeliverAsync(post, cancellationToken);
                after ??= await WaitForBotAsync(post, cancellationToken);
            }

            isSuccess &= IsSuccess(after);
            await context.Output.WriteLineAsync($"{post.Destination}: {Describe(after)}");
        }

        return isSuccess;
    }

    /// <summary>Waits for the result of a post that the running bot has claimed first. The claim of a bot that is
    /// killed ends after <see cref="DeliverySettings.Lease"/>.</summary>
    /// <returns><see langword="null"/> if the bot still sends it after that time.</returns>
    private async Task<Post?> WaitForBotAsync(Post post, CancellationToken cancellationToken)
    {
        var clock = context.Clocks.System;
        var start = clock.GetTimestamp();
        while (clock.GetElapsedTime(start) < settings.Delivery.Lease)
        {
            var found = await operators.FindByKeyAsync(post.Key, limit: 1, cancellationToken);
            if (found.FirstOrDefault(current => current.State != PostState.Sending) is { } finished)
            {
                return finished;
            }

            await Task.Delay(PollInterval, clock, cancellationToken);
        }

        return null;
    }

    private static bool IsSuccess(Post? post) =>
        post is { State: PostState.Sent }
        || post is { State: PostState.Cancelled, CancelCause: not CancelCause.DailyLimit };

    private static string Describe(Post? post) =>
        post switch
        {
            null => "the running bot is still sending it; serge deliveries shows the result",
            { State: PostState.Sent, Url: { } url } => $"posted {url}",
            { State: PostState.Sent } => "posted",
            { State: PostState.Cancelled, CancelCause: not CancelCause.DailyLimit } =>
                $"nothing to post: {post.Reason}",
            { State: PostState.Planned } => $"not posted yet; a running bot retries it. {post.Reason}",
            { State: PostState.Unknown } => $"unknown whether it was posted; a running bot looks it up. {post.Reason}",
            _ => $"not posted: {post.Reason}",
        };
}
