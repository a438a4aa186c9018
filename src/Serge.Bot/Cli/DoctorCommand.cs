using System.CommandLine;
using System.Runtime.CompilerServices;

namespace Serge.Bot.Cli;

/// <summary><c>serge doctor</c>: checks everything the bot depends on and says how to fix problems.</summary>
/// <remarks>It changes nothing on either platform. The permissions of a Mastodon token are tested on a post that does
/// not exist.</remarks>
internal static class DoctorCommand
{
    private static readonly Dictionary<string, string?> WithoutLog = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "None",
    };

    public static Command Create(CommandContext context)
    {
        var json = TablePrinter.JsonOption();
        Command command = new(
            "doctor",
            "Check settings, quote files, ledger, clock, platforms and channels, and say how to fix "
                + "problems. Prints the invite links."
        )
        {
            json,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var isJson = result.GetValue(json);
                List<DoctorFinding> findings = [];
                await foreach (var finding in CheckAsync(context.GetHome(result), context, cancellationToken))
                {
                    findings.Add(finding);
                    if (!isJson)
                    {
                        // Immediately: a platform may need some time to answer.
                        finding.WriteTo(context.Output, context.Terminal);
                    }
                }

                if (isJson)
                {
                    var text = ListJson.Of(findings, ListJson.Readable.IReadOnlyListDoctorFinding);
                    await context.Output.WriteLineAsync(text);
                }

                var hasErrors = findings.Any(finding => finding.Status == DiagnosticStatus.Error);
                return CommandLine.GetExitCode(!hasErrors);
            }
        );
        return command;
    }

    private static async IAsyncEnumerable<DoctorFinding> CheckAsync(
        string home,
        CommandContext context,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (built, problems) = await TryBuildAsync(home, context, cancellationToken);
        if (built is null)
        {
            foreach (var problem in problems)
            {
                yield return problem;
            }

            yield break;
        }

        await using var worker = built;
        var checks = worker.Create<DoctorChecks>();
        await foreach (var finding in checks.RunAsync(home, cancellationToken))
        {
            yield return finding;
        }
    }

    private static async Task<(WorkerHost? Worker, IEnumerable<DoctorFinding> Problems)> TryBuildAsync(
        string home,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var worker = await context.BuildWorkerAsync(home, WithoutLog, cancellationToken);
            return (worker, []);
        }
        catch (SettingsException e)
        {
            return (null, e.Problems.Select(problem => DoctorFinding.Error("settings", problem)));
        }
        catch (CatalogueException e)
        {
            var errors = e.Problems.Where(problem => problem.Severity == ProblemSeverity.Error);
            return (null, errors.Select(problem => DoctorFinding.Error("quote files", problem.ToString())));
        }
        catch (LedgerException e)
        {
            return (null, [DoctorFinding.Error("ledger", e.Message)]);
        }
    }
}
