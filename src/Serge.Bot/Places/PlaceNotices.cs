using Serge.Bot.Rendering;

namespace Serge.Bot.Places;

/// <summary>What the bot says of its own accord to a server's admins. Nobody has asked, so nobody's language is known: it says it in all of its own.</summary>
internal static class PlaceNotices
{
    /// <summary>Schedules of one channel were paused.</summary>
    public static string Paused(IReadOnlyList<PlaceSchedule> schedules, PauseCause cause) =>
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
    public static string Back(IReadOnlyList<PlaceSchedule> schedules) =>
        InAllLanguages(words => words.NoticeBack(Names(schedules, words)));

    private static string InAllLanguages(Func<Words, string> text) => string.Join("\n-# ", Words.All.Select(text));

    private static string Names(IEnumerable<PlaceSchedule> schedules, Words words) =>
        string.Join(", ", schedules.Select(schedule => words.InQuotes(DiscordMarkdown.Escape(schedule.Name))));
}
