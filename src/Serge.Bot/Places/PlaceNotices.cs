using Serge.Bot.Rendering;

namespace Serge.Bot.Places;

/// <summary>What the bot says of its own accord to a server's admins. Nobody has asked, so nobody's language is known: it says it in both of its own.</summary>
internal static class PlaceNotices
{
    /// <summary>Schedules of one channel were paused.</summary>
    public static string Paused(IReadOnlyList<PlaceSchedule> schedules, PauseCause cause)
    {
        var names = Names(schedules);
        var channel = schedules[0].Channel;
        return cause == PauseCause.ChannelDeleted
            ? $"""
              I have paused {names}: the channel was deleted. `/schedule set` with the same name and another channel goes on; `/schedule list` shows how things stand.
              -# J’ai suspendu {names} : le salon a été supprimé. `/schedule set` avec le même nom et un autre salon reprend la suite.
              """
            : $"""
              I have paused {names}: I may no longer write in <#{channel}>. Allow me View Channel, Send Messages and Read Message History there, then `/schedule resume`.
              -# J’ai suspendu {names} : je ne peux plus écrire dans <#{channel}>. Rendez-moi l’accès à ce salon, puis `/schedule resume`.
              """;
    }

    /// <summary>We are back in a server.</summary>
    public static string Back(IReadOnlyList<PlaceSchedule> schedules) =>
        $"""
        I am back, and go on with what was set up here: {Names(schedules)}. `/schedule list` shows when; `/schedule pause` or `/schedule remove` if that is not wanted.
        -# Me revoilà, et je reprends ce qui était prévu ici : {Names(schedules)}. `/schedule list` montre quand.
        """;

    /// <summary>Schedules by their names, quoted and escaped.</summary>
    private static string Names(IEnumerable<PlaceSchedule> schedules) => string.Join(", ", schedules.Select(schedule => $"“{DiscordMarkdown.Escape(schedule.Name)}”"));
}
