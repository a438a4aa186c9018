namespace Serge.Bot.Guilds;

/// <summary>Messages to a server. Those to its admins are in every language of the bot, because theirs is not
/// known.</summary>
internal static class GuildNotices
{
    /// <summary>Schedules of one channel were paused.</summary>
    /// <param name="schedules">The schedules.</param>
    /// <param name="cause">Deleted or forbidden.</param>
    /// <param name="kind">The channel's kind, on which the needed permissions depend.</param>
    public static string Paused(IReadOnlyList<GuildSchedule> schedules, PauseCause cause, ChannelKind kind) =>
        InAllLanguages(strings => Paused(schedules, cause, kind, strings));

    /// <summary>The first message in a server, in its language.</summary>
    public static string Welcome(Strings strings, Author author)
    {
        var name = strings.AuthorIs(author);
        return strings.NoticeWelcome(DiscordMarkdown.Escape(name));
    }

    /// <summary>The bot was invited back.</summary>
    public static string Returned(IReadOnlyList<GuildSchedule> schedules) =>
        InAllLanguages(strings => strings.NoticeReturned(JoinNames(schedules, strings)));

    private static string Paused(
        IReadOnlyList<GuildSchedule> schedules,
        PauseCause cause,
        ChannelKind kind,
        Strings strings
    )
    {
        var names = JoinNames(schedules, strings);
        if (cause == PauseCause.ChannelDeleted)
        {
            return strings.NoticeChannelDeleted(names);
        }

        var channel = $"<#{schedules[0].Channel}>";
        var needed = ChannelRequirements.GetRequired(kind);
        var permissions = strings.Permissions(needed);
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
