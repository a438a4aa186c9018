using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.QuoteFiles;

/// <summary>Frequent saves of the quote files: in place, by rename and in parts, half of them with errors.</summary>
/// <remarks>Time passes on a fake clock, which also sets the times of the files.</remarks>
public sealed class CatalogueWatcherTests : IDisposable
{
    private const int QuotesPerVersion = 5;

    private static readonly DateTimeOffset Start = new(2027, 2, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly TestCatalogue _catalogue = new();
    private readonly LogLines<CatalogueWatcher> _log = new();
    private readonly CatalogueWatcher _watcher;

    public CatalogueWatcherTests()
    {
        Write(Version(0), Start.AddHours(-1), append: false);
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());
        _watcher = new CatalogueWatcher(
            _catalogue.Live,
            new Clocks(new FakeTimeProvider(), new FakeTimeProvider()),
            _log
        );
    }

    private string QuotesFile => Path.Combine(_catalogue.Folder, "quotes.yaml");

    public void Dispose()
    {
        _watcher.Dispose();
        _catalogue.Dispose();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    public void Poll_With200SavesInAMinute_ServesTheLastValidVersionAndNeverAPartOfOne(int seed, bool inBursts)
    {
        var saves = CreateSaves(new Random(seed), inBursts);
        var steps = saves.SelectMany(save => save.Steps).OrderBy(step => step.At).ToList();
        var next = 0;
        var loaded = 0;
        var reloads = 0;
        for (var now = Start; now <= Start.AddSeconds(65); now += CatalogueWatcher.Interval)
        {
            for (; next < steps.Count && steps[next].At <= now; next++)
            {
                steps[next].Do();
            }

            _watcher.Poll();

            // A valid version that has been in the file for longer than one interval must be in use by now.
            var last = saves.LastOrDefault(save => save.Steps[0].At <= now);
            if (
                last is not null
                && last.Steps[^1].At <= now - CatalogueWatcher.Interval
                && last.IsValid
                && last.Number != loaded
            )
            {
                (loaded, reloads) = (last.Number, reloads + 1);
            }

            Assert.Equal(IdsOf(loaded), _catalogue.Live.Current.Quotes.Select(quote => quote.Id));
        }

        Assert.Equal(200, saves.Count);
        Assert.True(reloads >= 5 || !inBursts, $"only {reloads} versions were served, which tests little");
        Assert.Equal(saves[^1].IsValid, _catalogue.Live.State.RefusedSince is null);
    }

    /// <summary>The size and the time of a file do not change when it becomes readable: another program closes it, or
    /// the operator changes its permissions.</summary>
    [Fact]
    public void Poll_WhenAFileBecomesReadable_ServesIt()
    {
        Write(Version(1), Start, append: false);
        using (File.Open(QuotesFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var reads = 0;
            _catalogue.Live.AfterReading = () => reads++;
            for (var i = 0; i < 5; i++)
            {
                _watcher.Poll();
            }

            Assert.NotNull(_catalogue.Live.State.RefusedSince);
            Assert.Equal(1, reads);
        }

        _watcher.Poll();
        _watcher.Poll();

        Assert.Equal(IdsOf(1), _catalogue.Live.Current.Quotes.Select(quote => quote.Id));
        Assert.Null(_catalogue.Live.State.RefusedSince);
    }

    [Fact]
    public void Poll_WhenTheFileIsWrittenWhileItIsRead_DoesNotServeIt()
    {
        Write(Version(1), Start, append: false);
        var live = _catalogue.Live;
        live.AfterReading = () => Write(Version(2), Start.AddSeconds(1), append: false);
        _watcher.Poll();
        _watcher.Poll();
        Assert.Equal(IdsOf(0), live.Current.Quotes.Select(quote => quote.Id));

        live.AfterReading = static () => { };
        _watcher.Poll();
        _watcher.Poll();
        Assert.Equal(IdsOf(2), live.Current.Quotes.Select(quote => quote.Id));
    }

    [Fact]
    public async Task Current_WhileTheFileIsReplacedOften_IsAlwaysOneCompleteVersion()
    {
        using CancellationTokenSource stop = new(Bounded.Longest, TimeProvider.System);
        var writing = Task.Run(
            () =>
            {
                for (var version = 1; version <= 200; version++)
                {
                    WriteByRename(version % 2 == 0 ? Version(version) : Invalid(version), Start.AddSeconds(version));
                }
            },
            stop.Token
        );
        var polling = Task.Run(
            () =>
            {
                while (!writing.IsCompleted)
                {
                    stop.Token.ThrowIfCancellationRequested();
                    _watcher.Poll();
                }
            },
            stop.Token
        );
        while (!polling.IsCompleted)
        {
            stop.Token.ThrowIfCancellationRequested();
            var ids = _catalogue.Live.Current.Quotes.Select(quote => quote.Id).ToList();
            Assert.Equal(IdsOf(int.Parse(ids[0].Split('-')[1], CultureInfo.InvariantCulture)), ids);
        }

        await writing;
        await polling;
        _watcher.Poll();
        _watcher.Poll();
        Assert.Equal(IdsOf(200), _catalogue.Live.Current.Quotes.Select(quote => quote.Id));
    }

    [Fact]
    public void Poll_WithTheSameErrorSavedTenTimes_LogsItOnceAndAgainAfterAValidVersion()
    {
        for (var save = 1; save <= 10; save++)
        {
            Save(Version(1) + "- id: broken\n", Start.AddSeconds(save));
        }

        Assert.Equal(
            [
                "Error: Reloading the quote files failed, errors: 3; the last valid version stays in use",
                "Warning: id",
                "Warning: id",
                "Warning: id",
            ],
            _log.Lines.Select(line => line.StartsWith("Warning", StringComparison.Ordinal) ? "Warning: id" : line)
        );

        _log.Clear();
        Save(Version(2), Start.AddSeconds(20));
        Save(Version(1) + "- id: broken\n", Start.AddSeconds(30));
        Assert.Equal(5, _log.Lines.Count);
        Assert.StartsWith(
            "Information: Quote files reloaded; quotations: 5, events: 3",
            _log.Lines[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Poll_CountsEachReloadByItsResult()
    {
        using Recorded recorded = new();
        Save(Version(1), Start);
        Save("- id: broken\n", Start.AddSeconds(10));

        Assert.Equal(
            [
                "serge.catalogue.reloads 1 {reload}: serge.catalogue.result=accepted",
                "serge.catalogue.reloads 1 {reload}: serge.catalogue.result=rejected",
            ],
            recorded.Measurements
        );
    }

    [Fact]
    public void Poll_AfterAChangeOfTheSchema_ReloadsTheCatalogue()
    {
        var schema = Path.Combine(_catalogue.Folder, "schema", "quotes.schema.json");
        Directory.CreateDirectory(Path.GetDirectoryName(schema)!);
        File.WriteAllText(schema, """{ "$defs": { "topic": { "enum": ["power"] } } }""");
        Save(Version(1).Replace("[power]", "[gardening]", StringComparison.Ordinal), Start);
        Assert.Contains("gardening", Assert.Single(_catalogue.Live.Problems.Take(1)).Message, StringComparison.Ordinal);

        File.WriteAllText(schema, """{ "$defs": { "topic": { "enum": ["power", "gardening"] } } }""");
        _watcher.Poll();
        _watcher.Poll();
        Assert.Equal(IdsOf(1), _catalogue.Live.Current.Quotes.Select(quote => quote.Id));
    }

    [Fact]
    public void Poll_AfterAChangeOfTheTargetOfALink_ReloadsTheCatalogue()
    {
        var elsewhere = Path.Combine(_catalogue.Home, "elsewhere.yaml");
        File.Move(QuotesFile, elsewhere);
        File.CreateSymbolicLink(QuotesFile, elsewhere);
        _watcher.Poll();
        File.WriteAllText(elsewhere, Version(3));
        File.SetLastWriteTimeUtc(elsewhere, Start.UtcDateTime);
        _watcher.Poll();
        _watcher.Poll();
        Assert.Equal(IdsOf(3), _catalogue.Live.Current.Quotes.Select(quote => quote.Id));
    }

    [Fact]
    public async Task Execute_ServesAnEdit()
    {
        FakeTimeProvider system = new();
        using CatalogueWatcher watcher = new(
            _catalogue.Live,
            new Clocks(system, system),
            NullLogger<CatalogueWatcher>.Instance
        );
        await watcher.StartAsync(TestContext.Current.CancellationToken);
        Write(Version(7), Start, append: false);
        using CancellationTokenSource timeout = new(Bounded.Longest, TimeProvider.System);
        while (_catalogue.Live.Current.FindQuote("v-7-0") is null)
        {
            timeout.Token.ThrowIfCancellationRequested();
            system.Advance(CatalogueWatcher.Interval);
            await Task.Yield();
        }

        await watcher.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(IdsOf(7), _catalogue.Live.Current.Quotes.Select(quote => quote.Id));
    }

    /// <summary>200 saves within a minute, in order; none begins before the previous one has ended.</summary>
    /// <param name="random">Determines the time and kind of each save.</param>
    /// <param name="inBursts">Whether there are ten at a time with a pause after them; otherwise they are spread, so
    /// that the files are rarely unchanged for long.</param>
    private List<SaveInSteps> CreateSaves(Random random, bool inBursts)
    {
        var moments = Enumerable
            .Range(0, 200)
            .Select(i => inBursts ? (i / 10 * 3) + random.NextDouble() : random.NextDouble() * 60)
            .Order()
            .ToList();
        List<SaveInSteps> saves = [];
        for (var i = 0; i < moments.Count; i++)
        {
            var at = Start.AddSeconds(moments[i]);
            var until = i + 1 < moments.Count ? Start.AddSeconds(moments[i + 1]) : at.AddSeconds(1);
            // Every other burst ends with a valid version.
            var isValid = inBursts && i % 10 == 9 ? i / 10 % 2 == 0 : random.Next(2) == 0;
            saves.Add(new(i + 1, isValid, Steps(isValid ? Version(i + 1) : Invalid(i + 1), at, until, random)));
        }

        return saves;
    }

    private List<Step> Steps(string text, DateTimeOffset at, DateTimeOffset until, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                return [new(at, () => Write(text, at, append: false))];
            case 1:
                return [new(at, () => WriteByRename(text, at))];
            case 2:
                // Some editors rename the old file first.
                return
                [
                    new(
                        at,
                        () =>
                        {
                            File.Move(QuotesFile, QuotesFile + "~", overwrite: true);
                            Write(text, at, append: false);
                        }
                    ),
                ];
            default:
                // In parts, at most 0.3 s apart, divided so that each part is also a valid file.
                var parts = text.Split("- id:").Skip(1).Select(part => "- id:" + part).ToList();
                var gap = Math.Min((until - at).TotalSeconds * 0.9 / parts.Count, 0.3);
                return
                [
                    .. parts.Select(
                        (part, i) =>
                        {
                            var then = at.AddSeconds(i * gap);
                            return new Step(then, () => Write(part, then, append: i > 0));
                        }
                    ),
                ];
        }
    }

    private void Save(string text, DateTimeOffset at)
    {
        Write(text, at, append: false);
        _watcher.Poll();
        _watcher.Poll();
    }

    private void Write(string text, DateTimeOffset at, bool append)
    {
        if (append)
        {
            File.AppendAllText(QuotesFile, text);
        }
        else
        {
            File.WriteAllText(QuotesFile, text);
        }

        File.SetLastWriteTimeUtc(QuotesFile, at.UtcDateTime);
    }

    private void WriteByRename(string text, DateTimeOffset at)
    {
        var draft = QuotesFile + ".draft";
        File.WriteAllText(draft, text);
        File.SetLastWriteTimeUtc(draft, at.UtcDateTime);
        File.Move(draft, QuotesFile, overwrite: true);
    }

    private static string Version(int number) =>
        string.Concat(
            IdsOf(number)
                .Select(
                    (id, i) =>
                        $"- id: {id}\n  text: Words {new string((char)('a' + i), 30)} of version {number}.\n  via: cunningham\n  topics: [power]\n"
                )
        );

    /// <summary>Adds an error at the end, in the middle, in the syntax or in the content.</summary>
    private static string Invalid(int number) =>
        (number % 4) switch
        {
            0 => Version(number) + "- id: broken\n",
            1 => Version(number)
                .Replace(
                    "- id: v-" + number.ToString(CultureInfo.InvariantCulture) + "-2",
                    "- id: \"v",
                    StringComparison.Ordinal
                ),
            2 => Version(number).Replace("cunningham", "nobody", StringComparison.Ordinal),
            _ => Version(number)[..^30],
        };

    private static IEnumerable<string> IdsOf(int number) =>
        Enumerable
            .Range(0, QuotesPerVersion)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"v-{number}-{i}"));

    private sealed record Step(DateTimeOffset At, Action Do);

    private sealed record SaveInSteps(int Number, bool IsValid, IReadOnlyList<Step> Steps);
}
