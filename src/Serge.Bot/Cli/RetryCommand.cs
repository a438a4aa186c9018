using System.CommandLine;
using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary><c>serge retry ID</c>: sends a failed post again as a new post.</summary>
internal sealed class RetryCommand(
    BotSettings settings,
    ILedger ledger,
    IOperatorLedger operators,
    IGuildStore guilds,
    LiveCatalogue catalogue,
    PublishTargets targets,
    Clocks clocks,
    Random random,
    CommandContext context
)
{
    private static readonly TimeSpan DefaultGracePeriod = TimeSpan.FromHours(6);

    public static Command Create(CommandContext context)
    {
        Argument<string> id = new("ID")
        {
            Description = "Key of the failed post, or its first letters, as shown by serge deliveries.",
        };
        Option<bool> force = new("--force")
        {
            Description = "Send it although it may have been published. Check the destination yourself first.",
        };
        Option<bool> ignoreDate = new("--ignore-date") { Description = "Send an “on this day” post on another day." };
        Command command = new("retry", "Send a failed post again with the same text. The running bot sends it.")
        {
            id,
            force,
            ignoreDate,
        };
        command.SetAction(
            (result, cancellationToken) =>
            {
                RetryOptions options = new(result.GetValue(force), result.GetValue(ignoreDate));
                return context.RunAsync<RetryCommand>(
                    result,
                    (retry, stop) => retry.RunAsync(result.GetValue(id)!, options, stop),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(string prefix, RetryOptions options, CancellationToken cancellationToken)
    {
        var times = await PostTimes.ReadAsync(settings, guilds, cancellationToken);
        var failed = await PostLookup.FindAsync(operators, prefix, cancellationToken);
        await CheckStateAsync(failed, cancellationToken);
        await CheckRetryAsync(failed, cancellationToken);
        await CheckWithdrawalAsync(failed, cancellationToken);
        if (!options.IgnoreDate)
        {
            CheckDate(failed, times);
        }

        if (failed.State == PostState.Unknown && await ResolveAsync(failed, options, cancellationToken) is { } message)
        {
            await context.Output.WriteLineAsync(message);
            return 0;
        }

        var key = IdempotencyKey.Create(random);
        var now = clocks.Schedule.GetUtcNow();
        var deadline = GetDeadline(failed, times, now, options);
        var retry = Transitions.CreateRetry(failed, key, now, deadline);
        var added = await ledger.PlanAsync(failed.Schedule.Name, mark: null, [retry], cancellationToken);
        if (added.Count == 0)
        {
            throw new CommandException("Another post of this schedule was planned at the same time. Try again.");
        }

        await context.Output.WriteLineAsync(
            $"{PostKey.Shorten(retry)} replaces {PostKey.Shorten(failed)}: the bot sends it to "
                + $"{retry.Destination} now, or as soon as it runs.\n{retry.Payload!.Text}"
        );
        return 0;
    }

    /// <exception cref="CommandException">The post has not failed.</exception>
    private async Task CheckStateAsync(Post post, CancellationToken cancellationToken)
    {
        var key = PostKey.Shorten(post);
        // Only the schedules of the settings can be posted: not those of servers, and not alerts.
        var hasSchedule = settings.Schedules.Any(schedule => schedule.Id == post.Schedule);
        var sendNew = $"serge post --now --schedule {post.Schedule}";
        var sendContent = hasSchedule ? $"To post new content of its schedule: {sendNew}." : null;
        var sendCurrent = hasSchedule ? $"To post what its schedule has now: {sendNew}." : null;
        var isFailure = Failures.IsFailure(post, clocks.Schedule.GetUtcNow());
        var dismissed = await operators.GetDismissedAsync([post.Key], cancellationToken);
        var mayDismiss = isFailure && dismissed.Count == 0;
        var dismiss = mayDismiss ? $"If it needs no further action: serge dismiss {key}." : null;
        var problem = post.State switch
        {
            PostState.Sent => Join($"{key} was sent.", post.Url, sendContent, dismiss),
            PostState.Planned => Join($"{key} is planned: the running bot sends it.", post.Reason),
            PostState.Sending => $"{key} is being sent. Try again in a few minutes.",
            PostState.Retracted => Join($"{key} was retracted.", post.Reason, dismiss),
            _ when post.Payload is null => Join($"{key} has no content.", post.Reason, sendCurrent, dismiss),
            PostState.Cancelled when !isFailure => Join($"{key} was cancelled.", post.Reason),
            _ => null,
        };
        if (problem is not null)
        {
            throw new CommandException(problem);
        }
    }

    /// <exception cref="CommandException">The post was already sent again.</exception>
    private async Task CheckRetryAsync(Post post, CancellationToken cancellationToken)
    {
        if (await operators.FindRetryAsync(post.Key, cancellationToken) is { } retry)
        {
            var key = PostKey.Shorten(retry);
            var state = retry.State.ToString().ToLowerInvariant();
            throw new CommandException(
                $"{PostKey.Shorten(post)} was already sent again as {key}, which is {state}. If that "
                    + $"failed: serge retry {key}."
            );
        }
    }

    /// <exception cref="CommandException">The content was withdrawn.</exception>
    private async Task CheckWithdrawalAsync(Post post, CancellationToken cancellationToken)
    {
        var withdrawals = await operators.GetWithdrawalsAsync(cancellationToken);
        if (post.Items.FirstOrDefault(withdrawals.ContainsKey) is { } item)
        {
            throw new CommandException(
                $"{PostKey.Shorten(post)} contains {item}, which is withdrawn. To restore it: serge "
                    + $"retract --undo {item}."
            );
        }
    }

    /// <exception cref="CommandException">It is about the events of a day that is over.</exception>
    private void CheckDate(Post post, PostTimes times)
    {
        var day = GetDay(post.Occurrence);
        var today = GetDay(clocks.Schedule.GetUtcNow());
        if (HasEvents(post) && day != today)
        {
            var key = PostKey.Shorten(post);
            var date = day.ToString("d MMMM", CultureInfo.InvariantCulture);
            throw new CommandException(
                $"{key} contains the events of {date}, and that day is over. To send it anyway: serge retry {key} "
                    + "--ignore-date."
            );
        }

        DateOnly GetDay(DateTimeOffset at) => DateOnly.FromDateTime(times.ToLocal(post, at).DateTime);
    }

    /// <summary>Until when the new post may be sent. The events of a day are not sent on the next one.</summary>
    private DateTimeOffset GetDeadline(Post post, PostTimes times, DateTimeOffset now, RetryOptions options)
    {
        var gracePeriod = times.FindSchedule(post)?.GracePeriod ?? DefaultGracePeriod;
        var deadline = now + gracePeriod;
        if (options.IgnoreDate || !HasEvents(post))
        {
            return deadline;
        }

        var midnight = times.GetEndOfDay(post, now);
        return deadline < midnight ? deadline : midnight;
    }

    private bool HasEvents(Post post) => post.Items.Any(item => catalogue.Unfiltered.FindEvent(item) is not null);

    /// <summary>Looks up an unknown post.</summary>
    /// <returns>A message when it is already published; <see langword="null"/> when it may be sent again.</returns>
    /// <exception cref="CommandException">The lookup was inconclusive, or the running bot looks it up.</exception>
    private async Task<string?> ResolveAsync(Post post, RetryOptions options, CancellationToken cancellationToken)
    {
        var key = PostKey.Shorten(post);
        var delivery = settings.Delivery;
        var worker = IdempotencyKey.Create(random);
        var claimed = Transitions.ClaimLookup(post, worker, clocks.System.GetUtcNow(), delivery);
        if (!await ledger.TryUpdateAsync(post, claimed, cancellationToken))
        {
            throw new CommandException($"The running bot is looking up {key}. Try again in a few minutes.");
        }

        var lookup = await LookUpAsync(claimed, cancellationToken);
        var after = Resolve(post, claimed, lookup, options);
        if (!await ledger.TryUpdateAsync(claimed, after, CancellationToken.None))
        {
            throw new CommandException(
                $"The lookup took too long, and the running bot has taken over {key}. Try again."
            );
        }

        if (after.State == PostState.Missed)
        {
            return null;
        }

        switch (lookup.Result)
        {
            case LookupResult.Found found:
                return Join($"{key} was already published.", found.Url, "Nothing was sent; it is recorded as sent.");
            case LookupResult.Inconclusive inconclusive:
                throw new CommandException(
                    $"It is unknown whether {key} was published: {SingleLine.EndSentence(inconclusive.Reason)} "
                        + $"Check {post.Destination} yourself. If it is not there: serge retry {key} --force."
                );
            default:
                throw new CommandException(
                    $"{key} is not there now, but the server may still publish it. The running bot looks it up again, "
                        + $"and sends it if no lookup finds it. To send it immediately: serge retry {key} --force."
                );
        }
    }

    /// <summary>The unknown post after a lookup: sent, missed (so that a new post replaces it), or still
    /// unknown.</summary>
    private Post Resolve(Post post, Post claimed, CompletedLookup lookup, RetryOptions options)
    {
        // The new post has a new key, so no platform recognizes it as the same post.
        var noKeys = MastodonServers.UnknownCapabilities;
        var after = Transitions.Apply(claimed, lookup, noKeys, settings.Delivery);
        if (after.State == PostState.Sent)
        {
            return after;
        }

        var isOld = Transitions.IsStuck(post, clocks.Schedule.GetUtcNow());
        var isNotFound = lookup is { Result: LookupResult.NotFound, IsPrompt: true };
        if (after.State == PostState.Planned || (isOld && isNotFound))
        {
            return Transitions.Abandon(claimed, "A lookup did not find it; an operator sent it again as a new post.");
        }

        if (options.Force)
        {
            const string Reason = "Unknown whether it was published; an operator sent it again as a new post.";
            return Transitions.Abandon(claimed, Reason);
        }

        return lookup.Result is LookupResult.NotFound ? after : post;
    }

    /// <summary>Joins sentences and links with spaces; without those that are <see langword="null"/>.</summary>
    private static string Join(params object?[] parts) => string.Join(' ', parts.Where(part => part is not null));

    private async Task<CompletedLookup> LookUpAsync(Post post, CancellationToken cancellationToken)
    {
        var start = clocks.System.GetUtcNow();
        LookupResult result = new LookupResult.Inconclusive("The platform is disabled: it has no credentials.");
        if (targets.Find(post.Destination) is { } target)
        {
            result = await target.FindPublishedAsync(post, cancellationToken);
        }

        return new CompletedLookup(result, start, clocks.System.GetUtcNow());
    }

    /// <param name="Force">Send it although it may have been published.</param>
    /// <param name="IgnoreDate">Send events on another day.</param>
    private sealed record RetryOptions(bool Force, bool IgnoreDate);
}
