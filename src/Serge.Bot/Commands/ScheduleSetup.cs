using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary><c>/schedule set</c>: a new schedule, or another time, channel, content for the one of that name.</summary>
internal sealed class ScheduleSetup(
    IGuildStore places,
    GuildDirectory directory,
    IDiscord discord,
    BotSettings settings,
    Clocks clocks
)
{
    /// <summary>Answers it.</summary>
    public async Task<Reply> AnswerAsync(
        GuildId guild,
        Interaction.Command command,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        if (Read(command, words, out var problem) is not { } wish)
        {
            return Replies.Ephemeral(problem!);
        }

        // What the named schedule has already need not be said again; a new one posts where the command was given.
        var known = wish.Name is null ? null : (await places.FindAsync(guild, cancellationToken))?.Find(wish.Name);
        if ((wish.Channel ?? known?.Channel ?? command.Channel) is not { } channel)
        {
            return Replies.Ephemeral(words.NoChannel);
        }

        var (closed, remark) = await ChannelCheck.AskAsync(discord, guild, channel, words, cancellationToken);
        if (closed is not null)
        {
            return Replies.Ephemeral(closed);
        }

        var now = clocks.Schedule.GetUtcNow();
        GuildSchedule? set = null;
        GuildSchedule? twin = null;
        var place = await directory.ChangeAsync(
            guild,
            before =>
            {
                var replaced = wish.Name is null ? null : before.Find(wish.Name);
                if (replaced is null && before.Schedules.Count >= GuildSettings.MaxSchedules)
                {
                    set = null;
                    return null;
                }

                var content = wish.Content ?? replaced?.Content ?? ScheduleContent.Quote;
                set = new GuildSchedule
                {
                    Guild = guild,
                    Name =
                        wish.Name
                        ?? ScheduleName.FindUnused(
                            words.ContentShort(content),
                            [.. before.Schedules.Select(schedule => schedule.Name)]
                        ),
                    Channel = channel,
                    Time = wish.Time,
                    Days = wish.Days ?? replaced?.Days ?? Weekdays.Daily,
                    Content = content,
                    Zone = wish.Zone ?? replaced?.Zone,
                };
                twin = wish.Name is null
                    ? before.Schedules.FirstOrDefault(schedule =>
                        schedule.Channel == channel && schedule.Content == content
                    )
                    : null;
                var after = (before with { LeftAt = null }).With(set).DueAfter(now, settings.TimeZone);
                set = after.Find(set.Name);
                return new GuildChange(after)
                {
                    Cancelled = replaced is null ? [] : [(replaced, "Changed by an admin of the server.")],
                };
            },
            cancellationToken
        );
        return Replies.Ephemeral(set is null ? words.TooManySchedules : Done(place, set, twin, remark, words));
    }

    /// <summary>Suggestions for its own options.</summary>
    public IReadOnlyList<Choice> Complete(string option, string typed, Strings words) =>
        option switch
        {
            "time" => [.. TimeOfDayText.Suggest(typed, 25).Select(time => new Choice(time.ToText(), time.ToText()))],
            "days" => [.. DaySuggestions(typed).Select(days => new Choice(words.Days(days), words.Days(days)))],
            "content" =>
            [
                .. ScheduleContentNames
                    .All.Select(known => new Choice(words.Content(known.Content), known.Name))
                    .Where(choice =>
                        words.Culture.CompareInfo.IndexOf(choice.Name, typed, CompareOptions.IgnoreCase) >= 0
                        || choice.Value.Contains(typed, StringComparison.OrdinalIgnoreCase)
                    ),
            ],
            _ => [],
        };

    private static IEnumerable<Weekdays> DaySuggestions(string typed) =>
        typed.Length == 0
            ?
            [
                Weekdays.Daily,
                Weekdays.WorkingDays,
                Weekdays.Weekend,
                .. Weekdays.Daily.Each().Select(day => day.ToWeekdays()),
            ]
        : WeekdaysText.TryParse(typed, out var days) ? [days]
        : [];

    private string Done(GuildSettings place, GuildSchedule set, GuildSchedule? twin, string? remark, Strings words)
    {
        List<string> lines =
        [
            $"{ScheduleText.Sentence(place, set, settings, words)} {ScheduleText.Next(place, set, settings, words)} {words.PreviewHint}",
        ];
        if (set.Zone is null && place.Zone is null)
        {
            lines.Add(words.ZoneIsStandard(DiscordMarkdown.Escape(settings.TimeZone.Id)));
        }

        if (twin is not null)
        {
            lines.Add(words.SameAs(ScheduleText.Name(twin, words)));
        }

        if (remark is not null)
        {
            lines.Add(remark);
        }

        return string.Join('\n', lines) + ScheduleText.Attention(place, set.Name, settings, words);
    }

    private static ScheduleRequest? Read(Interaction.Command command, Strings words, out string? problem)
    {
        var options = command.Options;
        problem = null;
        var wish = new ScheduleRequest();
        if (
            options.GetValueOrDefault("time") is var time
            && (time is null || !TimeOfDayText.TryParse(time, out wish.Time))
        )
        {
            problem = words.NoTime(Replies.Typed(time ?? "", words));
        }
        else if (options.TryGetValue("channel", out var channel))
        {
            // Ids that Discord never gives out are no channels either; the database counts up to there.
            wish.Channel = long.TryParse(channel, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? new ChannelId((ulong)id)
                : null;
            problem = wish.Channel is null ? words.NoChannel : null;
        }

        if (problem is null && options.TryGetValue("days", out var days))
        {
            problem = WeekdaysText.TryParse(days, out var read) ? null : words.NoDays(Replies.Typed(days, words));
            wish.Days = read;
        }

        if (problem is null && options.TryGetValue("content", out var content))
        {
            wish.Content =
                ScheduleContentNames.Find(content.Trim().ToLowerInvariant())
                ?? ScheduleContentNames
                    .All.Where(known =>
                        string.Equals(words.Content(known.Content), content.Trim(), StringComparison.OrdinalIgnoreCase)
                    )
                    .Select(known => (ScheduleContent?)known.Content)
                    .FirstOrDefault();
            problem = wish.Content is null ? words.NoContent(Replies.Typed(content, words)) : null;
        }

        if (problem is null && options.TryGetValue("name", out var name))
        {
            problem = ScheduleName.TryParse(name, out var read)
                ? null
                : words.NoScheduleName(Replies.Typed(name, words));
            wish.Name = read;
        }

        if (problem is null && options.TryGetValue("zone", out var zone))
        {
            wish.Zone = TimeZoneNames.Resolve(zone);
            problem = wish.Zone is null ? words.NoZone(Replies.Typed(zone, words)) : null;
        }

        return problem is null ? wish : null;
    }

    /// <summary>What was typed, as far as it was.</summary>
    private sealed class ScheduleRequest
    {
        public TimeOnly Time;

        public ChannelId? Channel { get; set; }

        public Weekdays? Days { get; set; }

        public ScheduleContent? Content { get; set; }

        public string? Name { get; set; }

        public string? Zone { get; set; }
    }
}
