using System.Globalization;

namespace Serge.Bot.Posting.Scheduling;

/// <summary>Decides what a schedule posts to a destination. Used by the worker and by previews of it.</summary>
public sealed class PostPlanner(PublishTargets targets)
{
    /// <param name="catalogue">What can be posted.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="occurrence">When it is due.</param>
    /// <param name="destination">A destination whose platform is enabled.</param>
    /// <param name="history">The destination's other posts.</param>
    public PlannedContent Plan(
        QuoteCatalogue catalogue,
        Schedule schedule,
        DateTimeOffset occurrence,
        Destination destination,
        DestinationHistory history
    )
    {
        if (FindSkip(schedule, occurrence) is { } skipped)
        {
            return skipped;
        }

        var target = targets.Get(destination);
        var content = Choose(target, catalogue, schedule, occurrence, destination, history);
        if (content.Payload is not { } payload)
        {
            return content;
        }

        var limit = target.DailyLimit;
        if (history.CountPostsOnDay(schedule, occurrence) >= limit.Posts)
        {
            var day = schedule.GetLocalDate(occurrence);
            return PlannedContent.None(CancelCause.DailyLimit, DescribeLimit(destination, limit, day));
        }

        if (!schedule.Options.Picture)
        {
            payload = payload with { Picture = null };
        }

        return content with
        {
            Payload = target.Complete(payload, schedule, destination, occurrence, history),
        };
    }

    /// <summary>Finds out whether a missed occurrence had nothing to post: it was skipped, or its day has no event.
    /// Neither depends on the other posts of the destination.</summary>
    /// <returns>The reason; <see langword="null"/> if there was something to post.</returns>
    public PlannedContent? FindReasonForNothing(
        QuoteCatalogue catalogue,
        Schedule schedule,
        DateTimeOffset occurrence,
        Destination destination
    )
    {
        if (FindSkip(schedule, occurrence) is { } skipped)
        {
            return skipped;
        }

        if (schedule.Content != ScheduleContent.OnThisDay)
        {
            return null;
        }

        var day = schedule.GetLocalDate(occurrence);
        var events = ChooseEvents(targets.Get(destination), catalogue, schedule, day, destination);
        return events is { Payload: null } ? events : null;
    }

    private static PlannedContent? FindSkip(Schedule schedule, DateTimeOffset occurrence)
    {
        if (occurrence != schedule.Skip)
        {
            return null;
        }

        return PlannedContent.None(CancelCause.Skipped, "An admin of the server skipped this occurrence.");
    }

    private static PlannedContent Choose(
        IPublishTarget target,
        QuoteCatalogue catalogue,
        Schedule schedule,
        DateTimeOffset occurrence,
        Destination destination,
        DestinationHistory history
    )
    {
        var day = schedule.GetLocalDate(occurrence);
        return ChooseEvents(target, catalogue, schedule, day, destination)
            ?? ChooseQuote(target, catalogue, schedule, day, destination, history);
    }

    /// <returns><see langword="null"/> if the schedule posts a quotation.</returns>
    private static PlannedContent? ChooseEvents(
        IPublishTarget target,
        QuoteCatalogue catalogue,
        Schedule schedule,
        DateOnly day,
        Destination destination
    )
    {
        if (schedule.Content == ScheduleContent.Quote)
        {
            return null;
        }

        var content = catalogue.GetDayContent(day);
        if (target.Render(content, destination) is { } rendered)
        {
            return new PlannedContent(rendered.Items, rendered.Payload);
        }

        if (schedule.Content == ScheduleContent.OnThisDayOrQuote)
        {
            return null;
        }

        var date = day.ToString("d MMMM", CultureInfo.InvariantCulture);
        return PlannedContent.None(CancelCause.NoContent, $"No event is dated {date}.");
    }

    private static PlannedContent ChooseQuote(
        IPublishTarget target,
        QuoteCatalogue catalogue,
        Schedule schedule,
        DateOnly day,
        Destination destination,
        DestinationHistory history
    )
    {
        if (catalogue.Quotes.Count == 0)
        {
            const string Reason = "There is no quotation: all were withdrawn (serge retract).";
            return PlannedContent.None(CancelCause.NoContent, Reason);
        }

        var pool = target.GetPool(catalogue, destination);
        var name = schedule.Id.ToString();
        var chosen = QuoteChooser.Choose(pool, history.Used, destination.ToString(), name, day);
        if (chosen is null)
        {
            const string Reason = "No quotation is short enough for this destination.";
            return PlannedContent.None(CancelCause.NoContent, Reason);
        }

        return new PlannedContent([chosen.Id], target.Render(chosen, destination));
    }

    private static string DescribeLimit(Destination destination, DailyLimit limit, DateOnly day)
    {
        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var posts = limit.Posts == 1 ? "1 post" : string.Create(CultureInfo.InvariantCulture, $"{limit.Posts} posts");
        return $"Daily limit reached: {destination} already has {posts} on {date}. "
            + $"Reduce the schedules, or change {limit.Setting}.";
    }
}
