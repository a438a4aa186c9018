namespace Serge.Bot.Commands;

/// <summary><c>/today</c>: the day's quotation and events, the same for everybody in a place all its local day.</summary>
/// <remarks>Where a schedule posts a quotation that day, it is that one, word for word as it was or will be posted. Elsewhere it is the day's choice for the
/// server, or for the channel where there is no server.</remarks>
internal sealed class TodaySlashCommand(
    LiveCatalogue catalogue,
    IGuildStore places,
    ILedger ledger,
    GuildForecast forecast,
    ITimeZoneProvider zones,
    BotSettings settings,
    Clocks clocks
) : ISlashCommand
{
    private static readonly PostState[] Out = [PostState.Planned, PostState.Sending, PostState.Sent, PostState.Unknown];

    public CommandDefinition Definition { get; } = CommandText.Command("today");

    public async ValueTask<Reply> HandleAsync(
        Interaction.Command command,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        var day = DateOnly.FromDateTime(
            TimeZoneInfo.ConvertTime(clocks.Schedule.GetUtcNow(), zones.GetTimeZone(command)).DateTime
        );
        var today = catalogue.Current.On(day);
        var place = command.Guild is { } guild ? await places.FindAsync(guild, cancellationToken) : null;
        var quotation =
            (place is null ? null : await ScheduledAsync(place, day, today.Events.Count > 0, cancellationToken))
            ?? Chosen(command, day, words);

        var text = $"{words.Today(words.Weekday(day))}\n{quotation ?? words.NoQuotations}";
        text = Replies.Fits(text) || quotation is null ? text : quotation;
        var events = EventFormatter.OnThisDay(
            today.Events,
            Markup.Discord,
            words,
            shown => Replies.Fits(With(text, shown, words)),
            out _
        );
        return Replies.Public(events is null ? text : With(text, events, words));
    }

    private static string With(string text, string events, Strings words) =>
        $"{text}\n\n{EventFormatter.WithRemark(events, Markup.Discord, words)}";

    /// <summary>What the first schedule of the day that posts a quotation has posted, or will post; <see langword="null"/> when there is none.</summary>
    private async Task<string?> ScheduledAsync(
        GuildSettings place,
        DateOnly day,
        bool hasEvents,
        CancellationToken cancellationToken
    )
    {
        var quoting = place
            .Schedules.Where(schedule =>
                schedule.NextDue is not null
                && (
                    schedule.Content == ScheduleContent.Quote
                    || (schedule.Content == ScheduleContent.OnThisDayOrQuote && !hasEvents)
                )
            )
            .Select(schedule => (Schedule: schedule, Timing: place.ToSchedule(schedule, settings.TimeZone)))
            .Select(pair => (pair.Schedule, Occurrence: pair.Timing?.FindOccurrence(day)))
            .Where(pair => pair.Occurrence is not null)
            .OrderBy(pair => pair.Occurrence)
            .ThenBy(pair => pair.Schedule.Name, StringComparer.Ordinal);
        foreach (var (schedule, occurrence) in quoting)
        {
            var there = (
                await ledger.GetPostsAsync(
                    schedule.Destination,
                    occurrence!.Value,
                    occurrence.Value.AddMilliseconds(1),
                    cancellationToken
                )
            ).FirstOrDefault(post => post.Schedule == schedule.Id);
            if (there is { Payload: { } payload } && Out.Contains(there.State))
            {
                return payload.Text;
            }

            var now = clocks.Schedule.GetUtcNow();
            if (
                there is null
                && occurrence > now
                && (
                    await forecast.PlayAsync(place, [schedule], occurrence.Value - now, cancellationToken)
                ).FirstOrDefault(foreseen => foreseen.Occurrence == occurrence)
                    is { Content.Payload: { } coming }
            )
            {
                return coming.Text;
            }
        }

        return null;
    }

    private string? Chosen(Interaction.Command command, DateOnly day, Strings words)
    {
        var who = command.Guild is { } guild ? $"guild:{guild}" : $"discord:{command.Channel}";
        return QuoteChooser.ChooseForDay(catalogue.Current.Quotes, who, day) is { } quote
            ? QuoteFormatter.GetVariants(quote, Markup.Discord, words).FirstOrDefault(Replies.Fits)
            : null;
    }
}
