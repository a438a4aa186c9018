using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary><c>serge retry ID</c>: sends a failed post again, as a new post that names the old one.</summary>
internal static class RetryCommand
{
    private static readonly TimeSpan StandardLateBy = TimeSpan.FromHours(6);

    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("ID")
        {
            Description = "The id of the failed post, or its first letters, as serge deliveries shows them.",
        };
        var maybeThere = new Option<bool>("--even-if-it-may-be-there")
        {
            Description = "Send it although nobody can tell whether it is there already. Look there yourself first.",
        };
        var otherDay = new Option<bool>("--on-another-day")
        {
            Description = "Send “on this day” although that day is over.",
        };
        var command = new Command("retry", "Send a failed post again, with the same text. The running bot posts it.")
        {
            id,
            maybeThere,
            otherDay,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                await using var host = await context.BuildWorkerAsync(result, cancellationToken);
                var retry = new Retry(
                    host.Services,
                    context.Clocks,
                    await PostTimes.ReadAsync(host.Services, cancellationToken)
                );
                var (done, says) = await retry.RunAsync(
                    result.GetValue(id)!,
                    result.GetValue(maybeThere),
                    result.GetValue(otherDay),
                    cancellationToken
                );
                await context.Output.WriteLineAsync(says);
                return done ? 0 : 1;
            }
        );
        return command;
    }

    /// <summary>One second try.</summary>
    private sealed class Retry(IServiceProvider services, Clocks clocks, PostTimes times)
    {
        private readonly ILedger _ledger = services.GetRequiredService<ILedger>();
        private readonly IOperatorLedger _operators = services.GetRequiredService<IOperatorLedger>();

        public async Task<(bool Done, string Says)> RunAsync(
            string beginning,
            bool evenIfItMayBeThere,
            bool onAnotherDay,
            CancellationToken cancellationToken
        )
        {
            var post = await FindAsync(beginning, cancellationToken);
            await RefuseWhatMustNotBeSentAsync(post, onAnotherDay, cancellationToken);
            if (post.State == PostState.Unknown)
            {
                var (after, says) = await LookAsync(post, evenIfItMayBeThere, cancellationToken);
                if (after is null)
                {
                    return (true, says!);
                }

                post = after;
            }

            var lateBy = times.ScheduleOf(post)?.GracePeriod ?? StandardLateBy;
            var again = Transitions.CreateRetry(
                post,
                IdempotencyKey.New(services.GetRequiredService<Random>()),
                clocks.Schedule.GetUtcNow(),
                lateBy
            );
            if ((await _ledger.PlanAsync(post.Schedule, mark: null, [again], cancellationToken)).Count == 0)
            {
                throw new CommandException("Another post of this schedule was planned at the same moment. Try again.");
            }

            return (
                true,
                $"{DeliveriesCommand.ShortKey(again)} goes to {again.Destination} in place of {DeliveriesCommand.ShortKey(post)}: the running bot sends it now, or as soon as it runs.\n{again.Payload!.Text}"
            );
        }

        private async Task<Post> FindAsync(string beginning, CancellationToken cancellationToken)
        {
            var found = await _operators.FindByKeyAsync(beginning, limit: 5, cancellationToken);
            return found switch
            {
                [var post] => post,
                [] => throw new CommandException(
                    $"No post has an id that begins with {beginning}. serge deliveries --failed lists those that failed."
                ),
                _ => throw new CommandException(
                    $"Several posts have an id that begins with {beginning}: {string.Join(", ", found.Select(DeliveriesCommand.ShortKey))} … Give more letters of it; serge deliveries --json has them all."
                ),
            };
        }

        private async Task RefuseWhatMustNotBeSentAsync(
            Post post,
            bool onAnotherDay,
            CancellationToken cancellationToken
        )
        {
            var name = DeliveriesCommand.ShortKey(post);
            var refusal = post.State switch
            {
                PostState.Sent =>
                    $"{name} was sent{(post.Url is { } url ? $": {url}" : "")}. To say it once more, use serge post --now --schedule {post.Schedule}.",
                PostState.Planned => $"{name} is planned: the running bot sends it by itself. {post.Reason}",
                PostState.Sending => $"{name} is being sent at this moment. Look again in a few minutes.",
                PostState.Retracted => $"{name} was taken back. {post.Reason}",
                _ when post.Payload is null =>
                    $"{name} was never written. {post.Reason} To post what the schedule has to say now: serge post --now --schedule {post.Schedule}.",
                PostState.Cancelled when !Failures.IsFailure(post, clocks.Schedule.GetUtcNow()) =>
                    $"{name} was called off on purpose. {post.Reason}",
                _ => null,
            };
            if (refusal is not null)
            {
                throw new CommandException(refusal.TrimEnd());
            }

            if (await _operators.FindRetryAsync(post.Key, cancellationToken) is { } again)
            {
                throw new CommandException(
                    $"{name} was sent again as {DeliveriesCommand.ShortKey(again)}, which is {PostRows.Name(again.State)}. If that failed too: serge retry {DeliveriesCommand.ShortKey(again)}."
                );
            }

            var withdrawn = await _operators.GetWithdrawnAsync(cancellationToken);
            if (post.Items.FirstOrDefault(withdrawn.Contains) is { } item)
            {
                throw new CommandException(
                    $"{name} says {item}, which is withdrawn. To put it back: serge retract --undo {item}."
                );
            }

            if (
                !onAnotherDay
                && SaysThisDay(post)
                && Day(post, post.Occurrence) is var day
                && Day(post, clocks.Schedule.GetUtcNow()) != day
            )
            {
                throw new CommandException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name} says what happened on this day, and that day, {day:d MMMM}, is over. To post it all the same: serge retry {name} --on-another-day."
                    )
                );
            }
        }

        /// <summary>Looks for a post of unknown fate, and ends it where that is certain or wanted.</summary>
        /// <returns>The post that may be sent again; <see langword="null"/> and a word when there is no need.</returns>
        private async Task<(Post? After, string? Says)> LookAsync(
            Post post,
            bool evenIfItMayBeThere,
            CancellationToken cancellationToken
        )
        {
            // Claimed as the worker's looks are, so that it does not look and send at the same time.
            var name = DeliveriesCommand.ShortKey(post);
            var settings = services.GetRequiredService<DeliverySettings>();
            var claimed = post with
            {
                Owner = IdempotencyKey.New(services.GetRequiredService<Random>()),
                LeaseUntil = clocks.System.GetUtcNow() + settings.Lease,
            };
            if (!await _ledger.TryUpdateAsync(post, claimed, cancellationToken))
            {
                throw new CommandException(
                    $"The running bot is looking for {name} at this moment. Try again in a few minutes."
                );
            }

            var look = await services.GetRequiredService<Publisher>().FindPublishedAsync(claimed, cancellationToken);
            var after = look switch
            {
                LookupResult.Found => Transitions.Apply(claimed, look, clocks.System.GetUtcNow(), settings),
                LookupResult.NotFound => Transitions.Abandoned(
                    claimed,
                    "A look showed that it is not there; it is sent again as another post."
                ),
                LookupResult.Inconclusive when evenIfItMayBeThere => Transitions.Abandoned(
                    claimed,
                    "Nobody could tell whether it is there; a person had it sent again."
                ),
                _ => post,
            };
            if (!await _ledger.TryUpdateAsync(claimed, after, CancellationToken.None))
            {
                throw new CommandException(
                    $"The look took too long, and the running bot has {name} now. Try again in a few minutes."
                );
            }

            return look switch
            {
                LookupResult.Found found => (
                    null,
                    $"{name} is there already{(found.Url is { } url ? $": {url}" : ".")} Nothing was sent, and it counts as sent now."
                ),
                LookupResult.Inconclusive unclear when !evenIfItMayBeThere => throw new CommandException(
                    $"Nobody can tell whether {name} is there already: {unclear.Reason} Look at {post.Destination} yourself. If it is not there: serge retry {name} --even-if-it-may-be-there."
                ),
                _ => (after, null),
            };
        }

        private bool SaysThisDay(Post post)
        {
            var catalogue = services.GetRequiredService<LiveCatalogue>().Unfiltered;
            return post.Items.Any(item => catalogue.FindEvent(item) is not null);
        }

        private DateOnly Day(Post post, DateTimeOffset moment) =>
            DateOnly.FromDateTime(times.Local(post, moment).DateTime);
    }
}
