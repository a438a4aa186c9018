using System.Runtime.CompilerServices;

namespace Serge.Bot.Cli;

/// <summary>The checks of <c>serge doctor</c> that need a worker.</summary>
internal sealed class DoctorChecks(
    BotSettings settings,
    LiveCatalogue catalogue,
    Database database,
    IGuildStore guilds,
    IEnumerable<AccountCheck> accountChecks,
    IEnumerable<IDiscord> discord,
    IEnumerable<InteractionDispatcher> dispatchers,
    CommandContext context
)
{
    /// <summary>All requests together take no longer than this.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public async IAsyncEnumerable<DoctorFinding> RunAsync(
        string home,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var current = catalogue.Current;
        var schedules = Plural.Of(settings.Schedules.Count, "schedule");
        yield return DoctorFinding.Ok("settings", $"{home}, time zone {settings.TimeZone.Id}, {schedules}");
        yield return DoctorFinding.Ok("quote files", Plural.OfCatalogue(current.Quotes.Count, current.Events.Count));
        yield return CheckLedger();
        foreach (var finding in CheckAlerts())
        {
            yield return finding;
        }

        yield return MachineCheck.CheckZoneData();

        if (settings is { Discord: null, Mastodon: null })
        {
            yield return DoctorFinding.Error("platforms", RunCommand.NoPlatform);
        }

        using CancellationTokenSource timeout = new(Timeout, context.Clocks.System);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        yield return await MachineCheck.CheckClockAsync(settings, context, linked.Token);
        if (settings.Site.Address is { } site)
        {
            var createHandler = context.Dependencies.CreateHttpHandler;
            yield return await SiteDiagnostics.CheckAsync(site, current, createHandler, linked.Token);
        }

        foreach (var finding in await CheckMastodonAsync(linked.Token))
        {
            yield return finding;
        }

        await foreach (var finding in CheckDiscordAsync(linked.Token))
        {
            yield return finding;
        }
    }

    /// <summary>If the ledger exists, it was opened before these checks. If not, checks whether it can be
    /// created.</summary>
    private DoctorFinding CheckLedger()
    {
        const string What = "ledger";
        if (LedgerDatabase.IsMissing(settings) && SqliteFile.FindCreationProblem(settings.LedgerPath) is { } problem)
        {
            return DoctorFinding.Error(What, problem);
        }

        return DoctorFinding.Ok(What, database.Name);
    }

    /// <summary>The recipients that get alerts, and those that get none.</summary>
    private IEnumerable<DoctorFinding> CheckAlerts()
    {
        const string What = "alerts";
        var alerts = settings.Alerts;
        if (!alerts.HasRecipient)
        {
            yield return DoctorFinding.Off(
                What,
                "Set Alerts:Discord (a channel), Alerts:Mastodon (an account) or Alerts:Webhook (an address) to get a "
                    + "message when a post fails."
            );
            yield break;
        }

        List<string> receivers = [];
        if (alerts.Discord is { } channel && settings.Discord is not null)
        {
            receivers.Add($"channel {channel}");
        }

        if (alerts.Mastodon is { } account && settings.Mastodon is not null)
        {
            receivers.Add(account);
        }

        if (alerts.Webhook is { } webhook)
        {
            receivers.Add(webhook.Describe());
        }

        if (receivers.Count > 0)
        {
            yield return DoctorFinding.Ok(What, string.Join(" and ", receivers));
        }

        if (alerts.Discord is not null && settings.Discord is null)
        {
            yield return DoctorFinding.Error(
                What,
                "Alerts:Discord gets no alerts: Discord has no credentials. Set Discord:Token, or remove "
                    + "Alerts:Discord."
            );
        }

        if (alerts.Mastodon is not null && settings.Mastodon is null)
        {
            yield return DoctorFinding.Error(
                What,
                "Alerts:Mastodon gets no alerts: Mastodon has no credentials. Set Mastodon:Address and "
                    + "Mastodon:AccessToken, or remove Alerts:Mastodon."
            );
        }
    }

    private async Task<IReadOnlyList<DoctorFinding>> CheckMastodonAsync(CancellationToken cancellationToken)
    {
        if (accountChecks.SingleOrDefault() is not { } check || settings.Mastodon is not { } mastodon)
        {
            var hint = "Set Mastodon:Address and Mastodon:AccessToken to post to Mastodon.";
            return [DoctorFinding.Off("Mastodon", hint)];
        }

        var diagnostics = await check.RunAsync(cancellationToken);
        return
        [
            .. diagnostics.Select(diagnostic => new DoctorFinding(
                GetStatus(diagnostic.Kind, mastodon.EnforcesPolicyChecks),
                "Mastodon",
                diagnostic.Message
            )),
        ];
    }

    private async IAsyncEnumerable<DoctorFinding> CheckDiscordAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (discord.SingleOrDefault() is not { } client)
        {
            yield return DoctorFinding.Off(
                "Discord",
                "Set Discord:Token to use Discord. Create the token in the Developer Portal, under Bot."
            );
            yield break;
        }

        var answer = await client.GetApplicationAsync(cancellationToken);
        if (answer is not Result<DiscordApplication>.Success(var application))
        {
            yield return DescribeFailure(answer);
            yield break;
        }

        yield return DoctorFinding.Ok("Discord", $"the token belongs to {application.Name}");
        yield return CheckInteractions(application);
        foreach (var finding in InstallDiagnostics.Run(application, Invite.GetNeeded(settings.Schedules)))
        {
            yield return finding;
        }

        yield return await CheckCommandsAsync(client, cancellationToken);
        var known = await guilds.ListAsync(cancellationToken);
        await foreach (var finding in ChannelDiagnostics.RunAsync(client, settings, known, cancellationToken))
        {
            yield return finding;
        }
    }

    private static DoctorFinding DescribeFailure(Result<DiscordApplication> answer)
    {
        var problem = "Discord did not answer as expected. Try again later.";
        if (answer is Result<DiscordApplication>.Unauthorized)
        {
            problem =
                "Discord rejects the token. Create a new one in the Developer Portal, under Bot, and set "
                + "Discord:Token.";
        }

        return DoctorFinding.Error("Discord", $"{problem} ({GetReason(answer)})");
    }

    private DoctorFinding CheckInteractions(DiscordApplication application)
    {
        var isOverHttp = settings.Discord is { InteractionsOverHttp: true };
        if (InteractionEndpointCheck.FindProblem(application, isOverHttp) is { } problem)
        {
            return DoctorFinding.Error("interactions", problem);
        }

        if (application.InteractionsEndpoint is { } endpoint)
        {
            return DoctorFinding.Ok("interactions", $"at {endpoint}");
        }

        return DoctorFinding.Ok("interactions", "over the gateway");
    }

    private async Task<DoctorFinding> CheckCommandsAsync(IDiscord client, CancellationToken cancellationToken)
    {
        var commands = dispatchers.Single().Commands;
        var answer = await client.HasCommandsAsync(commands, cancellationToken);
        return answer switch
        {
            Result<bool>.Success(true) => DoctorFinding.Ok("slash commands", $"{commands.Count}, registered"),
            Result<bool>.Success(false) => DoctorFinding.Ok(
                "slash commands",
                $"{commands.Count}; not registered, or outdated; serge run registers them"
            ),
            _ => DoctorFinding.Error(
                "slash commands",
                $"It is unknown whether they are registered. ({GetReason(answer)})"
            ),
        };
    }

    private static DiagnosticStatus GetStatus(DiagnosticKind kind, bool isEnforced) =>
        kind switch
        {
            DiagnosticKind.Ok => DiagnosticStatus.Ok,
            DiagnosticKind.Note => DiagnosticStatus.Note,
            DiagnosticKind.Warning when !isEnforced => DiagnosticStatus.Note,
            _ => DiagnosticStatus.Error,
        };

    private static string GetReason<T>(Result<T> answer) =>
        answer switch
        {
            Result<T>.Refused(_, var reason) => reason,
            Result<T>.Unauthorized(var reason) => reason,
            Result<T>.Unavailable(var reason) => reason,
            _ => "",
        };
}
