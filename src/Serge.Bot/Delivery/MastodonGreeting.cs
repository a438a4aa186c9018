using Microsoft.Extensions.Hosting;
using Serge.Bot.Citizenship;
using Serge.Bot.Health;

namespace Serge.Bot.Delivery;

/// <summary>Introduces the bot to its Mastodon server at the start, and says in the log what it found out there.</summary>
/// <remarks>Posts do not wait for it, unless <c>Mastodon:Citizenship</c> is <c>strict</c>. A server that is down is asked again, less and less often, and so is one that a strict bot
/// may not post to yet; what was said once is not said again. A token that is refused is not tried again.</remarks>
internal sealed partial class MastodonGreeting(
    AccountExam exam,
    Clocks clocks,
    ILogger<MastodonGreeting> logger,
    Connections? connections = null
) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>After a post that did not reach the server.</summary>
    internal static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(5);

    private readonly HashSet<Finding> _said = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            for (
                var wait = FirstWait;
                !await GreetAsync(stoppingToken);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait
            )
            {
                await Task.Delay(wait, clocks.Wire, stoppingToken);
            }

            // Over, until a post does not reach the server. Without another look the health pages would say so until the next post, perhaps a day later.
            do
            {
                await Task.Delay(LookAgainAfter, clocks.Wire, stoppingToken);
            } while (connections?.Mastodon.State is not { IsUp: false, IsLostForGood: false });
        }
    }

    /// <summary>One try.</summary>
    /// <returns>Whether it is over, for better or worse.</returns>
    internal async Task<bool> GreetAsync(CancellationToken cancellationToken)
    {
        var found = await exam.ExamineAsync(cancellationToken);
        foreach (var finding in found.Where(_said.Add))
        {
            switch (finding.Kind)
            {
                case FindingKind.Wrong:
                    LogWrong(finding.Says);
                    break;
                case FindingKind.Breach or FindingKind.Down:
                    LogBreach(finding.Says);
                    break;
                default:
                    LogFound(finding.Says);
                    break;
            }
        }

        if (found.Any(finding => finding.Kind == FindingKind.Good))
        {
            connections?.Mastodon.IsUp();
        }
        else
        {
            connections?.Mastodon.IsDown(forGood: found.Any(finding => finding.Kind == FindingKind.Wrong));
        }

        return found.All(finding => finding.Kind != FindingKind.Down) && exam.ClosedBecause is null;
    }

    [LoggerMessage(LogLevel.Information, "Mastodon: {Says}")]
    private partial void LogFound(string says);

    [LoggerMessage(LogLevel.Warning, "Mastodon: {Says}")]
    private partial void LogBreach(string says);

    [LoggerMessage(LogLevel.Error, "Mastodon: {Says}")]
    private partial void LogWrong(string says);
}
