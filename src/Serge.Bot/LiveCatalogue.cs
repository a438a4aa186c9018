using System.Collections.Frozen;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot;

/// <summary>The catalogue that is served: the last good one, whatever happens to the files meanwhile.</summary>
internal sealed class LiveCatalogue
{
    private readonly Lock _change = new();
    private volatile QuoteCatalogue _current;
    private IReadOnlySet<string> _withdrawn = FrozenSet<string>.Empty;

    private LiveCatalogue(string folder, QuoteCatalogue catalogue, IReadOnlyList<Problem> problems) => (Folder, Whole, _current, Problems) = (folder, catalogue, catalogue, problems);

    /// <summary>Reads it for the first time.</summary>
    /// <param name="folder">The folder <c>quotes/</c> of the home.</param>
    /// <exception cref="CatalogueException">It cannot be served as it is.</exception>
    public static LiveCatalogue Open(string folder)
    {
        var stamp = StampOf(folder);
        var (catalogue, problems) = CatalogueReader.Read(folder);
        return catalogue is null ? throw new CatalogueException(problems) : new LiveCatalogue(folder, catalogue, problems) { Stamp = stamp };
    }

    /// <summary>The last good one, without what an operator has withdrawn.</summary>
    public QuoteCatalogue Current => _current;

    /// <summary>The last good one as the files have it.</summary>
    public QuoteCatalogue Whole { get; private set; }

    /// <summary>What is wrong with the files as they are now; empty when they are what is served.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; }

    /// <summary>The folder it comes from.</summary>
    public string Folder { get; }

    /// <summary>Names, sizes and times of the files as they were just before they were last read.</summary>
    public string Stamp { get; private set; } = "";

    /// <summary>Names, sizes and times of the files as they are now.</summary>
    public string StampNow() => StampOf(Folder);

    /// <summary>Reads the files again. Whatever is wrong with them, <see cref="Current"/> stays good.</summary>
    /// <returns>Whether the new one is served.</returns>
    public bool Reload()
    {
        Stamp = StampNow();
        var (read, problems) = CatalogueReader.Read(Folder);
        Problems = problems;
        if (read is null)
        {
            return false;
        }

        lock (_change)
        {
            Whole = read;
            _current = read.Without(_withdrawn);
        }

        return true;
    }

    /// <summary>Takes these quotations and events out of what is served, and puts back whatever else was out.</summary>
    public void Withdraw(IReadOnlySet<string> items)
    {
        lock (_change)
        {
            if (!_withdrawn.SetEquals(items))
            {
                _withdrawn = items;
                _current = Whole.Without(items);
            }
        }
    }

    private static string StampOf(string folder)
    {
        try
        {
            return string.Join('|', new DirectoryInfo(folder).EnumerateFiles("*.yaml").OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => FormattableString.Invariant($"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone or closed to us for now; the reader will say so if it stays that way.
            return e.GetType().Name;
        }
    }
}

/// <summary>The quote files cannot be served; every problem is listed.</summary>
/// <param name="problems">All of them.</param>
internal sealed class CatalogueException(IReadOnlyList<Problem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}

/// <summary>Notices that the quote files were edited.</summary>
/// <remarks>It looks at their times and sizes instead of listening for events: that works on every file system and for every way an
/// editor saves. A file is read once it has kept still for a whole look, so never half written.</remarks>
internal sealed partial class CatalogueWatch(LiveCatalogue catalogue, Clocks clocks, ILogger<CatalogueWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private string _seen = catalogue.Stamp;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Pace, clocks.Wire);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    /// <summary>One look at the folder.</summary>
    internal void Look()
    {
        var now = catalogue.StampNow();
        var isStill = now == _seen;
        _seen = now;
        if (!isStill || now == catalogue.Stamp)
        {
            return;
        }

        if (catalogue.Reload())
        {
            LogReloaded(catalogue.Current.Quotes.Count, catalogue.Current.Events.Count);
        }
        else
        {
            LogRefused(catalogue.Problems.Count);
        }

        foreach (var problem in catalogue.Problems.Take(20))
        {
            LogProblem(problem);
        }
    }

    [LoggerMessage(LogLevel.Information, "The quote files changed; {Quotes} quotations and {Events} events are served now")]
    private partial void LogReloaded(int quotes, int events);

    [LoggerMessage(LogLevel.Error, "The quote files changed and have {Count} problems; what was served before is served on")]
    private partial void LogRefused(int count);

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    private partial void LogProblem(Problem problem);
}
