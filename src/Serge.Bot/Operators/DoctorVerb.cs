using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Serge.Bot.Citizenship;
using Serge.Bot.Commands;
using Serge.Bot.Delivery;
using Serge.Bot.Settings;
using Serge.Bot.Storage;

namespace Serge.Bot.Operators;

/// <summary><c>serge doctor</c>: what is well, and what has to be done about the rest. It changes nothing on either platform; what a Mastodon token may do is tried on a post that no server has.</summary>
internal static class DoctorVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Command Create(VerbContext context)
    {
        var command = new Command("doctor", "Look at settings, quote files, ledger and platforms: each line is good, or says what to do. Prints the invite links.");
        command.SetAction(async (result, cancellationToken) =>
        {
            var isWell = true;
            await foreach (var finding in ExamineAsync(context.HomeOf(result), context.Clocks, cancellationToken))
            {
                isWell &= finding.State != State.Wrong;
                await context.Output.WriteLineAsync(finding.ToString());
            }

            return isWell ? 0 : 1;
        });
        return command;
    }

    private static async IAsyncEnumerable<Line> ExamineAsync(
        string home, Clocks clocks, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WorkerHost? built = null;
        IEnumerable<Line> troubles = [];
        try
        {
            built = await WorkerHost.BuildAsync(
                home, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Logging:LogLevel:Default"] = "None" }, clocks, new SystemChance(), logging: null, cancellationToken);
        }
        catch (SettingsException e)
        {
            troubles = e.Problems.Select(problem => new Line(State.Wrong, "settings", problem));
        }
        catch (CatalogueException e)
        {
            troubles = e.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => new Line(State.Wrong, "quote files", problem.ToString()));
        }
        catch (LedgerException e)
        {
            troubles = [new Line(State.Wrong, "ledger", e.Message)];
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
        yield return new Line(State.Good, "settings", $"{home}, time zone {settings.TimeZone.Id}, {settings.Schedules.Count} schedules");
        yield return new Line(State.Good, "quote files", $"{catalogue.Quotes.Count} quotations, {catalogue.Events.Count} events");
        yield return new Line(State.Good, "ledger", host.Services.GetRequiredService<Database>().Name);
        yield return settings.Alerts is { Discord: null, Mastodon: null }
            ? new Line(State.Off, "alerts", "Set Alerts:Discord (a channel) or Alerts:Mastodon (an account) to be told when a post fails.")
            : new Line(State.Good, "alerts", string.Join(" and ", new[] { settings.Alerts.Discord is { } channel ? $"channel {channel}" : null, settings.Alerts.Mastodon }.OfType<string>()));
        using var patience = new CancellationTokenSource(Patience, clocks.Wire);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        if (settings.Mastodon is not { } mastodon)
        {
            yield return new Line(State.Off, "Mastodon", "Set Mastodon:Address and Mastodon:AccessToken to post there.");
        }
        else
        {
            foreach (var finding in await host.Services.GetRequiredService<AccountExam>().ExamineAsync(stop.Token))
            {
                yield return new Line(StateOf(finding.Kind, mastodon.IsStrict), "Mastodon", finding.Says);
            }
        }

        if (settings.Discord is null)
        {
            yield return new Line(State.Off, "Discord", "Set Discord:Token to be there. The token is made in the Developer Portal, under Bot.");
            yield break;
        }

        await foreach (var finding in ExamineDiscordAsync(host.Services, stop.Token))
        {
            yield return finding;
        }
    }

    private static async IAsyncEnumerable<Line> ExamineDiscordAsync(
        IServiceProvider services, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var discord = services.GetRequiredService<IDiscord>();
        switch (await discord.ApplicationAsync(cancellationToken))
        {
            case Answer<DiscordApplication>.Got(var application):
                yield return new Line(State.Good, "Discord", $"the token is that of {application.Name}");
                yield return InteractionsWay.Trouble(application, services.GetRequiredService<BotSettings>().Discord is { InteractionsOverHttp: true }) is { } trouble
                    ? new Line(State.Wrong, "interactions", trouble)
                    : new Line(State.Good, "interactions", application.InteractionsEndpoint is { } endpoint ? $"at {endpoint}" : "over the gateway");
                yield return new Line(State.Good, "to a server", Invite.ToServer(application.Id).AbsoluteUri);
                yield return new Line(State.Good, "to a member", Invite.ToMember(application.Id).AbsoluteUri);
                break;
            case Answer<DiscordApplication>.Unauthorized(var reason):
                yield return new Line(State.Wrong, "Discord", $"The token is not accepted. Make a new one in the Developer Portal, under Bot, and set Discord:Token. ({reason})");
                yield break;
            case var other:
                yield return new Line(State.Wrong, "Discord", $"It does not answer as it should. Try again later. ({Reason(other)})");
                yield break;
        }

        var commands = services.GetRequiredService<InteractionAnswers>().Commands;
        yield return await discord.HasCommandsAsync(commands, cancellationToken) switch
        {
            Answer<bool>.Got(true) => new Line(State.Good, "slash commands", $"{commands.Count}, registered"),
            Answer<bool>.Got(false) => new Line(State.Good, "slash commands", $"{commands.Count}; others are registered now, serge run registers these"),
            var other => new Line(State.Wrong, "slash commands", $"Whether they are registered could not be seen. ({Reason(other)})"),
        };
    }

    private static State StateOf(FindingKind kind, bool isStrict) => kind switch
    {
        FindingKind.Good => State.Good,
        FindingKind.Note => State.Note,
        FindingKind.Breach => isStrict ? State.Wrong : State.Note,
        _ => State.Wrong,
    };

    private static string Reason<T>(Answer<T> answer) => answer switch
    {
        Answer<T>.Refused(_, var reason) => reason,
        Answer<T>.Unauthorized(var reason) => reason,
        Answer<T>.Unavailable(var reason) => reason,
        _ => "",
    };

    private enum State
    {
        Good,
        Note,
        Off,
        Wrong,
    }

    private sealed record Line(State State, string What, string Says)
    {
        public override string ToString() => $"{State switch { State.Good => "good ", State.Note => "note ", State.Off => "off  ", _ => "WRONG" }}  {What,-14}  {Says}";
    }
}
