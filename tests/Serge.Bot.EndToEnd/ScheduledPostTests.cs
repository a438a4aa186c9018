using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.EndToEnd;

/// <summary>Scheduled posts on both platforms.</summary>
public sealed class ScheduledPostTests
{
    [Fact]
    public async Task TheFirstOfFebruary_IsPostedOnBothSidesAtItsHour()
    {
        await using var stage = await Stage.OpenAsync();
        var clock = new ManualClock(Stage.At("2027-02-01 10:59"));
        await using var worker = await stage.StartWorkerAsync(
            clock,
            stage.Schedule("day", "0 12 * * *", "on-this-day")
        );
        using var watch = stage.World.Watch();

        clock.MoveTo(Stage.At("2027-02-01 11:00")); // noon in Brussels
        await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count > 0 && stage.Statuses.Count > 0);

        Assert.StartsWith(
            "On this day, 1 February 1933: ",
            Assert.Single(stage.ChannelPosts),
            StringComparison.Ordinal
        );
        Assert.StartsWith("On this day, 1 February 1933: ", Assert.Single(stage.Statuses), StringComparison.Ordinal);
        Assert.EndsWith("#VictorSerge #OnThisDay", Assert.Single(stage.Statuses), StringComparison.Ordinal);
        var status = Assert.Single(stage.Mastodon.Statuses);
        Assert.Equal(("en", "unlisted"), (status.Language, status.Visibility));
    }

    [Fact]
    public async Task WhatThePlanShows_IsWhatGoesOut()
    {
        await using var stage = await Stage.OpenAsync();
        var clock = new ManualClock(Stage.At("2027-02-01 00:00"));
        (string, string?)[] schedules =
        [
            .. stage.Schedule("morning", "0 9 * * *", "quote"),
            .. stage.Schedule("noon", "0 12 * * *", "on-this-day-or-quote"),
        ];
        await using var worker = await stage.StartWorkerAsync(clock, schedules);
        using var watch = stage.World.Watch();
        var plan = await worker
            .Services.GetRequiredService<PlanBuilder>()
            .BuildAsync(TimeSpan.FromDays(8), stage.CancellationToken);

        // Hour by hour through the week: one occurrence at a time, as in production.
        foreach (var at in plan.Select(planned => planned.Local).Distinct())
        {
            var due = plan.Count(planned => planned.Local <= at && planned.Text is not null);
            clock.MoveTo(at);
            await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count + stage.Statuses.Count >= due);
        }

        Assert.Equal(
            plan.Where(planned => planned.Destination == "mastodon").Select(planned => planned.Text),
            stage.Statuses
        );
        Assert.Equal(
            plan.Where(planned => planned.Destination != "mastodon").Select(planned => planned.Text),
            stage.ChannelPosts
        );
        Assert.Equal(32, plan.Count);
    }

    [Fact]
    public async Task AnOutageOfAWeek_EndsInOnePostAndNotInABurst()
    {
        await using var stage = await Stage.OpenAsync();
        var clock = new ManualClock(Stage.At("2027-02-01 00:00"));
        var schedule = stage.Schedule("morning", "0 9 * * *", "quote");
        await using var worker = await stage.StartWorkerAsync(clock, schedule);
        await worker.Services.GetRequiredService<Scheduler>().PlanDueAsync(stage.CancellationToken);
        using var watch = stage.World.Watch();

        clock.MoveTo(Stage.At("2027-02-08 09:00")); // ten in Brussels, a week later
        await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count > 0 && stage.Statuses.Count > 0);
        await worker.StopAsync(stage.CancellationToken);

        Assert.Single(stage.ChannelPosts);
        Assert.Single(stage.Statuses);
        Assert.Equal(
            7 * 2,
            (await stage.LedgerAsync()).Count(line => line.EndsWith("Missed", StringComparison.Ordinal))
        );
    }
}
