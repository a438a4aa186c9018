using System.Collections.Frozen;

namespace Serge.Bot.QuoteFiles;

/// <summary>The catalogue in use: the last valid version of the quote files.</summary>
internal sealed class LiveCatalogue : ICatalogueSource
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _scheduleClock;
    private volatile QuoteCatalogue _current;
    private IReadOnlySet<string> _withdrawn = FrozenSet<string>.Empty;
    private DateTimeOffset _loadedAt;
    private DateTimeOffset? _refusedSince;

    private LiveCatalogue(
        string folder,
        QuoteCatalogue catalogue,
        IReadOnlyList<Problem> problems,
        TimeProvider scheduleClock
    )
    {
        Folder = folder;
        Unfiltered = catalogue;
        Problems = problems;
        _current = catalogue;
        _scheduleClock = scheduleClock;
        _loadedAt = scheduleClock.GetUtcNow();
    }

    /// <summary>Reads the quote files for the first time.</summary>
    /// <param name="folder">The folder <c>quotes/</c> of the home directory.</param>
    /// <param name="scheduleClock">Default: the system's clock.</param>
    /// <exception cref="CatalogueException">The files have errors.</exception>
    public static LiveCatalogue Open(string folder, TimeProvider? scheduleClock = null)
    {
        var fingerprint = FileFingerprint.Compute(folder, opensFiles: false);
        var (catalogue, problems) = CatalogueReader.Read(folder);
        if (catalogue is null)
        {
            throw new CatalogueException(problems);
        }

        return new LiveCatalogue(folder, catalogue, problems, scheduleClock ?? TimeProvider.System)
        {
            Fingerprint = fingerprint,
        };
    }

    /// <summary>The last valid version, without the items that an operator has withdrawn.</summary>
    public QuoteCatalogue Current => _current;

    /// <summary>The last valid version, with withdrawn items.</summary>
    public QuoteCatalogue Unfiltered { get; private set; }

    /// <summary>The problems of the files that were read last: errors if they were refused, and warnings.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; }

    public CatalogueState State
    {
        get
        {
            lock (_lock)
            {
                return new CatalogueState
                {
                    LoadedAt = _loadedAt,
                    RefusedSince = _refusedSince,
                    Quotes = _current.Quotes.Count,
                    Events = _current.Events.Count,
                    Withdrawn = CountItems(Unfiltered) - CountItems(_current),
                    Problems = Problems,
                };
            }
        }
    }

    public string Folder { get; }

    /// <summary>The fingerprint of the files just before they were last read.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>Computes the fingerprint of the files as they are now.</summary>
    /// <remarks>Only after a refusal it matters whether a file can be opened: another program that has a file open for
    /// a moment changes nothing.</remarks>
    public string GetFingerprint() => FileFingerprint.Compute(Folder, opensFiles: State.RefusedSince is not null);

    /// <summary>For tests: called after the files were read and before <see cref="Reload"/> checks that they
    /// have not changed.</summary>
    internal Action AfterReading { get; set; } = static () => { };

    /// <summary>Reads the files again. If they have errors, <see cref="Current"/> does not change.</summary>
    public ReloadResult Reload()
    {
        // A file that cannot be opened now, and can be later, has another fingerprint then.
        var fingerprint = FileFingerprint.Compute(Folder, opensFiles: true);
        var (catalogue, problems) = CatalogueReader.Read(Folder);
        AfterReading();
        if (FileFingerprint.Compute(Folder, opensFiles: true) != fingerprint)
        {
            // The files changed while they were read, so this may be half of an edit even if it is valid.
            return ReloadResult.Unstable;
        }

        lock (_lock)
        {
            Fingerprint = fingerprint;
            Problems = problems;
            if (catalogue is null)
            {
                _refusedSince ??= _scheduleClock.GetUtcNow();
                return ReloadResult.Refused;
            }

            Unfiltered = catalogue;
            _current = catalogue.Exclude(_withdrawn);
            _loadedAt = _scheduleClock.GetUtcNow();
            _refusedSince = null;
            return ReloadResult.Served;
        }
    }

    /// <summary>Sets the quotations and events that <see cref="Current"/> leaves out; all
    /// others are restored.</summary>
    public void Withdraw(IReadOnlySet<string> items)
    {
        lock (_lock)
        {
            if (!_withdrawn.SetEquals(items))
            {
                _withdrawn = items;
                _current = Unfiltered.Exclude(items);
            }
        }
    }

    /// <summary>Whether an operator has withdrawn an item, also one that is no longer in the files.</summary>
    public bool IsWithdrawn(string id)
    {
        lock (_lock)
        {
            return _withdrawn.Contains(id);
        }
    }

    private static int CountItems(QuoteCatalogue catalogue) => catalogue.Quotes.Count + catalogue.Events.Count;
}

/// <summary>The result of reading the quote files again.</summary>
internal enum ReloadResult
{
    /// <summary>They are valid and in use.</summary>
    Served,

    /// <summary>They have errors; the last valid version stays in use.</summary>
    Refused,

    /// <summary>They changed while they were read and have to be read again.</summary>
    Unstable,
}

/// <summary>The state of the catalogue and of the quote files.</summary>
internal sealed record CatalogueState
{
    /// <summary>When the version in use was read, on the schedule clock.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>Since when the files have errors, so that an older version is in use; <see langword="null"/> if they
    /// have none.</summary>
    public DateTimeOffset? RefusedSince { get; init; }

    /// <summary>Quotations in use.</summary>
    public required int Quotes { get; init; }

    /// <summary>Events in use.</summary>
    public required int Events { get; init; }

    /// <summary>Quotations and events that an operator has withdrawn.</summary>
    public int Withdrawn { get; init; }

    /// <summary>Errors and warnings of the files that were read last.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];
}

/// <summary>The quote files have errors.</summary>
/// <param name="problems">All errors and warnings.</param>
internal sealed class CatalogueException(IReadOnlyList<Problem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
