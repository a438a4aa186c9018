using System.Runtime.CompilerServices;

namespace Serge.Bot.Cli;

/// <summary>Checks the bot's permissions in each channel that it posts to: of the settings' schedules, the alerts, and
/// the servers' schedules.</summary>
internal static class ChannelDiagnostics
{
    private const string What = "channel";

    private const string NoMessages = "accepts no messages. Choose a text channel.";

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
        foreach (var uses in GetOperatorChannels(settings))
        {
            foreach (var finding in await CheckAsync(discord, uses, isOperators: true, cancellationToken))
            {
                yield return finding;
            }
        }

        var guildChannels = GetGuildChannels(guilds).ToArray();
        foreach (var uses in guildChannels.Take(MaxGuildChannels))
        {
            foreach (var finding in await CheckAsync(discord, uses, isOperators: false, cancellationToken))
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

    /// <summary>The findings for one channel: its permissions, and what does not fit there. A channel that refuses
    /// every post of a schedule is not ok for that schedule.</summary>
    private static async Task<IReadOnlyList<DoctorFinding>> CheckAsync(
        IDiscord discord,
        IGrouping<ChannelId, Use> uses,
        bool isOperators,
        CancellationToken cancellationToken
    )
    {
        var channel = uses.Key;
        var answer = await discord.GetChannelAccessAsync(channel, cancellationToken);
        var permissions = Describe(answer, channel, JoinNames(uses), isOperators);
        if (!answer.TryGetValue(out var access) || !MayAcceptPosts(access))
        {
            return [permissions];
        }

        var roles = await GetRolesAsync(discord, access, uses, cancellationToken);
        List<Use> working = [];
        List<DoctorFinding> findings = [];
        foreach (var use in uses)
        {
            OptionFinding[] problems = [.. FindProblems(access, use, roles)];
            findings.AddRange(problems.Select(problem => Describe(problem, access, use, isOperators)));
            if (!Array.Exists(problems, static problem => problem.PreventsPosts))
            {
                working.Add(use);
            }
        }

        if (permissions.Status != DiagnosticStatus.Ok)
        {
            findings.Insert(0, permissions);
        }
        else if (working.Count > 0)
        {
            findings.Insert(0, Describe(answer, channel, JoinNames(working), isOperators));
        }

        return findings;
    }

    private static async Task<IReadOnlyList<DiscordRole>?> GetRolesAsync(
        IDiscord discord,
        ChannelAccess access,
        IEnumerable<Use> uses,
        CancellationToken cancellationToken
    )
    {
        if (access.Guild is not { } guild || uses.All(use => use.Options.Mention is null))
        {
            return null;
        }

        var answer = await discord.GetRolesAsync(guild, cancellationToken);
        answer.TryGetValue(out var roles);
        return roles;
    }

    private static IEnumerable<OptionFinding> FindProblems(
        ChannelAccess access,
        Use use,
        IReadOnlyList<DiscordRole>? roles
    )
    {
        if (use.IsForAlerts && access.Kind == ChannelKind.Forum)
        {
            return [new OptionFinding(NoMessages, PreventsPosts: true)];
        }

        return OptionDiagnostics.Find(access, use.Destination, use.Options, roles);
    }

    private static DoctorFinding Describe(OptionFinding problem, ChannelAccess access, Use use, bool isOperators)
    {
        var isError = problem.PreventsPosts && isOperators;
        var status = isError ? DiagnosticStatus.Error : DiagnosticStatus.Note;
        return new DoctorFinding(status, What, $"#{access.Name} ({use.Name}) {problem.Message}");
    }

    /// <summary>A forum accepts posts, but no messages.</summary>
    private static bool MayAcceptPosts(ChannelAccess access) =>
        access.AcceptsMessages || access.Kind == ChannelKind.Forum;

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
        if (!MayAcceptPosts(access))
        {
            return new DoctorFinding(problem, What, $"#{access.Name} {name} {NoMessages}");
        }

        if (access.Permissions is null)
        {
            return DoctorFinding.Note(
                What,
                $"#{access.Name} {name} is visible; the server does not say which permissions the bot has there."
            );
        }

        var forPosts = ChannelRequirements.FindMissing(access);
        var forLookups = ChannelRequirements.FindMissingForLookups(access);
        if (forPosts != DiscordPermissions.None)
        {
            var missing = GetNames(forPosts | forLookups);
            var isThread = access.Kind == ChannelKind.Thread;
            var settings = isThread ? "the settings of the thread’s channel" : "the channel’s settings";
            return new DoctorFinding(
                problem,
                What,
                $"#{access.Name} {name} lacks {missing}. Grant that to the bot’s role in {settings}, under Permissions."
            );
        }

        if (forLookups != DiscordPermissions.None)
        {
            return DoctorFinding.Note(
                What,
                $"#{access.Name} {name} lacks {GetNames(forLookups)}: a post whose response is lost "
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
            uses.Add(new Use("alerts", channel, PostOptions.Default, IsForAlerts: true));
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
    /// <param name="IsForAlerts">Whether it gets the alerts, which are never posts of a forum.</param>
    private sealed record Use(string Name, Destination Destination, PostOptions Options, bool IsForAlerts = false);
}
