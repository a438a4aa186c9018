using System.Runtime.CompilerServices;

namespace Serge.Bot.Cli;

/// <summary>Checks the bot's permissions in each channel that it posts to: of the settings' schedules, the alerts, and
/// the servers' schedules.</summary>
internal static class ChannelDiagnostics
{
    private const string What = "channel";

    /// <summary>The admins of other channels are informed by the bot itself.</summary>
    private const int MaxGuildChannels = 25;

    /// <param name="discord">The client.</param>
    /// <param name="settings">The operator's channels.</param>
    /// <param name="guilds">The servers' channels.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    public static async IAsyncEnumerable<DoctorFinding> RunAsync(
        IDiscord discord,
        BotSettings settings,
        IReadOnlyList<GuildSettings> guilds,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var use in GetOperatorChannels(settings))
        {
            var access = await discord.GetChannelAccessAsync(use.Key, cancellationToken);
            yield return Describe(access, use.Key, JoinNames(use), isOperators: true);
            foreach (var finding in await CheckOptionsAsync(discord, access, use, cancellationToken))
            {
                yield return finding;
            }
        }

        var guildChannels = GetGuildChannels(guilds).ToArray();
        foreach (var use in guildChannels.Take(MaxGuildChannels))
        {
            var access = await discord.GetChannelAccessAsync(use.Key, cancellationToken);
            yield return Describe(access, use.Key, JoinNames(use), isOperators: false);
            foreach (var finding in await CheckOptionsAsync(discord, access, use, cancellationToken))
            {
                yield return finding;
            }
        }

        if (guildChannels.Length > MaxGuildChannels)
        {
            var rest = Plural.Of(guildChannels.Length - MaxGuildChannels, "more channel");
            yield return DoctorFinding.Note(
                "channels",
                $"{rest} of servers not checked. Where the bot cannot post, it pauses the schedule and "
                    + "informs the server."
            );
        }
    }

    /// <summary>A note for each option that has no effect. The posts are not affected.</summary>
    private static async Task<IReadOnlyList<DoctorFinding>> CheckOptionsAsync(
        IDiscord discord,
        Result<ChannelAccess> answer,
        IEnumerable<Use> uses,
        CancellationToken cancellationToken
    )
    {
        if (!answer.TryGetValue(out var access))
        {
            return [];
        }

        IReadOnlyList<DiscordRole>? roles = null;
        if (access.Guild is { } guild && uses.Any(use => use.Options.Mention is not null))
        {
            (await discord.GetRolesAsync(guild, cancellationToken)).TryGetValue(out roles);
        }

        List<DoctorFinding> findings = [];
        foreach (var use in uses)
        {
            var problems = OptionDiagnostics.Find(access, use.Destination, use.Options, roles);
            findings.AddRange(
                problems.Select(problem => DoctorFinding.Note(What, $"#{access.Name} ({use.Name}) {problem}"))
            );
        }

        return findings;
    }

    private static string JoinNames(IEnumerable<Use> uses) => string.Join(", ", uses.Select(use => use.Name));

    /// <summary>The finding for one channel.</summary>
    /// <param name="answer">Discord's answer.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="use">The schedules that post there.</param>
    /// <param name="isOperators">Whether the operator must fix problems.</param>
    internal static DoctorFinding Describe(
        Result<ChannelAccess> answer,
        ChannelId channel,
        string use,
        bool isOperators
    )
    {
        var problem = isOperators ? DiagnosticStatus.Error : DiagnosticStatus.Note;
        var name = $"{channel} ({use})";
        return answer switch
        {
            Result<ChannelAccess>.Success(var access) => Describe(access, name, problem),
            Result<ChannelAccess>.Refused(_, var reason) => new DoctorFinding(
                problem,
                What,
                $"{name} is not visible to the bot. Invite it to that server, allow it to view the "
                    + $"channel, or correct the id. ({reason})"
            ),
            Result<ChannelAccess>.Unauthorized(var reason) => DoctorFinding.Error(
                What,
                $"{name} could not be checked: Discord rejects the token. ({reason})"
            ),
            Result<ChannelAccess>.Unavailable(var reason) => DoctorFinding.Note(
                What,
                $"{name} could not be checked now. Try again later. ({reason})"
            ),
            _ => throw new InvalidOperationException($"Unknown answer {answer}."),
        };
    }

    private static DoctorFinding Describe(ChannelAccess access, string name, DiagnosticStatus problem)
    {
        if (!access.AcceptsMessages && access.Kind != ChannelKind.Forum)
        {
            return new DoctorFinding(
                problem,
                What,
                $"#{access.Name} {name} accepts no messages. Choose a text channel."
            );
        }

        if (access.Permissions is null)
        {
            return DoctorFinding.Note(
                What,
                $"#{access.Name} {name} is visible; the server does not say which permissions the bot has there."
            );
        }

        var forPosts = ChannelNeeds.Missing(access);
        var forLookups = ChannelNeeds.MissingForLookups(access);
        if (forPosts != DiscordPermissions.None)
        {
            var missing = GetNames(forPosts | forLookups);
            return new DoctorFinding(
                problem,
                What,
                $"#{access.Name} {name} lacks {missing}. Grant that to the bot’s role in the channel’s "
                    + "settings, under Permissions."
            );
        }

        if (forLookups != DiscordPermissions.None)
        {
            return DoctorFinding.Note(
                What,
                $"#{access.Name} {name} lacks {GetNames(forLookups)}: a post whose answer is lost "
                    + "cannot be looked up there, and is not sent again."
            );
        }

        return DoctorFinding.Ok(What, $"#{access.Name} {name} grants all needed permissions");
    }

    private static IEnumerable<IGrouping<ChannelId, Use>> GetOperatorChannels(BotSettings settings)
    {
        List<Use> uses = [];
        foreach (var schedule in settings.Schedules)
        {
            var channels = schedule.To.Where(to => Destinations.GetChannel(to) is not null);
            uses.AddRange(channels.Select(to => new Use(schedule.Id.Name, to, schedule.Options)));
        }

        if (settings.Alerts.Discord is { } alerts)
        {
            var channel = Destinations.OfChannel(alerts);
            uses.Add(new Use("alerts", channel, PostOptions.Default));
        }

        return uses.GroupBy(use => Destinations.GetChannel(use.Destination)!.Value);
    }

    private static IEnumerable<IGrouping<ChannelId, Use>> GetGuildChannels(IEnumerable<GuildSettings> guilds)
    {
        var present = guilds.Where(guild => guild.LeftAt is null);
        var schedules = present.SelectMany(guild => guild.Schedules);
        var active = schedules.Where(schedule => schedule.Paused is null);
        return active.GroupBy(schedule => schedule.Channel, CreateUse);
    }

    private static Use CreateUse(GuildSchedule schedule)
    {
        var name = schedule.Id.ToString();
        return new Use(name, schedule.Destination, schedule.Options);
    }

    /// <summary>As Discord's settings call them; without the bold print of a message.</summary>
    private static string GetNames(DiscordPermissions missing) =>
        Strings.English.Permissions(missing).Replace("**", "", StringComparison.Ordinal);

    /// <summary>What posts to a channel.</summary>
    /// <param name="Name">The schedule, or the alerts.</param>
    /// <param name="Destination">The channel.</param>
    /// <param name="Options">The options of the schedule.</param>
    private sealed record Use(string Name, Destination Destination, PostOptions Options);
}
