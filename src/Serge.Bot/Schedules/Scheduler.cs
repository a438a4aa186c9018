using Microsoft.Extensions.Hosting;
using Serge.Bot.Delivery;
using Serge.Bot.Rendering;
using Serge.Bot.Settings;

namespace Serge.Bot.Schedules;

/// <summary>Turns occurrences that fall due into posts in the ledger.</summary>
internal sealed partial class Scheduler(
    BotSettings settings, ILedger ledger, LiveCatalogue catalogue, PostPlanner planner, Poster poster, InstanceLimits limits, Clocks clocks, Random random,
    ILogger<Scheduler> logger) : BackgroundService
{
    /// <summary>Cron counts in minutes, so a second is soon enough; and a calendar that jumps is noticed as soon.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private bool _ledgerFails;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var schedule in settings.Schedules)
        {
            foreach (var destination in schedule.To.Where(destination => !poster.Reaches(destination)))
            {
                LogOff(schedule.Name, destination);
            }
        }

        if (poster.Reaches(Destination.Mastodon))
        {
            await limits.Asked.WaitAsync(stoppingToken);
        }

        using PeriodicTimer timer = new(Pace, clocks.Wire);
        do
        {
            try
            {
                await PlanDueAsync(stoppingToken);
                _ledgerFails = false;
            }
            catch (LedgerException e)
            {
                if (!_ledgerFails)
                {
                    LogLedger(e.Message);
                }

                _ledgerFails = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Plans what has fallen due by now.</summary>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    internal async Task PlanDueAsync(CancellationToken cancellationToken)
    {
        if (settings.Schedules.Count == 0)
        {
            return;
        }

        var marks = await ledger.MarksAsync(cancellationToken);
        foreach (var schedule in settings.Schedules)
        {
            if (Occurrences.At(schedule, marks.GetValueOrDefault(schedule.Name), clocks.Calendar.GetUtcNow()) is not { } found)
            {
                continue;
            }

            List<Post> posts = [];
            foreach (var destination in schedule.To.Where(poster.Reaches))
            {
                posts.AddRange(found.Missed.Select(missed => MissedPost(schedule, missed, destination)));
                if (found.Due is { } due)
                {
                    posts.Add(await PostAsync(schedule, due, destination, cancellationToken));
                }
            }

            foreach (var post in await ledger.PlanAsync(schedule.Name, found.Mark, posts, cancellationToken))
            {
                if (post.State == PostState.Planned)
                {
                    LogPlanned(post.Schedule, post.Occurrence, post.Destination);
                }
                else
                {
                    LogNotPosted(post.Schedule, post.Occurrence, post.Destination, post.State, post.Reason);
                }
            }
        }
    }

    /// <summary>A post of this schedule as of this moment, chosen and rendered.</summary>
    internal async Task<Post> PostAsync(Schedule schedule, DateTimeOffset occurrence, Destination destination, CancellationToken cancellationToken)
    {
        var used = await ledger.UsedAsync(destination, cancellationToken);
        var content = planner.Plan(catalogue.Current, schedule, occurrence, destination, used);
        return New(schedule, occurrence, destination) with
        {
            State = content.Payload is null ? PostState.Cancelled : PostState.Planned,
            Items = content.Items,
            Payload = content.Payload,
            Reason = content.Reason,
        };
    }

    private Post MissedPost(Schedule schedule, DateTimeOffset occurrence, Destination destination) =>
        Transitions.Missed(New(schedule, occurrence, destination));

    private Post New(Schedule schedule, DateTimeOffset occurrence, Destination destination) => new()
    {
        Key = Keys.New(random),
        Schedule = schedule.Name,
        Occurrence = occurrence,
        Destination = destination,
        State = PostState.Planned,
        LateUntil = schedule.LateUntil(occurrence),
    };

    [LoggerMessage(LogLevel.Information, "{Schedule} of {Occurrence:yyyy-MM-dd HH:mm}Z to {Destination} is planned")]
    private partial void LogPlanned(string schedule, DateTimeOffset occurrence, Destination destination);

    [LoggerMessage(LogLevel.Information, "{Schedule} of {Occurrence:yyyy-MM-dd HH:mm}Z to {Destination} is not posted ({State}): {Reason}")]
    private partial void LogNotPosted(string schedule, DateTimeOffset occurrence, Destination destination, PostState state, string? reason);

    [LoggerMessage(LogLevel.Warning, "{Schedule} posts to {Destination}, but that platform is off: it has no credentials")]
    private partial void LogOff(string schedule, Destination destination);

    [LoggerMessage(LogLevel.Critical, "Nothing can be planned: {Problem}")]
    private partial void LogLedger(string problem);
}
