namespace Serge.Bot.Commands;

/// <summary><c>/today</c>: the quotation and the events of the day, the same for everybody in a server on its local
/// day.</summary>
/// <remarks>If a schedule posts a quotation that day, <c>/today</c> shows the same one, in the member's language.
/// Otherwise it is the quotation of the day for the server, or for the channel where there is no server.</remarks>
internal sealed class TodaySlashCommand(
    LiveCatalogue catalogue,
    IGuildStore guilds,
    ILedger ledger,
    GuildForecast forecast,
    ITimeZoneProvider zones,
    BotSettings settings,
    Clocks clocks
) : ISlashCommand
{
    /// <summary>The answer has its own quotation.</summary>
    private static readonly IReadOnlyDictionary<string, Quote> NoQuotes = new Dictionary<string, Quote>(
        StringComparer.Ordinal
    );

    public CommandDefinition Definition { get; } = CommandText.CreateCommand("today");

    public async ValueTask<Reply> HandleAsync(
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var day = LocalDay.GetToday(clocks, zones.GetTimeZone(command));
        var current = catalogue.Current;
        var hasPostedEvents = current.GetDayContent(day).Events.Count > 0;
        var scheduled = await FindScheduledAsync(command.Guild, day, hasPostedEvents, cancellationToken);
        string? quotation;
        if (scheduled is null)
        {
            var chosen = ChooseQuote(command, day);
            quotation = Format(chosen, strings);
        }
        else
        {
            quotation = Format(scheduled, strings);
        }

        var text = AddHeading(quotation, day, strings);
        var complete = AddEvents(text, current.GetOnThisDay(day).Events, day, strings);
        return Replies.Public(complete.FirstOrDefault(DiscordMessage.Fits) ?? text);
    }

    /// <summary>The text with the events of the day, from the longest to the shortest.</summary>
    private static IEnumerable<string> AddEvents(
        string text,
        IReadOnlyList<Event> events,
        DateOnly day,
        Strings strings
    )
    {
        DayFormatter formatter = new(Markup.Discord, strings);
        DayContent content = new(day, events, NoQuotes);
        foreach (var variant in formatter.GetVariants(content))
        {
            var formatted = EventFormatter.AddLanguageNote(variant.Text, Markup.Discord, strings);
            yield return $"{text}\n\n{formatted}";
        }
    }

    private static string AddHeading(string? quotation, DateOnly day, Strings strings)
    {
        var heading = strings.Today(strings.Weekday(day));
        if (quotation is null)
        {
            return $"{heading}\n{strings.NoQuotations}";
        }

        var text = $"{heading}\n{quotation}";
        if (DiscordMessage.Fits(text))
        {
            return text;
        }

        return quotation;
    }

    /// <summary>A post in the member's language; one whose quotation is no longer in the files, as it was
    /// posted.</summary>
    private string? Format(PlannedContent post, Strings strings)
    {
        if (post.Items is [var id] && catalogue.Current.FindQuote(id) is { } quote)
        {
            return Format(quote, strings);
        }

        return post.Payload?.Text;
    }

    private static string? Format(Quote? quote, Strings strings)
    {
        if (quote is null)
        {
            return null;
        }

        return QuoteFormatter.GetVariants(quote, Markup.Discord, strings).FirstOrDefault(DiscordMessage.Fits);
    }

    /// <summary>The first post of the day with a quotation; <see langword="null"/> if there is none.</summary>
    private async Task<PlannedContent?> FindScheduledAsync(
        GuildId? guildId,
        DateOnly day,
        bool hasEvents,
        CancellationToken cancellationToken
    )
    {
        if (guildId is null || await guilds.FindAsync(guildId.Value, cancellationToken) is not { } guild)
        {
            return null;
        }

        foreach (var (schedule, occurrence) in FindOccurrences(guild, day, hasEvents))
        {
            var post = await FindPostAsync(schedule, occurrence, cancellationToken);
            var content = post is null
                ? await ForecastAsync(guild, schedule, occurrence, cancellationToken)
                : GetContent(post);
            if (content?.Payload is not null)
            {
                return content;
            }
        }

        return null;
    }

    /// <summary>The occurrences on a day of the schedules that post a quotation then, the earliest first.</summary>
    private IEnumerable<(GuildSchedule Schedule, DateTimeOffset Occurrence)> FindOccurrences(
        GuildSettings guild,
        DateOnly day,
        bool hasEvents
    )
    {
        List<(GuildSchedule Schedule, DateTimeOffset Occurrence)> occurrences = [];
        foreach (var schedule in guild.Schedules)
        {
            var postsQuote =
                schedule.Content == ScheduleContent.Quote
                || (schedule.Content == ScheduleContent.OnThisDayOrQuote && !hasEvents);
            if (!postsQuote || schedule.NextDue is null)
            {
                continue;
            }

            var timing = guild.ToSchedule(schedule, settings.TimeZone);
            if (timing?.FindOccurrence(day) is { } occurrence)
            {
                occurrences.Add((schedule, occurrence));
            }
        }

        return occurrences.OrderBy(one => one.Occurrence).ThenBy(one => one.Schedule.Name, StringComparer.Ordinal);
    }

    private async Task<PlannedContent?> ForecastAsync(
        GuildSettings guild,
        GuildSchedule schedule,
        DateTimeOffset occurrence,
        CancellationToken cancellationToken
    )
    {
        var period = occurrence - clocks.Schedule.GetUtcNow();
        if (period <= TimeSpan.Zero)
        {
            return null;
        }

        var posts = await forecast.PlayAsync(guild, [schedule], period, cancellationToken);
        return posts.FirstOrDefault(post => post.Occurrence == occurrence)?.Content;
    }

    /// <summary>The content of a post that is published or will be, and of which nothing is withdrawn.</summary>
    private PlannedContent? GetContent(Post post)
    {
        if (post.Items.Any(catalogue.IsWithdrawn))
        {
            return null;
        }

        if (post.State is PostState.Planned or PostState.Sending or PostState.Sent or PostState.Unknown)
        {
            return new PlannedContent(post.Items, post.Payload);
        }

        return null;
    }

    private async Task<Post?> FindPostAsync(
        GuildSchedule schedule,
        DateTimeOffset occurrence,
        CancellationToken cancellationToken
    )
    {
        var end = occurrence.AddMilliseconds(1);
        var posts = await ledger.GetPostsAsync(schedule.Destination, occurrence, end, cancellationToken);
        return posts.FirstOrDefault(post => post.Schedule == schedule.Id);
    }

    private Quote? ChooseQuote(Interaction.Command command, DateOnly day)
    {
        var who = command.Guild is { } guild ? $"guild:{guild}" : $"discord:{command.Channel}";
        return QuoteChooser.ChooseForDay(catalogue.Current.Quotes, who, day);
    }
}
