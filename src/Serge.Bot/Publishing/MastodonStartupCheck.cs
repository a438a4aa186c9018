using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Publishing;

/// <summary>Checks the Mastodon account at the start, and again while posts do not reach the server. Logs the
/// results.</summary>
/// <remarks>Posts do not wait for it, unless <c>Mastodon:PolicyChecks</c> is <c>enforce</c>. It repeats the check with
/// a growing delay until the account could be read and posts are not blocked, and logs each diagnostic once. A server
/// may reject a valid token during an outage, so that is checked again too.</remarks>
internal sealed partial class MastodonStartupCheck(
    AccountCheck check,
    Clocks clocks,
    ILogger<MastodonStartupCheck> logger,
    PlatformConnections connections
) : BackgroundService
{
    /// <summary>Interval between two reads of the connection state after the check is complete.</summary>
    internal static readonly TimeSpan RecheckInterval = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan MinRetryDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromHours(1);

    private readonly HashSet<Diagnostic> _logged = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await CheckUntilCompleteAsync(stoppingToken);
            await WaitUntilDisconnectedAsync(stoppingToken);
        }
    }

    /// <returns>Whether it is complete: the account could be read and posts are not blocked.</returns>
    internal async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        var diagnostics = await check.RunAsync(cancellationToken);
        foreach (var diagnostic in diagnostics)
        {
            if (_logged.Add(diagnostic))
            {
                Log(diagnostic);
            }
        }

        var isReadable = HasKind(diagnostics, DiagnosticKind.Ok);
        if (isReadable)
        {
            connections.Mastodon.MarkConnected();
        }
        else
        {
            connections.Mastodon.MarkDisconnected(needsOperator: HasKind(diagnostics, DiagnosticKind.Error));
        }

        return isReadable && check.BlockedReason is null;
    }

    /// <summary>A fault in the check is logged once and counts as incomplete.</summary>
    private async Task<bool> TryCheckAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await CheckAsync(stoppingToken);
        }
        catch (Exception e) when (!e.IsCancellationBy(stoppingToken))
        {
            var fault = Diagnostic.Error($"The account could not be checked: {ExceptionText.Describe(e)}");
            if (_logged.Add(fault))
            {
                Log(fault);
            }

            return false;
        }
    }

    private async Task CheckUntilCompleteAsync(CancellationToken stoppingToken)
    {
        var delay = MinRetryDelay;
        while (!await TryCheckAsync(stoppingToken))
        {
            await Task.Delay(delay, clocks.System, stoppingToken);
            delay = delay * 2 < MaxRetryDelay ? delay * 2 : MaxRetryDelay;
        }
    }

    /// <summary>Waits until the server is marked as disconnected. Without a new check, the health endpoints could
    /// report it as disconnected until the next post, perhaps a day later.</summary>
    private async Task WaitUntilDisconnectedAsync(CancellationToken stoppingToken)
    {
        do
        {
            await Task.Delay(RecheckInterval, clocks.System, stoppingToken);
        } while (connections.Mastodon.State is not { IsConnected: false, NeedsOperator: false });
    }

    private static bool HasKind(IReadOnlyList<Diagnostic> diagnostics, DiagnosticKind kind) =>
        diagnostics.Any(diagnostic => diagnostic.Kind == kind);

    private void Log(Diagnostic diagnostic)
    {
        switch (diagnostic.Kind)
        {
            case DiagnosticKind.Error:
                LogError(diagnostic.Message);
                break;
            case DiagnosticKind.Warning or DiagnosticKind.Unavailable:
                LogWarning(diagnostic.Message);
                break;
            default:
                LogInformation(diagnostic.Message);
                break;
        }
    }

    [LoggerMessage(LogLevel.Information, "Mastodon: {Message}")]
    private partial void LogInformation(string message);

    [LoggerMessage(LogLevel.Warning, "Mastodon: {Message}")]
    private partial void LogWarning(string message);

    [LoggerMessage(LogLevel.Error, "Mastodon: {Message}")]
    private partial void LogError(string message);
}
