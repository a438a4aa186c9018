using System.Globalization;
using System.Runtime.CompilerServices;

namespace Serge.Bot.Cli;

/// <summary>Whether the bot may do what it has to in each channel that it posts to: those of the settings' schedules, of the alerts, and of the servers' own schedules.</summary>
internal static class ChannelDiagnostics
{
    /// <summary>So many channels of servers are looked at; their admins are told of trouble by the bot itself.</summary>
    private const int MostOfServers = 25;

    /// <summary>Asks Discord, channel by channel.</summary>
    /// <param name="discord">Whom.</param>
    /// <param name="settings">The operator's channels.</param>
    /// <param name="places">The servers' channels.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<DoctorFinding> RunAsync(
        IDiscord discord,
        BotSettings settings,
        IReadOnlyList<GuildSettings> places,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var own = settings
            .Schedules.SelectMany(schedule => schedule.To.Select(to => (to.Channel, Use: schedule.Name)))
            .Append((Channel: settings.Alerts.Discord, Use: "alerts"))
            .Where(use => use.Channel is not null)
            .GroupBy(use => use.Channel!.Value, use => use.Use);
        foreach (var channel in own)
        {
            yield return Judge(
                await discord.GetChannelAccessAsync(channel.Key, cancellationToken),
                channel.Key,
                string.Join(", ", channel),
                isOurs: true
            );
        }

        var theirs = places
            .Where(place => place.LeftAt is null)
            .SelectMany(place =>
                place
                    .Schedules.Where(schedule => schedule.Paused is null)
                    .Select(schedule => (schedule.Channel, schedule.LedgerName))
            )
            .GroupBy(use => use.Channel, use => use.LedgerName)
            .ToArray();
        foreach (var channel in theirs.Take(MostOfServers))
        {
            yield return Judge(
                await discord.GetChannelAccessAsync(channel.Key, cancellationToken),
                channel.Key,
                string.Join(", ", channel),
                isOurs: false
            );
        }

        if (theirs.Length > MostOfServers)
        {
            yield return new DoctorFinding(
                DiagnosticStatus.Note,
                "channels",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{theirs.Length - MostOfServers} more channels of servers were not looked at. Where the bot may not write, it pauses the schedule and tells the server."
                )
            );
        }
    }

    /// <summary>What is to be said of a channel.</summary>
    /// <param name="answer">Discord's.</param>
    /// <param name="channel">Which.</param>
    /// <param name="use">What posts there.</param>
    /// <param name="isOurs">Whether it is for the operator to mend.</param>
    internal static DoctorFinding Judge(Result<ChannelAccess> answer, ChannelId channel, string use, bool isOurs)
    {
        var wrong = isOurs ? DiagnosticStatus.Error : DiagnosticStatus.Note;
        var name = $"{channel} ({use})";
        return answer switch
        {
            Result<ChannelAccess>.Success({ AcceptsMessages: false } access) => new DoctorFinding(
                wrong,
                "channel",
                $"#{access.Name} {name} takes no messages. Choose a text channel."
            ),
            Result<ChannelAccess>.Success(var access)
                when ChannelNeeds.Missing(access) is var missing and not DiscordPermissions.None => new DoctorFinding(
                wrong,
                "channel",
                $"#{access.Name} {name} lacks {Names(missing | ChannelNeeds.MissingForLooks(access))}. Grant that to the bot’s role in the channel’s settings, under Permissions."
            ),
            Result<ChannelAccess>.Success(var access)
                when ChannelNeeds.MissingForLooks(access) is var missing and not DiscordPermissions.None =>
                new DoctorFinding(
                    DiagnosticStatus.Note,
                    "channel",
                    $"#{access.Name} {name} lacks {Names(missing)}: a post whose answer is lost cannot be looked for there, and is not sent a second time."
                ),
            Result<ChannelAccess>.Success(var access) => new DoctorFinding(
                DiagnosticStatus.Ok,
                "channel",
                $"#{access.Name} {name} allows all that is needed"
            ),
            Result<ChannelAccess>.Refused(_, var reason) => new DoctorFinding(
                wrong,
                "channel",
                $"{name} is not to be seen by the bot. Invite it to that server, let it view the channel, or mend the id. ({reason})"
            ),
            Result<ChannelAccess>.Unauthorized(var reason) => new DoctorFinding(
                DiagnosticStatus.Error,
                "channel",
                $"{name} could not be asked for: the token is not accepted. ({reason})"
            ),
            Result<ChannelAccess>.Unavailable(var reason) => new DoctorFinding(
                DiagnosticStatus.Note,
                "channel",
                $"{name} could not be asked for now. Try again later. ({reason})"
            ),
            _ => throw new InvalidOperationException($"Unknown answer {answer}."),
        };
    }

    /// <summary>As Discord's settings call them; a terminal has no bold print.</summary>
    private static string Names(DiscordPermissions missing) =>
        Strings.English.Permissions(missing).Replace("**", "", StringComparison.Ordinal);
}
