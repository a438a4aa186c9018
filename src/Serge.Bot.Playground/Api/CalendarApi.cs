using System.Globalization;
using Serge.Bot.Playground.World;

namespace Serge.Bot.Playground.Api;

/// <summary>Turns the calendar.</summary>
internal sealed class CalendarApi(PlaygroundParts playground) : IDisposable
{
    /// <summary>How long a turn of the calendar waits for the posts that are due, which the worker takes up within a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>Turns the calendar, one turn after the other, and lets no post that is due be missed over it.</summary>
    public async Task<Answer> TurnAsync(CalendarRequest request, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var (calendar, schedules) = (playground.Calendar, playground.Settings.Schedules);
            DateTimeOffset looked;
            DateTimeOffset now;
            do
            {
                // A busy worker may not have planned yet what fell due a moment ago; over a jump of a day it would be missed. The same
                // goes for what falls due while this waits.
                looked = calendar.GetUtcNow();
                await playground.Seat.LookAtCalendarAsync(cancellationToken);
                await LetItPostAsync(cancellationToken);
                now = calendar.GetUtcNow();
            } while (schedules.Any(schedule => schedule.GetNextOccurrence(looked) <= now));

            return await MoveAsync(request, now, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <param name="request">Where to.</param>
    /// <param name="now">The moment up to which the worker has planned what is due.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<Answer> MoveAsync(
        CalendarRequest request,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (calendar, settings) = (playground.Calendar, playground.Settings);
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
            if (
                request.Step == CalendarStep.NextPost
                && Travel.ToNextPost(now, settings.Schedules) is { } here
                && here <= now
            )
            {
                // Whoever presses twice in a second wants two posts: the one that is about to be due falls due now.
                now = here + Travel.Lead;
                calendar.MoveTo(now);
                await playground.Seat.LookAtCalendarAsync(cancellationToken);
                await LetItPostAsync(cancellationToken);
            }

            var bounds = CalendarView.Of(playground.Clocks, calendar, settings);
            var target =
                request.Step == CalendarStep.NextPost ? Travel.ToNextPost(now, settings.Schedules)
                : day is { } wanted ? Travel.ToDay(wanted, settings.TimeZone, settings.Schedules)
                : null;
            if (target is not { } moment)
            {
                return new Answer(
                    Problem: "Name a date (yyyy-MM-dd) or a step: next-post, next-day, previous-day, today."
                );
            }

            if (
                Travel.DayOf(moment, settings.TimeZone) < bounds.Earliest
                || Travel.DayOf(moment, settings.TimeZone) > bounds.Latest
            )
            {
                return new Answer(
                    Problem: string.Create(
                        CultureInfo.InvariantCulture,
                        $"The calendar goes from {bounds.Earliest:yyyy-MM-dd} to {bounds.Latest:yyyy-MM-dd}."
                    )
                );
            }

            calendar.MoveTo(moment);
        }

        var shown = TimeZoneInfo.ConvertTime(calendar.GetUtcNow(), settings.TimeZone);
        playground.Diary.Write(
            DiarySource.You,
            DiaryWeight.Plain,
            string.Create(CultureInfo.InvariantCulture, $"The calendar shows {shown:d MMMM yyyy, HH:mm:ss}.")
        );
        await playground.Seat.LookAtCalendarAsync(cancellationToken);
        await SayWhatIsOutAsync(cancellationToken);
        return Answer.Done;
    }

    /// <summary>Waits until the worker, if there is one, has taken up what is due.</summary>
    private async Task LetItPostAsync(CancellationToken cancellationToken)
    {
        var (wire, begun) = (playground.Clocks.System, playground.Clocks.System.GetTimestamp());
        while (playground.Seat.Services is not null && wire.GetElapsedTime(begun) < Patience)
        {
            var now = playground.Calendar.GetUtcNow();
            var posts = await playground.Ledger.GetRecentAsync(Board.LedgerRows, cancellationToken);
            if (!posts.Any(post => post is { State: PostState.Planned, Attempts: 0 } && post.Occurrence <= now))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), wire, cancellationToken);
        }
    }

    /// <summary>Says so when the posts that are about to fall due went out on an earlier visit to this day: nothing will arrive.</summary>
    private async Task SayWhatIsOutAsync(CancellationToken cancellationToken)
    {
        var (now, settings) = (playground.Calendar.GetUtcNow(), playground.Settings);
        var soon = settings.Schedules.Min(schedule => schedule.GetNextOccurrence(now));
        if (soon is not { } due || due > now + Travel.Lead)
        {
            return;
        }

        var posts = await playground.Ledger.GetRecentAsync(Board.LedgerRows, cancellationToken);
        if (posts.Any(post => post.Occurrence == due && post.State == PostState.Sent))
        {
            playground.Diary.Write(
                DiarySource.You,
                DiaryWeight.Plain,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"What falls due at {TimeZoneInfo.ConvertTime(due, settings.TimeZone):HH:mm} is out already, and no post goes out twice."
                )
            );
        }
    }
}
