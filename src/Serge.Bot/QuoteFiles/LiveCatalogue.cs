using System.Collections.Frozen;

namespace Serge.Bot.QuoteFiles;

/// <summary>The catalogue that is served: the last good one, whatever happens to the files meanwhile.</summary>
internal sealed class LiveCatalogue : ICatalogueSource
{
    private readonly Lock _change = new();
    private readonly TimeProvider _calendar;
    private volatile QuoteCatalogue _current;
    private IReadOnlySet<string> _withdrawn = FrozenSet<string>.Empty;
    private DateTimeOffset _loadedAt;
    private DateTimeOffset? _refusedSince;

    private LiveCatalogue(
        string folder,
        QuoteCatalogue catalogue,
        IReadOnlyList<Problem> problems,
        TimeProvider calendar
    )
    {
        (Folder, Unfiltered, _current, Problems, _calendar) = (folder, catalogue, catalogue, problems, calendar);
        _loadedAt = calendar.GetUtcNow();
    }

    /// <summary>Reads it for the first time.</summary>
    /// <param name="folder">The folder <c>quotes/</c> of the home.</param>
    /// <param name="calendar">Tells when it was read; the system's clock unless given.</param>
    /// <exception cref="CatalogueException">It cannot be served as it is.</exception>
    public static LiveCatalogue Open(string folder, TimeProvider? calendar = null)
    {
        var stamp = FileFingerprint.Of(folder);
        var (catalogue, problems) = CatalogueReader.Read(folder);
        return catalogue is null
            ? throw new CatalogueException(problems)
            : new LiveCatalogue(folder, catalogue, problems, calendar ?? TimeProvider.System) { Fingerprint = stamp };
    }

    /// <summary>The last good one, without what an operator has withdrawn.</summary>
    public QuoteCatalogue Current => _current;

    /// <summary>The last good one as the files have it.</summary>
    public QuoteCatalogue Unfiltered { get; private set; }

    /// <summary>What is wrong with the files as they are now; empty when they are what is served.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; }

    /// <summary>How the quote files stand, for whoever shows it.</summary>
    public CatalogueState State
    {
        get
        {
            lock (_change)
            {
                return new()
                {
                    LoadedAt = _loadedAt,
                    RefusedSince = _refusedSince,
                    Quotes = _current.Quotes.Count,
                    Events = _current.Events.Count,
                    Withdrawn =
                        Unfiltered.Quotes.Count
                        + Unfiltered.Events.Count
                        - _current.Quotes.Count
                        - _current.Events.Count,
                    Problems = Problems,
                };
            }
        }
    }

    /// <summary>The folder it comes from.</summary>
    public string Folder { get; }

    /// <summary>The files as they were just before they were last read, see <see cref="FileFingerprint"/>.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>The files as they are now.</summary>
    public string GetFingerprint() => FileFingerprint.Of(Folder);

    /// <summary>Called after the files were read and before they are trusted, so that a test can write at just that moment.</summary>
    internal Action AfterReading { get; set; } = static () => { };

    /// <summary>Reads the files again. Whatever is wrong with them, <see cref="Current"/> stays good.</summary>
    public ReloadResult Reload()
    {
        var stamp = GetFingerprint();
        var (read, problems) = CatalogueReader.Read(Folder);
        AfterReading();
        if (GetFingerprint() != stamp)
        {
            // Somebody wrote while we read, so this may be half of an edit, even if it looks good.
            return ReloadResult.Unstable;
        }

        lock (_change)
        {
            (Fingerprint, Problems) = (stamp, problems);
            if (read is null)
            {
                _refusedSince ??= _calendar.GetUtcNow();
                return ReloadResult.Refused;
            }

            Unfiltered = read;
            _current = read.Exclude(_withdrawn);
            (_loadedAt, _refusedSince) = (_calendar.GetUtcNow(), null);
            return ReloadResult.Served;
        }
    }

    /// <summary>Takes these quotations and events out of what is served, and puts back whatever else was out.</summary>
    public void Withdraw(IReadOnlySet<string> items)
    {
        lock (_change)
        {
            if (!_withdrawn.SetEquals(items))
            {
                _withdrawn = items;
                _current = Unfiltered.Exclude(items);
            }
        }
    }
}

/// <summary>What came of reading the quote files again.</summary>
internal enum ReloadResult
{
    /// <summary>They are good, and served from now on.</summary>
    Served,

    /// <summary>They have errors; what was served before is served on.</summary>
    Refused,

    /// <summary>They changed while they were read; nothing was taken from them, and they are worth another look.</summary>
    Unstable,
}

/// <summary>How the quote files stand: what is served, since when, and what is wrong with the files now.</summary>
internal sealed record CatalogueState
{
    /// <summary>When what is served was read, by the calendar.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>Since when the files have errors, so that what is served is older than they are; <see langword="null"/> when all is well.</summary>
    public DateTimeOffset? RefusedSince { get; init; }

    /// <summary>How many quotations are served.</summary>
    public required int Quotes { get; init; }

    /// <summary>How many events are served.</summary>
    public required int Events { get; init; }

    /// <summary>How many quotations and events stand in the files and were withdrawn by an operator.</summary>
    public int Withdrawn { get; init; }

    /// <summary>What is wrong with the files as they are now, warnings too.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];
}

/// <summary>The quote files cannot be served; every problem is listed.</summary>
/// <param name="problems">All of them.</param>
internal sealed class CatalogueException(IReadOnlyList<Problem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
