using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary><c>/schedule set</c>: adds a schedule, or changes the one with the same name.</summary>
internal sealed class ScheduleSetup(
    IGuildStore guilds,
    GuildDirectory directory,
    IDiscord discord,
    BotSettings settings,
    Clocks clocks
)
{
    private const int MaxTimes = 25;

    public async Task<Reply> HandleAsync(
        GuildId guildId,
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        ScheduleRequest request = new(command.Options, strings);
        if (request.Problem is not null)
        {
            return Replies.Ephemeral(request.Problem);
        }

        // An option that is left out keeps its value; a new schedule posts where the command was sent.
        var existing = await FindAsync(guildId, request.Name, cancellationToken);
        if ((request.Channel ?? existing?.Channel ?? command.Channel) is not { } channel)
        {
            return Replies.Ephemeral(strings.NoChannel);
        }

        var options = request.Apply(existing?.Options ?? PostOptions.Default);
        ChannelCheck check = new(discord, guildId, strings);
        var access = await check.RunAsync(channel, options, cancellationToken);
        if (access.Problem is not null)
        {
            return Replies.Ephemeral(access.Problem);
        }

        SetResult? result = null;
        var problem = "";
        var now = clocks.Schedule.GetUtcNow();
        var guild = await directory.ChangeAsync(
            guildId,
            before =>
            {
                (result, problem) = Set(before, request, channel, access.IsForum, now, strings);
                return result?.Change;
            },
            cancellationToken
        );
        if (result is null)
        {
            return Replies.Ephemeral(problem);
        }

        return Replies.Ephemeral(FormatResult(guild, request, result, access.Remark, strings));
    }

    /// <summary>Suggests values for its own options.</summary>
    public IReadOnlyList<Choice> Complete(string option, string typed, Strings strings) =>
        option switch
        {
            "time" => [.. TimeOfDayText.Suggest(typed, MaxTimes).Select(time => CreateChoice(time.ToText()))],
            "days" => [.. SuggestDays(typed).Select(days => CreateChoice(strings.Days(days)))],
            "content" => SuggestContent(typed, strings),
            _ => [],
        };

    private async Task<GuildSchedule?> FindAsync(GuildId guildId, string? name, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            return null;
        }

        var guild = await guilds.FindAsync(guildId, cancellationToken);
        return guild?.Find(name);
    }

    /// <returns>What is set; <see langword="null"/> if that is not possible, and why.</returns>
    private (SetResult? Result, string Problem) Set(
        GuildSettings before,
        ScheduleRequest request,
        ChannelId channel,
        bool isForum,
        DateTimeOffset now,
        Strings strings
    )
    {
        var replaced = request.Name is null ? null : before.Find(request.Name);
        if (replaced is null && before.Schedules.Count >= GuildSettings.MaxSchedules)
        {
            return (null, strings.TooManySchedules(GuildSettings.MaxSchedules));
        }

        var content = request.Content ?? replaced?.Content ?? ScheduleContent.Quote;
        GuildSchedule schedule = new()
        {
            Guild = before.Guild,
            Name = request.Name ?? FindUnusedName(before, content, strings),
            Channel = channel,
            IsForum = isForum,
            Time = request.Time,
            Days = request.Days ?? replaced?.Days ?? Weekdays.Daily,
            Content = content,
            Zone = request.Zone ?? replaced?.Zone,
            Skip = replaced?.Skip,
            Options = request.Apply(replaced?.Options ?? PostOptions.Default),
        };
        if (before.ZoneOf(schedule, settings.TimeZone) is null)
        {
            // The schedule would never be due.
            var unknown = DiscordMarkdown.Escape(schedule.Zone ?? before.Zone ?? "");
            return (null, strings.NoZone(strings.InQuotes(unknown)));
        }

        // A server that sends a command has the bot, even if the event that it was invited back was lost.
        var present = before with
        {
            LeftAt = null,
        };
        var after = present.With(Spread(schedule)).DueAfter(now, settings.TimeZone);
        GuildChange change = new(after)
        {
            Superseded = replaced is null ? [] : [(replaced, "Changed by an admin of the server.")],
        };
        var similar = request.Name is null ? FindSimilar(before, schedule) : null;
        SetResult result = new(change, after.Find(schedule.Name)!, similar);
        return (result, "");
    }

    private static string FindUnusedName(GuildSettings guild, ScheduleContent content, Strings strings)
    {
        var names = guild.Schedules.Select(schedule => schedule.Name).ToArray();
        return ScheduleName.FindUnused(strings.ContentShort(content), names);
    }

    private static GuildSchedule? FindSimilar(GuildSettings guild, GuildSchedule schedule) =>
        guild.Schedules.FirstOrDefault(other => other.Channel == schedule.Channel && other.Content == schedule.Content);

    private GuildSchedule Spread(GuildSchedule schedule)
    {
        if (settings.Discord is not { } discordSettings)
        {
            return schedule;
        }

        return schedule with
        {
            Time = TimeSpread.Move(schedule.Time, schedule.Id, discordSettings.SpreadMinutes),
        };
    }

    private string FormatResult(
        GuildSettings guild,
        ScheduleRequest request,
        SetResult result,
        string? remark,
        Strings strings
    )
    {
        var schedule = result.Schedule;
        ScheduleText text = new(guild, settings.TimeZone, strings);
        var sentence = text.FormatSentence(schedule);
        var next = text.FormatNext(schedule);
        List<string> lines = [$"{sentence} {next} {strings.PreviewHint}"];
        if (schedule.Time != request.Time)
        {
            lines.Add(strings.TimeWasMoved(request.Time.ToText(), schedule.Time.ToText()));
        }

        if (schedule.Zone is null && guild.Zone is null)
        {
            var zone = DiscordMarkdown.Escape(settings.TimeZone.Id);
            lines.Add(strings.ScheduleUsesDefaultZone(zone));
        }

        if (result.Similar is not null)
        {
            var similar = ScheduleText.FormatName(result.Similar, strings);
            lines.Add(strings.SameAs(similar));
        }

        if (remark is not null)
        {
            lines.Add(remark);
        }

        return string.Join('\n', lines) + text.FormatAttention(schedule.Name);
    }

    private static IReadOnlyList<Weekdays> SuggestDays(string typed)
    {
        if (typed.Length > 0)
        {
            if (WeekdaysText.TryParse(typed, out var days))
            {
                return [days];
            }

            return [];
        }

        var each = Weekdays.Daily.GetDays().Select(day => day.ToWeekdays());
        return [Weekdays.Daily, Weekdays.WorkingDays, Weekdays.Weekend, .. each];
    }

    private static Choice[] SuggestContent(string typed, Strings strings)
    {
        var compare = strings.Culture.CompareInfo;
        return
        [
            .. ScheduleContentNames
                .All.Select(known => new Choice(strings.Content(known.Content), known.Name))
                .Where(choice =>
                    compare.IndexOf(choice.Name, typed, CompareOptions.IgnoreCase) >= 0
                    || choice.Value.Contains(typed, StringComparison.OrdinalIgnoreCase)
                ),
        ];
    }

    private static Choice CreateChoice(string text) => new(text, text);

    /// <summary>What is set.</summary>
    /// <param name="Change">The change of the server.</param>
    /// <param name="Schedule">The new schedule.</param>
    /// <param name="Similar">Another schedule with the same channel and content.</param>
    private sealed record SetResult(GuildChange Change, GuildSchedule Schedule, GuildSchedule? Similar);
}
