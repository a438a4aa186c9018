using System.Collections.Frozen;

namespace Serge.Bot.Playground.Api;

/// <summary>Keeps the state that the page shows, part by part, as JSON. Open pages wait for its changes.</summary>
internal sealed class StateBroadcaster(PlaygroundContext context)
{
    /// <summary>Rows of the ledger to read. A jump of three years leaves about 4,000 missed posts.</summary>
    internal const int LedgerRows = 5000;

    /// <summary>The period of the worker's plan to show.</summary>
    private static readonly TimeSpan PlanPeriod = TimeSpan.FromDays(4);

    /// <summary>Changes within this time are published together.</summary>
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(60);

    /// <summary>The interval for changes without a signal, such as a lease that expires.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private volatile StateSnapshot _current = new(FrozenDictionary<string, string>.Empty);

    /// <summary>Whether the last update failed.</summary>
    private bool _hasFailed;

    public StateSnapshot Current => _current;

    /// <summary>Updates the state until cancelled. A failed update is logged, and the next one tries again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var clock = context.Clocks.System;
        try
        {
            while (true)
            {
                await TryUpdateAsync(cancellationToken);
                await context.Changes.WaitAsync(PollInterval, clock, cancellationToken);
                await Task.Delay(Debounce, clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The playground stops.
        }
    }

    private async Task TryUpdateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await UpdateAsync(cancellationToken);
            _hasFailed = false;
        }
        catch (Exception e) when (!e.IsCancellationBy(cancellationToken))
        {
            // Logged once, because an entry in the log causes another update.
            if (!_hasFailed)
            {
                _hasFailed = true;
                var text = $"The page could not be updated ({e.GetType().Name}); trying again each second.";
                context.EventLog.Write(EventLogSource.You, EventLogLevel.Error, text);
            }
        }
    }

    private async Task UpdateAsync(CancellationToken cancellationToken)
    {
        var parts = await CreatePartsAsync(cancellationToken);
        StateSnapshot next = new(parts.ToFrozenDictionary());
        var last = _current;
        if (!next.HasSameParts(last))
        {
            _current = next;
            last.MarkReplaced();
        }
    }

    private async Task<Dictionary<string, string>> CreatePartsAsync(CancellationToken cancellationToken)
    {
        var posts = await context.Ledger.GetRecentAsync(LedgerRows, cancellationToken);
        var plan = await GetPlanAsync(cancellationToken);
        var messages = context.Conversation.Entries.Select(entry => MessageView.Create(entry, context.Platforms));
        var statuses = context.Timeline.Entries.Select(StatusView.Create);
        var faults = context.Faults.Armed.Select(armed => new FaultView(armed.Kind, armed.Platform));
        var catalogue = context.Worker.FindCatalogue()?.Unfiltered;
        Dictionary<string, string> parts = new(StringComparer.Ordinal);
        Add("platforms", PlatformsView.Create(context.Platforms));
        Add("calendar", CalendarView.Create(context));
        Add("worker", WorkerView.Create(context));
        Add("messages", messages.ToArray());
        Add("statuses", statuses.ToArray());
        Add("log", context.EventLog.Entries.ToArray());
        Add("ledger", LedgerView.Create(posts));
        Add("plan", PlanView.Create(plan, catalogue));
        Add("faults", faults.ToArray());
        if (context.HasBot)
        {
            Add("quoteFiles", await EditingView.CreateAsync(context, posts, cancellationToken));
        }

        return parts;

        void Add<T>(string name, T part) => parts.Add(name, PageJson.Write(part));
    }

    /// <summary>Returns the worker's plan; <see langword="null"/> if no worker is running.</summary>
    private async Task<IReadOnlyList<PlanEntry>?> GetPlanAsync(CancellationToken cancellationToken)
    {
        if (context.Worker.Services is not { } services)
        {
            return null;
        }

        try
        {
            return await services.GetRequiredService<PlanBuilder>().BuildAsync(PlanPeriod, cancellationToken);
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException or LedgerException)
        {
            // The worker was killed meanwhile.
            return null;
        }
    }
}

/// <summary>One version of the state.</summary>
/// <param name="parts">JSON by the name of the part.</param>
internal sealed class StateSnapshot(FrozenDictionary<string, string> parts)
{
    private readonly TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyDictionary<string, string> Parts => parts;

    /// <summary>Completes when there is a newer version.</summary>
    public Task Replaced => _replaced.Task;

    public void MarkReplaced() => _replaced.TrySetResult();

    public bool HasSameParts(StateSnapshot other)
    {
        bool IsSame(KeyValuePair<string, string> part) => other.Parts.GetValueOrDefault(part.Key) == part.Value;

        return parts.Count == other.Parts.Count && parts.All(IsSame);
    }
}
