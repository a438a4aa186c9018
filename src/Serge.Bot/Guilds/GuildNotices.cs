namespace Serge.Bot.Guilds;

/// <summary>Messages to a server. Those to its admins are in every language of the bot, because theirs is not
/// known.</summary>
internal static class GuildNotices
{
    /// <summary>Schedules of one channel were paused.</summary>
    public static string Paused(IReadOnlyList<GuildSchedule> schedules, PauseCause cause) =>
        InAllLanguages(strings => Paused(schedules, cause, strings));

    /// <summary>The first message in a server, in its language.</summary>
    public static string Welcome(Strings strings, Author author)
    {
        var name = strings.AuthorIs(author);
        return strings.NoticeWelcome(DiscordMarkdown.Escape(name));
    }

    /// <summary>The bot was invited back.</summary>
    public static string Returned(IReadOnlyList<GuildSchedule> schedules) =>
        InAllLanguages(strings => strings.NoticeReturned(JoinNames(schedules, strings)));

    private static string Paused(IReadOnlyList<GuildSchedule> schedules, PauseCause cause, Strings strings)
    {
        var names = JoinNames(schedules, strings);
        if (cause == PauseCause.ChannelDeleted)
        {
            return strings.NoticeChannelDeleted(names);
        }

        var channel = $"<#{schedules[0].Channel}>";
        var permissions = strings.Permissions(ChannelNeeds.All);
        return strings.NoticeChannelForbidden(names, channel, permissions);
    }

    private static string InAllLanguages(Func<Strings, string> getText) =>
        string.Join("\n-# ", Strings.All.Select(getText));

    private static string JoinNames(IEnumerable<GuildSchedule> schedules, Strings strings)
    {
        var names = schedules.Select(schedule => DiscordMarkdown.Escape(schedule.Name));
        var quoted = names.Select(strings.InQuotes);
        return string.Join(", ", quoted);
    }
}
