namespace Serge.Bot.Guilds;

/// <summary>What the bot says of its own accord to a server's admins. Nobody has asked, so nobody's language is known: it says it in all of its own.</summary>
internal static class GuildNotices
{
    /// <summary>Schedules of one channel were paused.</summary>
    public static string Paused(IReadOnlyList<GuildSchedule> schedules, PauseCause cause) =>
        InAllLanguages(words =>
            cause == PauseCause.ChannelDeleted
                ? words.NoticeChannelDeleted(Names(schedules, words))
                : words.NoticeChannelClosed(
                    Names(schedules, words),
                    $"<#{schedules[0].Channel}>",
                    words.Permissions(ChannelNeeds.All)
                )
        );

    /// <summary>We are back in a server.</summary>
    public static string Returned(IReadOnlyList<GuildSchedule> schedules) =>
        InAllLanguages(words => words.NoticeBack(Names(schedules, words)));

    private static string InAllLanguages(Func<Strings, string> text) => string.Join("\n-# ", Strings.All.Select(text));

    private static string Names(IEnumerable<GuildSchedule> schedules, Strings words) =>
        string.Join(", ", schedules.Select(schedule => words.InQuotes(DiscordMarkdown.Escape(schedule.Name))));
}
