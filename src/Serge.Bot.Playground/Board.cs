using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Serge.Bot.Playground.Api;

namespace Serge.Bot.Playground;

/// <summary>What the page shows, part by part, as JSON. Made anew when something changes; every open page waits for that.</summary>
/// <param name="playground">What is shown.</param>
internal sealed class Board(PlaygroundParts playground)
{
    /// <summary>How many rows of the ledger are read. A calendar that jumps over three years leaves some four thousand missed ones.</summary>
    internal const int LedgerRows = 5000;

    /// <summary>The worker's plan is shown this far ahead.</summary>
    private static readonly TimeSpan PlannedAhead = TimeSpan.FromDays(4);

    /// <summary>Changes come in flocks; those within this time are shown together.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(60);

    /// <summary>What changes without a word, such as a lease that ends, is noticed within this time.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private volatile Sheet _current = new(FrozenDictionary<string, string>.Empty);

    /// <summary>What is shown now.</summary>
    public Sheet Current => _current;

    /// <summary>Keeps it up to date until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var next = new Sheet((await PartsAsync(cancellationToken)).ToFrozenDictionary(StringComparer.Ordinal));
                var last = _current;
                if (!next.SameAs(last))
                {
                    _current = next;
                    last.Turn();
                }

                await playground.Changes.WaitAsync(Pace, playground.Clocks.System, cancellationToken);
                await Task.Delay(Together, playground.Clocks.System, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The playground closes.
        }
    }

    private async Task<Dictionary<string, string>> PartsAsync(CancellationToken cancellationToken)
    {
        var posts = await playground.Ledger.GetRecentAsync(LedgerRows, cancellationToken);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["places"] = PageJson.Write(PlacesView.Of(playground.Places)),
            ["calendar"] = PageJson.Write(CalendarView.Of(playground.Clocks, playground.Calendar, playground.Settings)),
            ["worker"] = PageJson.Write(WorkerView.Of(playground)),
            ["messages"] = PageJson.Write(
                playground.Conversation.All.Select(said => MessageView.Of(said, playground.Places)).ToArray()
            ),
            ["statuses"] = PageJson.Write(playground.Timeline.All.Select(StatusView.Of).ToArray()),
            ["diary"] = PageJson.Write(playground.Diary.Lines.Select(DiaryLineView.Of).ToArray()),
            ["ledger"] = PageJson.Write(LedgerView.Of(posts)),
            ["plan"] = PageJson.Write(PlanView.Of(await PlanAsync(cancellationToken))),
            ["troubles"] = PageJson.Write(
                playground.Troubles.Armed.Select(armed => new TroubleView(armed.Kind, armed.Side)).ToArray()
            ),
        };
    }

    /// <summary>What the worker will post; nothing while there is no worker to ask.</summary>
    private async Task<IReadOnlyList<PlanEntry>?> PlanAsync(CancellationToken cancellationToken)
    {
        try
        {
            return playground.Seat.Services is { } services
                ? await services.GetRequiredService<PlanBuilder>().BuildAsync(PlannedAhead, cancellationToken)
                : null;
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException or LedgerException)
        {
            // It was killed while it was asked.
            return null;
        }
    }
}

/// <summary>One state of the board.</summary>
/// <param name="parts">JSON by the name of the part.</param>
internal sealed class Sheet(FrozenDictionary<string, string> parts)
{
    private readonly TaskCompletionSource _turned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>JSON by the name of the part.</summary>
    public IReadOnlyDictionary<string, string> Parts => parts;

    /// <summary>Ends when there is a newer one.</summary>
    public Task Turned => _turned.Task;

    /// <summary>There is a newer one.</summary>
    public void Turn() => _turned.TrySetResult();

    /// <summary>Whether both show the same.</summary>
    public bool SameAs(Sheet other) =>
        parts.Count == other.Parts.Count
        && parts.All(part => other.Parts.TryGetValue(part.Key, out var json) && json == part.Value);
}
