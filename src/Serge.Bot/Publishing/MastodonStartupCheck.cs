using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Publishing;

/// <summary>Introduces the bot to its Mastodon server at the start, and says in the log what it found out there.</summary>
/// <remarks>Posts do not wait for it, unless <c>Mastodon:PolicyChecks</c> is <c>enforce</c>. A server that is down is asked again, less and less often, and so is one that a strict bot
/// may not post to yet; what was said once is not said again. A token that is refused is not tried again.</remarks>
internal sealed partial class MastodonStartupCheck(
    AccountCheck exam,
    Clocks clocks,
    ILogger<MastodonStartupCheck> logger,
    PlatformConnections connections
) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>After a post that did not reach the server.</summary>
    internal static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(5);

    private readonly HashSet<Diagnostic> _said = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            for (
                var wait = FirstWait;
                !await CheckAsync(stoppingToken);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait
            )
            {
                await Task.Delay(wait, clocks.System, stoppingToken);
            }

            // Over, until a post does not reach the server. Without another look the health pages would say so until the next post, perhaps a day later.
            do
            {
                await Task.Delay(LookAgainAfter, clocks.System, stoppingToken);
            } while (connections.Mastodon.State is not { IsConnected: false, NeedsOperator: false });
        }
    }

    /// <summary>One try.</summary>
    /// <returns>Whether it is over, for better or worse.</returns>
    internal async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        var found = await exam.RunAsync(cancellationToken);
        foreach (var finding in found.Where(_said.Add))
        {
            switch (finding.Kind)
            {
                case DiagnosticKind.Error:
                    LogWrong(finding.Message);
                    break;
                case DiagnosticKind.Warning or DiagnosticKind.Unavailable:
                    LogBreach(finding.Message);
                    break;
                default:
                    LogFound(finding.Message);
                    break;
            }
        }

        if (found.Any(finding => finding.Kind == DiagnosticKind.Ok))
        {
            connections.Mastodon.MarkConnected();
        }
        else
        {
            connections.Mastodon.MarkDisconnected(
                needsOperator: found.Any(finding => finding.Kind == DiagnosticKind.Error)
            );
        }

        return found.All(finding => finding.Kind != DiagnosticKind.Unavailable) && exam.BlockedReason is null;
    }

    [LoggerMessage(LogLevel.Information, "Mastodon: {Says}")]
    private partial void LogFound(string says);

    [LoggerMessage(LogLevel.Warning, "Mastodon: {Says}")]
    private partial void LogBreach(string says);

    [LoggerMessage(LogLevel.Error, "Mastodon: {Says}")]
    private partial void LogWrong(string says);
}
