using System.Globalization;
using Serge.Bot.Delivery;
using Serge.Bot.Playground.World;

namespace Serge.Bot.Playground.Api;

/// <summary>The calendar, the troubles and the worker: what the person at the page does to the bot.</summary>
internal sealed class LeverApi(PlaygroundParts playground)
{
    /// <summary>Turns the calendar.</summary>
    public async Task<Answer> TurnCalendarAsync(CalendarRequest request, CancellationToken cancellationToken)
    {
        var (calendar, settings) = (playground.Calendar, playground.Settings);
        var now = calendar.GetUtcNow();
        var today = Travel.DayOf(now, settings.TimeZone);
        if (request.Step == CalendarStep.Today)
        {
            calendar.Reset();
        }
        else
        {
            DateOnly? day = request.Step switch
            {
                CalendarStep.NextDay => today.AddDays(1),
                CalendarStep.PreviousDay => today.AddDays(-1),
                _ => request.Date,
            };
            if (request.Step == CalendarStep.NextPost && Travel.ToNextPost(now, settings.Schedules) is { } here && here <= now)
            {
                // Whoever presses twice in a second wants two posts: the one that is about to be due falls due now.
                now = here + Travel.Lead;
                calendar.MoveTo(now);
                await playground.Seat.LookAtCalendarAsync(cancellationToken);
            }

            var bounds = CalendarView.Of(playground.Clocks, calendar, settings);
            var target = request.Step == CalendarStep.NextPost ? Travel.ToNextPost(now, settings.Schedules)
                : day is { } wanted ? Travel.ToDay(wanted, settings.TimeZone, settings.Schedules)
                : null;
            if (target is not { } moment)
            {
                return new Answer(Problem: "Name a date (yyyy-MM-dd) or a step: next-post, next-day, previous-day, today.");
            }

            if (Travel.DayOf(moment, settings.TimeZone) < bounds.Earliest || Travel.DayOf(moment, settings.TimeZone) > bounds.Latest)
            {
                return new Answer(Problem: string.Create(CultureInfo.InvariantCulture, $"The calendar goes from {bounds.Earliest:yyyy-MM-dd} to {bounds.Latest:yyyy-MM-dd}."));
            }

            calendar.MoveTo(moment);
        }

        var shown = TimeZoneInfo.ConvertTime(calendar.GetUtcNow(), settings.TimeZone);
        playground.Diary.Write(DiarySource.You, DiaryWeight.Plain, string.Create(CultureInfo.InvariantCulture, $"The calendar shows {shown:d MMMM yyyy, HH:mm:ss}."));
        await playground.Seat.LookAtCalendarAsync(cancellationToken);
        await SayWhatIsOutAsync(cancellationToken);
        return Answer.Done;
    }

    /// <summary>Says so when the posts that are about to fall due went out on an earlier visit to this day: nothing will arrive.</summary>
    private async Task SayWhatIsOutAsync(CancellationToken cancellationToken)
    {
        var (now, settings) = (playground.Calendar.GetUtcNow(), playground.Settings);
        var soon = settings.Schedules.Min(schedule => schedule.NextAfter(now));
        if (soon is not { } due || due > now + Travel.Lead)
        {
            return;
        }

        var posts = await playground.Ledger.RecentAsync(Board.LedgerRows, cancellationToken);
        if (posts.Any(post => post.Occurrence == due && post.State == PostState.Sent))
        {
            playground.Diary.Write(DiarySource.You, DiaryWeight.Plain, string.Create(CultureInfo.InvariantCulture,
                $"What falls due at {TimeZoneInfo.ConvertTime(due, settings.TimeZone):HH:mm} is out already, and no post goes out twice."));
        }
    }

    /// <summary>Makes trouble.</summary>
    public Task<Answer> MakeTroubleAsync(TroubleRequest request, CancellationToken cancellationToken)
    {
        if (request.Kind is not { } kind)
        {
            return Task.FromResult(new Answer(Problem: "Name a kind of trouble."));
        }

        playground.Diary.Write(DiarySource.You, DiaryWeight.Plain, Sentence(kind, request.Side));
        var added = playground.Troubles.Make(kind, request.Side);
        if (kind == TroubleKind.KillInPost)
        {
            foreach (var fault in added)
            {
                playground.Seat.KillWhen(fault);
            }
        }

        return Task.FromResult(Answer.Done);
    }

    /// <summary>Starts or kills the worker.</summary>
    public async Task<Answer> TouchWorkerAsync(WorkerRequest request, CancellationToken cancellationToken)
    {
        switch (request.Action)
        {
            case WorkerAction.Kill:
                await playground.Seat.KillAsync("The bot was killed.");
                return Answer.Done;
            case WorkerAction.Start:
                try
                {
                    await playground.Seat.StartAsync(cancellationToken);
                    return Answer.Done;
                }
                catch (CatalogueException e)
                {
                    // The files were edited meanwhile.
                    return new Answer(Problem: $"The bot does not start, for the quote files are wrong: {e.Message}");
                }

            default:
                return new Answer(Problem: "Name an action: start or kill.");
        }
    }

    private static string Sentence(TroubleKind kind, TroubleSide side)
    {
        var posts = side switch
        {
            TroubleSide.Discord => "the next post to Discord",
            TroubleSide.Mastodon => "the next post to Mastodon",
            _ => "the next post on both sides",
        };
        return kind switch
        {
            TroubleKind.DropConnection => "The connection is cut.",
            TroubleKind.ExpireSession => "The connection is cut and its session forgotten.",
            TroubleKind.LateAnswer => "The answer to the next command will come too late.",
            TroubleKind.RateLimit => $"Prepared: 429 for {posts}.",
            TroubleKind.Unavailable => $"Prepared: 503 for {posts}.",
            TroubleKind.LoseRequest => $"Prepared: {posts} gets lost on the way.",
            TroubleKind.LoseAnswer => $"Prepared: {posts} arrives, but its answer does not.",
            TroubleKind.SlowAnswer => $"Prepared: {posts} is answered too late.",
            TroubleKind.KillInPost => $"Prepared: the bot dies in the middle of the next post to {(side == TroubleSide.Mastodon ? "Mastodon" : "Discord")}.",
            TroubleKind.RevokeToken => "The Mastodon token is worthless now.",
            _ => "Whatever was prepared is called off, and the token is good.",
        };
    }
}
