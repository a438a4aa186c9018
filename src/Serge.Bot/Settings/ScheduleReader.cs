using System.Globalization;
using Cronos;

namespace Serge.Bot.Settings;

/// <summary>Reads the section <c>Schedules</c>.</summary>
internal static class ScheduleReader
{
    /// <summary>What only Discord has.</summary>
    private static readonly string[] DiscordOptions = ["Buttons", "Thread", "Crosspost", "Mention"];

    /// <summary>What only channels have, and forums not.</summary>
    private static readonly string[] ChannelOptions = ["Thread", "Crosspost"];

    /// <summary>The valid schedules, in the order of their names.</summary>
    public static IReadOnlyList<Schedule> Read(SettingsSection root, TimeZoneInfo defaultZone)
    {
        List<Schedule> schedules = [];
        foreach (var name in root.GetKeys("Schedules"))
        {
            var section = root.GetSection(
                $"Schedules:{name}",
                "Cron",
                "TimeZone",
                "Content",
                "To",
                "GracePeriod",
                "Visibility",
                "Buttons",
                "Picture",
                "Thread",
                "Crosspost",
                "Mention"
            );
            if (ReadSchedule(section, defaultZone) is { } schedule)
            {
                schedules.Add(schedule);
            }
        }

        return schedules;
    }

    private static Schedule? ReadSchedule(SettingsSection section, TimeZoneInfo defaultZone)
    {
        var before = section.ProblemCount;
        var cron = ReadCron(section);
        var zone = section.ReadTimeZone("TimeZone") ?? defaultZone;
        var content = ReadContent(section);
        var to = ReadDestinations(section);
        if (to.Count == 0 && section.ProblemCount == before)
        {
            section.Report(
                $"{section.GetPath("To")} is missing. Name at least one destination: mastodon, or discord: and the id "
                    + "of a channel."
            );
        }

        var gracePeriod = section.ReadDuration(
            "GracePeriod",
            TimeSpan.FromHours(6),
            min: TimeSpan.FromMinutes(1),
            max: TimeSpan.FromDays(7)
        );
        var visibility = ReadVisibility(section, to);
        var options = ReadOptions(section, to);
        if (cron is null || content is null || section.ProblemCount > before)
        {
            return null;
        }

        return new Schedule
        {
            Id = ScheduleId.OfOperator(section.Name),
            Cron = cron,
            TimeZone = zone,
            Content = content.Value,
            To = to,
            GracePeriod = gracePeriod,
            Visibility = visibility,
            Options = options,
        };
    }

    private static PostOptions ReadOptions(SettingsSection section, List<Destination> to)
    {
        if (to.TrueForAll(destination => destination == Destinations.Mastodon))
        {
            foreach (var key in DiscordOptions.Where(key => section.ReadText(key) is not null))
            {
                section.ReportInvalid(key, "has no effect: this schedule does not post to Discord. Remove it.");
            }
        }
        else if (
            to.TrueForAll(destination => destination == Destinations.Mastodon || Destinations.IsForum(destination))
        )
        {
            foreach (var key in ChannelOptions.Where(key => section.ReadText(key) is not null))
            {
                section.ReportInvalid(key, "has no effect: each post in a forum is a thread already. Remove it.");
            }
        }

        return new PostOptions
        {
            Buttons = section.ReadFlag("Buttons", PostOptions.Default.Buttons),
            Picture = section.ReadFlag("Picture", PostOptions.Default.Picture),
            Thread = section.ReadFlag("Thread", PostOptions.Default.Thread),
            Crosspost = section.ReadFlag("Crosspost", PostOptions.Default.Crosspost),
            Mention = section.Read(
                "Mention",
                text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? text : null,
                "is not the id of a role. Write its digits: in Discord with the developer mode on, Copy Role ID."
            ),
        };
    }

    private static string? ReadCron(SettingsSection section)
    {
        if (section.ReadText("Cron") is not { } cron)
        {
            section.Report(
                $"{section.GetPath("Cron")} is missing. Write five fields (minute hour day month weekday), such as "
                    + "\"0 9 * * 1-5\" for nine o'clock on working days."
            );
            return null;
        }

        try
        {
            var expression = CronExpression.Parse(cron);
            if (expression.GetNextOccurrence(DateTime.UnixEpoch, TimeZoneInfo.Utc) is not null)
            {
                return cron;
            }

            section.ReportInvalid("Cron", "never occurs. Name a day that exists.");
        }
        catch (MissingSeedException)
        {
            section.ReportInvalid("Cron", "has an H, a random value, which is not supported. Write a number.");
        }
        catch (CronFormatException e)
        {
            section.ReportInvalid(
                "Cron",
                $"is not a cron expression: {e.Message} Write five fields (minute hour day month weekday), such as "
                    + "\"0 9 * * 1-5\"."
            );
        }

        return null;
    }

    private static ScheduleContent? ReadContent(SettingsSection section)
    {
        if (section.ReadText("Content") is null)
        {
            section.Report(
                $"{section.GetPath("Content")} is missing. Allowed: quote, on-this-day, on-this-day-or-quote."
            );
        }

        return section.ReadChoice<ScheduleContent?>(
            "Content",
            defaultValue: null,
            ("quote", ScheduleContent.Quote),
            ("on-this-day", ScheduleContent.OnThisDay),
            ("on-this-day-or-quote", ScheduleContent.OnThisDayOrQuote)
        );
    }

    private static List<Destination> ReadDestinations(SettingsSection section)
    {
        List<Destination> destinations = [];
        foreach (var (key, value) in section.ReadList("To"))
        {
            if (Destinations.TryParse(value) is not { } destination)
            {
                section.ReportInvalid(
                    key,
                    "is not a destination. Allowed: mastodon, or discord: and the id of a channel (digits), such as "
                        + "discord:1234567890; for a forum, discord:forum:1234567890."
                );
            }
            else if (!destinations.Contains(destination))
            {
                destinations.Add(destination);
            }
        }

        return destinations;
    }

    private static PostVisibility? ReadVisibility(SettingsSection section, List<Destination> to)
    {
        if (section.ReadText("Visibility") is null)
        {
            return null;
        }

        if (to.Contains(Destinations.Mastodon))
        {
            return MastodonPostSettings.ReadVisibility(section);
        }

        section.ReportInvalid(
            "Visibility",
            "has no effect: this schedule does not post to mastodon, and Discord has no visibility. Remove it."
        );
        return null;
    }
}
