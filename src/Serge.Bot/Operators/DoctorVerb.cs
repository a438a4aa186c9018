using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Serge.Bot.Citizenship;
using Serge.Bot.Commands;
using Serge.Bot.Delivery;
using Serge.Bot.Places;
using Serge.Bot.Settings;
using Serge.Bot.Storage;

namespace Serge.Bot.Operators;

/// <summary><c>serge doctor</c>: what is well, and what has to be done about the rest. It changes nothing on either platform; what a Mastodon token may do is tried on a post that no server has.</summary>
internal static class DoctorVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Create(VerbContext context)
    {
        var json = Listing.JsonOption();
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
                List<DoctorLine> found = [];
                await foreach (var line in ExamineAsync(context.HomeOf(result), context, cancellationToken))
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
                    await context.Output.WriteLineAsync(ListJson.Of(found, ListJson.Readable.IReadOnlyListDoctorLine));
                }

                return found.Any(line => line.Verdict == Verdict.Wrong) ? 1 : 0;
            }
        );
        return command;
    }

    private static async IAsyncEnumerable<DoctorLine> ExamineAsync(
        string home,
        VerbContext context,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        WorkerHost? built = null;
        IEnumerable<DoctorLine> troubles = [];
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
            troubles = e.Problems.Select(problem => new DoctorLine(Verdict.Wrong, "settings", problem));
        }
        catch (CatalogueException e)
        {
            troubles = e
                .Problems.Where(problem => problem.Severity == Severity.Error)
                .Select(problem => new DoctorLine(Verdict.Wrong, "quote files", problem.ToString()));
        }
        catch (LedgerException e)
        {
            troubles = [new DoctorLine(Verdict.Wrong, "ledger", e.Message)];
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
        yield return new DoctorLine(
            Verdict.Good,
            "settings",
            $"{home}, time zone {settings.TimeZone.Id}, {settings.Schedules.Count} schedules"
        );
        yield return new DoctorLine(
            Verdict.Good,
            "quote files",
            $"{catalogue.Quotes.Count} quotations, {catalogue.Events.Count} events"
        );
        yield return new DoctorLine(Verdict.Good, "ledger", host.Services.GetRequiredService<Database>().Name);
        yield return settings.Alerts is { Discord: null, Mastodon: null }
            ? new DoctorLine(
                Verdict.Off,
                "alerts",
                "Set Alerts:Discord (a channel) or Alerts:Mastodon (an account) to be told when a post fails."
            )
            : new DoctorLine(
                Verdict.Good,
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
        yield return MachineExam.ZoneData();
        using var patience = new CancellationTokenSource(Patience, context.Clocks.Wire);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        yield return await MachineExam.ClockAsync(
            settings,
            context.Clocks,
            context.Dependencies.CreateHttpHandler,
            stop.Token
        );
        if (settings.Mastodon is not { } mastodon)
        {
            yield return new DoctorLine(
                Verdict.Off,
                "Mastodon",
                "Set Mastodon:Address and Mastodon:AccessToken to post there."
            );
        }
        else
        {
            foreach (var finding in await host.Services.GetRequiredService<AccountExam>().ExamineAsync(stop.Token))
            {
                yield return new DoctorLine(VerdictOf(finding.Kind, mastodon.IsStrict), "Mastodon", finding.Says);
            }
        }

        if (settings.Discord is null)
        {
            yield return new DoctorLine(
                Verdict.Off,
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

    private static async IAsyncEnumerable<DoctorLine> ExamineDiscordAsync(
        IServiceProvider services,
        BotSettings settings,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var discord = services.GetRequiredService<IDiscord>();
        switch (await discord.ApplicationAsync(cancellationToken))
        {
            case Answer<DiscordApplication>.Got(var application):
                yield return new DoctorLine(Verdict.Good, "Discord", $"the token is that of {application.Name}");
                yield return InteractionsWay.Trouble(application, settings.Discord is { InteractionsOverHttp: true })
                    is { } trouble
                    ? new DoctorLine(Verdict.Wrong, "interactions", trouble)
                    : new DoctorLine(
                        Verdict.Good,
                        "interactions",
                        application.InteractionsEndpoint is { } endpoint ? $"at {endpoint}" : "over the gateway"
                    );
                yield return new DoctorLine(Verdict.Good, "to a server", Invite.ToServer(application.Id).AbsoluteUri);
                yield return new DoctorLine(Verdict.Good, "to a member", Invite.ToMember(application.Id).AbsoluteUri);
                break;
            case Answer<DiscordApplication>.Unauthorized(var reason):
                yield return new DoctorLine(
                    Verdict.Wrong,
                    "Discord",
                    $"The token is not accepted. Make a new one in the Developer Portal, under Bot, and set Discord:Token. ({reason})"
                );
                yield break;
            case var other:
                yield return new DoctorLine(
                    Verdict.Wrong,
                    "Discord",
                    $"It does not answer as it should. Try again later. ({Reason(other)})"
                );
                yield break;
        }

        var commands = services.GetRequiredService<InteractionAnswers>().Commands;
        yield return await discord.HasCommandsAsync(commands, cancellationToken) switch
        {
            Answer<bool>.Got(true) => new DoctorLine(Verdict.Good, "slash commands", $"{commands.Count}, registered"),
            Answer<bool>.Got(false) => new DoctorLine(
                Verdict.Good,
                "slash commands",
                $"{commands.Count}; others are registered now, serge run registers these"
            ),
            var other => new DoctorLine(
                Verdict.Wrong,
                "slash commands",
                $"Whether they are registered could not be seen. ({Reason(other)})"
            ),
        };
        await foreach (
            var line in ChannelExam.ExamineAsync(
                discord,
                settings,
                await services.GetRequiredService<IPlaces>().ListAsync(cancellationToken),
                cancellationToken
            )
        )
        {
            yield return line;
        }
    }

    private static Verdict VerdictOf(FindingKind kind, bool isStrict) =>
        kind switch
        {
            FindingKind.Good => Verdict.Good,
            FindingKind.Note => Verdict.Note,
            FindingKind.Breach => isStrict ? Verdict.Wrong : Verdict.Note,
            _ => Verdict.Wrong,
        };

    private static string Reason<T>(Answer<T> answer) =>
        answer switch
        {
            Answer<T>.Refused(_, var reason) => reason,
            Answer<T>.Unauthorized(var reason) => reason,
            Answer<T>.Unavailable(var reason) => reason,
            _ => "",
        };
}
