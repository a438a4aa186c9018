namespace Serge.Bot.Playground.Api;

/// <summary>Sets the schedule clock.</summary>
internal sealed class CalendarApi(PlaygroundContext playground) : IDisposable
{
    /// <summary>The timeout for due posts before the clock is set. The worker usually takes them within a second; later
    /// on a busy machine, after a kill, or after a post with a slow response.</summary>
    private static readonly TimeSpan DuePostsTimeout = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _semaphore = new(1, 1);

    /// <inheritdoc/>
    public void Dispose() => _semaphore.Dispose();

    /// <summary>Runs an action while no request sets the clock.</summary>
    public async Task RunAloneAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);
        try
        {
            await action();
        }
        finally
        {
            _semaphore.Release();
        }
    }

    /// <summary>Sets the clock to the time of a post, and waits until it is sent.</summary>
    public async Task SendDueAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        playground.ScheduleClock.MoveTo(due);
        await playground.Worker.PlanDueAsync(cancellationToken);
        await WaitForPostsAsync(post => post.IsOpen() && post.Occurrence <= due, cancellationToken);
    }

    /// <summary>Sets the clock, one request after the other. No due post is missed.</summary>
    public async Task<ApiResponse> SetAsync(CalendarRequest request, CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);
        try
        {
            var now = await FinishDuePostsAsync(cancellationToken);
            return await SetAsync(request, now, cancellationToken);
        }
        finally
        {
            _semaphore.Release();
        }
    }

    /// <summary>Makes the worker plan and take everything that is due; a jump of a day would make it miss
    /// them.</summary>
    /// <returns>The time up to which everything is planned.</returns>
    private async Task<DateTimeOffset> FinishDuePostsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var planned = playground.ScheduleClock.GetUtcNow();
            await PlanAndWaitAsync(cancellationToken);
            var schedules = await playground.GetSchedulesAsync(cancellationToken);
            var now = playground.ScheduleClock.GetUtcNow();
            var isMoreDue = schedules.Any(schedule => schedule.GetNextOccurrence(planned) <= now);
            if (!isMoreDue)
            {
                return now;
            }
        }
    }

    private async Task PlanAndWaitAsync(CancellationToken cancellationToken)
    {
        await playground.Worker.PlanDueAsync(cancellationToken);
        await WaitForPostsAsync(IsDue, cancellationToken);
    }

    private async Task<ApiResponse> SetAsync(
        CalendarRequest request,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var clock = playground.ScheduleClock;
        var day = GetRequestedDay(request, now);
        DateOnly date;
        if (request.Step == CalendarStep.Today)
        {
            clock.Reset();
            date = GetDay(clock.GetUtcNow());
            await PlanFromNowAsync(cancellationToken);
        }
        else
        {
            var time = await FindTimeAsync(request.Step, day, now, cancellationToken);
            if (time is null)
            {
                const string steps = "next-post, next-post-on-both, next-day, previous-day, today";
                return new ApiResponse(Problem: $"Set a date (yyyy-MM-dd) or a step: {steps}.");
            }

            // Just before a post at midnight it is still the day before.
            date = day ?? GetDay(time.Value);
            if (CheckBounds(date) is { } error)
            {
                return error;
            }

            // A post that became due before the worker has planned it would never be sent.
            await clock.RunAtAsync(time.Value, () => PlanFromNowAsync(cancellationToken));
        }

        playground.Changes.Set();
        return new ApiResponse("done", Date: date);
    }

    /// <summary>Makes the worker plan from the time to which the clock was set.</summary>
    private async Task PlanFromNowAsync(CancellationToken cancellationToken)
    {
        var now = playground.ScheduleClock.GetUtcNow();
        var local = TimeZoneInfo.ConvertTime(now, playground.Settings.TimeZone);
        Log(string.Create(CultureInfo.InvariantCulture, $"Schedule clock set to {local:d MMMM yyyy, HH:mm:ss}."));
        // Planned even if the request is aborted, for example because the page is reloaded.
        await playground.Worker.PlanDueAsync(CancellationToken.None);
        await LogAlreadySentAsync(cancellationToken);
    }

    private DateOnly GetDay(DateTimeOffset time) => ClockJumps.GetDay(time, playground.Settings.TimeZone);

    /// <summary>Returns the day of a request; <see langword="null"/> if it names none.</summary>
    private DateOnly? GetRequestedDay(CalendarRequest request, DateTimeOffset now)
    {
        var today = GetDay(now);
        return request.Step switch
        {
            null => request.Date,
            CalendarStep.NextDay => today.AddDays(1),
            CalendarStep.PreviousDay => today.AddDays(-1),
            _ => null,
        };
    }

    /// <summary>Returns the time of a request; <see langword="null"/> if it sets none.</summary>
    private async Task<DateTimeOffset?> FindTimeAsync(
        CalendarStep? step,
        DateOnly? day,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        switch (step)
        {
            case CalendarStep.NextPost:
                return await FindNextPostAsync(now, cancellationToken);
            case CalendarStep.NextPostOnBoth:
                return await GetTimeBeforeNextPostOnBothAsync(now, cancellationToken);
        }

        if (day is null)
        {
            return null;
        }

        var schedules = await playground.GetSchedulesAsync(cancellationToken);
        return ClockJumps.GetTimeOnDay(day.Value, playground.Settings.TimeZone, schedules);
    }

    private async Task<DateTimeOffset?> FindNextPostAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var next = await GetTimeBeforeNextPostAsync(now, cancellationToken);
        if (next is null || next > now)
        {
            return next;
        }

        // Two requests within a second mean two posts: the post that is almost due is sent now.
        var due = next.Value + ClockJumps.LeadTime;
        playground.ScheduleClock.MoveTo(due);
        await PlanAndWaitAsync(cancellationToken);
        return await GetTimeBeforeNextPostAsync(due, cancellationToken);
    }

    /// <summary>Returns the time just before the next occurrence with a post that was not sent yet;
    /// <see langword="null"/> if there is none. After a jump back the posts of the next occurrences may have been
    /// sent.</summary>
    private async Task<DateTimeOffset?> GetTimeBeforeNextPostAsync(
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var schedules = await playground.GetSchedulesAsync(cancellationToken);
        var handled = await GetHandledAsync(cancellationToken);
        return ClockJumps.GetTimeBeforeNextPost(now, schedules, HasPost);

        bool HasPost(Schedule schedule, DateTimeOffset occurrence) =>
            occurrence != schedule.Skip
            && schedule.To.Any(destination => !handled.Contains((schedule.Id, occurrence, destination)));
    }

    /// <summary>Returns the time just before the next occurrence that posts to both platforms; <see langword="null"/>
    /// if there is none.</summary>
    private async Task<DateTimeOffset?> GetTimeBeforeNextPostOnBothAsync(
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var schedules = playground.Settings.Schedules.Where(ClockJumps.AlwaysPostsToBoth);
        var handled = await GetHandledAsync(cancellationToken);
        return ClockJumps.GetTimeBeforeNextPost(now, schedules, HasAllPosts);

        bool HasAllPosts(Schedule schedule, DateTimeOffset occurrence) =>
            schedule.To.All(destination => !handled.Contains((schedule.Id, occurrence, destination)));
    }

    private async Task<HashSet<(ScheduleId, DateTimeOffset, Destination)>> GetHandledAsync(
        CancellationToken cancellationToken
    )
    {
        var posts = await GetPostsAsync(cancellationToken);
        var handled = posts.Where(IsHandled);
        return [.. handled.Select(post => (post.Schedule, post.Occurrence, post.Destination))];
    }

    /// <summary>Whether the ledger prevents another post for this occurrence.</summary>
    private static bool IsHandled(Post post) =>
        post is not { State: PostState.Planned } and not { State: PostState.Missed, Attempts: 0 };

    private ApiResponse? CheckBounds(DateOnly day)
    {
        var bounds = CalendarView.Create(playground);
        if (day >= bounds.Earliest && day <= bounds.Latest)
        {
            return null;
        }

        var range = string.Create(
            CultureInfo.InvariantCulture,
            $"{bounds.Earliest:yyyy-MM-dd} to {bounds.Latest:yyyy-MM-dd}"
        );
        return new ApiResponse(Problem: $"The date must be in the range {range}.");
    }

    private bool IsDue(Post post) =>
        post is { State: PostState.Planned, Attempts: 0 } && post.Occurrence <= playground.ScheduleClock.GetUtcNow();

    /// <summary>Waits until a running worker has left no such post, up to the timeout.</summary>
    private async Task WaitForPostsAsync(Func<Post, bool> isPending, CancellationToken cancellationToken)
    {
        var clock = playground.Clocks.System;
        var start = clock.GetTimestamp();
        while (playground.Worker.Services is not null && clock.GetElapsedTime(start) < DuePostsTimeout)
        {
            var posts = await GetPostsAsync(cancellationToken);
            if (!posts.Any(isPending))
            {
                return;
            }

            await Task.Delay(PollInterval, clock, cancellationToken);
        }
    }

    /// <summary>Logs that the next posts were already sent during an earlier visit to the day, so none is
    /// sent.</summary>
    private async Task LogAlreadySentAsync(CancellationToken cancellationToken)
    {
        var schedules = await playground.GetSchedulesAsync(cancellationToken);
        var now = playground.ScheduleClock.GetUtcNow();
        var next = schedules.Min(schedule => schedule.GetNextOccurrence(now));
        if (next is not { } due || due > now + ClockJumps.LeadTime)
        {
            return;
        }

        var posts = await GetPostsAsync(cancellationToken);
        if (posts.Any(post => post.Occurrence == due && post.State == PostState.Sent))
        {
            var local = TimeZoneInfo.ConvertTime(due, playground.Settings.TimeZone);
            Log(string.Create(CultureInfo.InvariantCulture, $"The posts due at {local:HH:mm} were already sent."));
        }
    }

    private Task<IReadOnlyList<Post>> GetPostsAsync(CancellationToken cancellationToken) =>
        playground.Ledger.GetRecentAsync(StateBroadcaster.LedgerRows, cancellationToken);

    private void Log(string text) => playground.EventLog.Write(EventLogSource.You, EventLogLevel.Information, text);
}
