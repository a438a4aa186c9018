using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary><c>serge doctor</c>: what is well, and what has to be done about the rest. It changes nothing on either platform; what a Mastodon token may do is tried on a post that no server has.</summary>
internal static class DoctorCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Create(CommandContext context)
    {
        var json = TablePrinter.JsonOption();
        var command = new Command(
            "doctor",
            "Look at settings, quote files, ledger, clock, platforms and channels: each line is good, or says what to do. Prints the invite links."
        )
        {
            json,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                List<DoctorFinding> found = [];
                await foreach (var line in ExamineAsync(context.GetHome(result), context, cancellationToken))
                {
                    found.Add(line);
                    if (!result.GetValue(json))
                    {
                        // Each as it is found: a platform may take its time.
                        line.WriteTo(context.Output, context.Terminal);
                    }
                }

                if (result.GetValue(json))
                {
                    await context.Output.WriteLineAsync(ListJson.Of(found, ListJson.Readable.IReadOnlyListDoctorFinding));
                }

                return found.Any(line => line.Status == DiagnosticStatus.Error) ? 1 : 0;
            }
        );
        return command;
    }

    private static async IAsyncEnumerable<DoctorFinding> ExamineAsync(
        string home,
        CommandContext context,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        WorkerHost? built = null;
        IEnumerable<DoctorFinding> troubles = [];
        try
        {
            built = await context.BuildWorkerAsync(
                home,
                new Dictionary<string, string?>(StringComparer.Ordinal) { ["Logging:LogLevel:Default"] = "None" },
                cancellationToken
            );
        }
        catch (SettingsException e)
        {
            troubles = e.Problems.Select(problem => new DoctorFinding(DiagnosticStatus.Error, "settings", problem));
        }
        catch (CatalogueException e)
        {
            troubles = e
                .Problems.Where(problem => problem.Severity == Severity.Error)
                .Select(problem => new DoctorFinding(DiagnosticStatus.Error, "quote files", problem.ToString()));
        }
        catch (LedgerException e)
        {
            troubles = [new DoctorFinding(DiagnosticStatus.Error, "ledger", e.Message)];
        }

        foreach (var trouble in troubles)
        {
            yield return trouble;
        }

        if (built is null)
        {
            yield break;
        }

        await using var host = built;
        var settings = host.Services.GetRequiredService<BotSettings>();
        var catalogue = host.Services.GetRequiredService<LiveCatalogue>().Current;
        yield return new DoctorFinding(
            DiagnosticStatus.Ok,
            "settings",
            $"{home}, time zone {settings.TimeZone.Id}, {settings.Schedules.Count} schedules"
        );
        yield return new DoctorFinding(
            DiagnosticStatus.Ok,
            "quote files",
            $"{catalogue.Quotes.Count} quotations, {catalogue.Events.Count} events"
        );
        yield return new DoctorFinding(DiagnosticStatus.Ok, "ledger", host.Services.GetRequiredService<Database>().Name);
        yield return settings.Alerts is { Discord: null, Mastodon: null }
            ? new DoctorFinding(
                DiagnosticStatus.Off,
                "alerts",
                "Set Alerts:Discord (a channel) or Alerts:Mastodon (an account) to be told when a post fails."
            )
            : new DoctorFinding(
                DiagnosticStatus.Ok,
                "alerts",
                string.Join(
                    " and ",
                    new[]
                    {
                        settings.Alerts.Discord is { } channel ? $"channel {channel}" : null,
                        settings.Alerts.Mastodon,
                    }.OfType<string>()
                )
            );
        yield return MachineCheck.ZoneData();
        using var patience = new CancellationTokenSource(Patience, context.Clocks.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        yield return await MachineCheck.ClockAsync(
            settings,
            context.Clocks,
            context.Dependencies.CreateHttpHandler,
            stop.Token
        );
        if (settings.Mastodon is not { } mastodon)
        {
            yield return new DoctorFinding(
                DiagnosticStatus.Off,
                "Mastodon",
                "Set Mastodon:Address and Mastodon:AccessToken to post there."
            );
        }
        else
        {
            foreach (var finding in await host.Services.GetRequiredService<AccountCheck>().RunAsync(stop.Token))
            {
                yield return new DoctorFinding(VerdictOf(finding.Kind, mastodon.EnforcesPolicyChecks), "Mastodon", finding.Message);
            }
        }

        if (settings.Discord is null)
        {
            yield return new DoctorFinding(
                DiagnosticStatus.Off,
                "Discord",
                "Set Discord:Token to be there. The token is made in the Developer Portal, under Bot."
            );
            yield break;
        }

        await foreach (var line in ExamineDiscordAsync(host.Services, settings, stop.Token))
        {
            yield return line;
        }
    }

    private static async IAsyncEnumerable<DoctorFinding> ExamineDiscordAsync(
        IServiceProvider services,
        BotSettings settings,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var discord = services.GetRequiredService<IDiscord>();
        switch (await discord.GetApplicationAsync(cancellationToken))
        {
            case Result<DiscordApplication>.Success(var application):
                yield return new DoctorFinding(DiagnosticStatus.Ok, "Discord", $"the token is that of {application.Name}");
                yield return InteractionEndpointCheck.FindProblem(application, settings.Discord is { InteractionsOverHttp: true })
                    is { } trouble
                    ? new DoctorFinding(DiagnosticStatus.Error, "interactions", trouble)
                    : new DoctorFinding(
                        DiagnosticStatus.Ok,
                        "interactions",
                        application.InteractionsEndpoint is { } endpoint ? $"at {endpoint}" : "over the gateway"
                    );
                yield return new DoctorFinding(DiagnosticStatus.Ok, "to a server", Invite.ToServer(application.Id).AbsoluteUri);
                yield return new DoctorFinding(DiagnosticStatus.Ok, "to a member", Invite.ToMember(application.Id).AbsoluteUri);
                break;
            case Result<DiscordApplication>.Unauthorized(var reason):
                yield return new DoctorFinding(
                    DiagnosticStatus.Error,
                    "Discord",
                    $"The token is not accepted. Make a new one in the Developer Portal, under Bot, and set Discord:Token. ({reason})"
                );
                yield break;
            case var other:
                yield return new DoctorFinding(
                    DiagnosticStatus.Error,
                    "Discord",
                    $"It does not answer as it should. Try again later. ({Reason(other)})"
                );
                yield break;
        }

        var commands = services.GetRequiredService<InteractionDispatcher>().Commands;
        yield return await discord.HasCommandsAsync(commands, cancellationToken) switch
        {
            Result<bool>.Success(true) => new DoctorFinding(DiagnosticStatus.Ok, "slash commands", $"{commands.Count}, registered"),
            Result<bool>.Success(false) => new DoctorFinding(
                DiagnosticStatus.Ok,
                "slash commands",
                $"{commands.Count}; others are registered now, serge run registers these"
            ),
            var other => new DoctorFinding(
                DiagnosticStatus.Error,
                "slash commands",
                $"Whether they are registered could not be seen. ({Reason(other)})"
            ),
        };
        await foreach (
            var line in ChannelDiagnostics.RunAsync(
                discord,
                settings,
                await services.GetRequiredService<IGuildStore>().ListAsync(cancellationToken),
                cancellationToken
            )
        )
        {
            yield return line;
        }
    }

    private static DiagnosticStatus VerdictOf(DiagnosticKind kind, bool isStrict) =>
        kind switch
        {
            DiagnosticKind.Ok => DiagnosticStatus.Ok,
            DiagnosticKind.Note => DiagnosticStatus.Note,
            DiagnosticKind.Warning => isStrict ? DiagnosticStatus.Error : DiagnosticStatus.Note,
            _ => DiagnosticStatus.Error,
        };

    private static string Reason<T>(Result<T> answer) =>
        answer switch
        {
            Result<T>.Refused(_, var reason) => reason,
            Result<T>.Unauthorized(var reason) => reason,
            Result<T>.Unavailable(var reason) => reason,
            _ => "",
        };
}
