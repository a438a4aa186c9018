using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.QuoteFiles;

/// <summary>The catalogue while an operator edits the quote files.</summary>
public sealed class LiveCatalogueTests : IDisposable
{
    private const string OneMore = "- id: fresh\n  text: \"Fresh words.\"\n  via: cunningham\n  topics: [power]\n";

    private readonly TestCatalogue _catalogue = new();
    private readonly CatalogueWatcher _watcher;

    public LiveCatalogueTests() =>
        _watcher = new CatalogueWatcher(
            _catalogue.Live,
            new Clocks(new FakeTimeProvider(), new FakeTimeProvider()),
            NullLogger<CatalogueWatcher>.Instance
        );

    public void Dispose()
    {
        _watcher.Dispose();
        _catalogue.Dispose();
    }

    [Fact]
    public void Current_AfterAValidEdit_HasItWhenTheFileIsUnchangedForAnInterval()
    {
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + OneMore);

        _watcher.Poll();
        Assert.Null(_catalogue.Live.Current.FindQuote("fresh"));
        _watcher.Poll();

        Assert.NotNull(_catalogue.Live.Current.FindQuote("fresh"));
    }

    [Fact]
    public void Current_AfterAnInvalidEdit_IsTheLastValidCatalogueAndProblemsListsTheErrors()
    {
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + "- id: broken\n");

        _watcher.Poll();
        _watcher.Poll();

        Assert.Equal(3, _catalogue.Live.Current.Quotes.Count);
        Assert.NotEmpty(_catalogue.Live.Problems);
    }

    [Fact]
    public void Current_AfterACorrection_HasTheEdit()
    {
        _catalogue.Write("quotes.yaml", "- [");
        _watcher.Poll();
        _watcher.Poll();
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + OneMore);
        _watcher.Poll();
        _watcher.Poll();

        Assert.NotNull(_catalogue.Live.Current.FindQuote("fresh"));
        Assert.Empty(_catalogue.Live.Problems);
    }

    [Fact]
    public void State_HasWhatIsServedAndSinceWhen_AndTheCurrentErrorsOfTheFiles()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2027, 2, 1, 9, 0, 0, TimeSpan.Zero));
        var live = LiveCatalogue.Open(_catalogue.Folder, clock);
        var opened = clock.GetUtcNow();
        live.Withdraw(new HashSet<string> { "within-us" });
        Assert.Equivalent(
            new CatalogueState
            {
                LoadedAt = opened,
                Quotes = 2,
                Events = 3,
                Withdrawn = 1,
            },
            live.State,
            strict: true
        );

        clock.Advance(TimeSpan.FromHours(1));
        _catalogue.Write("quotes.yaml", "- [");
        Assert.Equal(ReloadResult.Refused, live.Reload());
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ReloadResult.Refused, live.Reload());
        Assert.Equal(
            (opened, opened.AddHours(1), 2),
            (live.State.LoadedAt, live.State.RefusedSince, live.State.Quotes)
        );
        Assert.Single(live.State.Problems);

        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + OneMore);
        Assert.Equal(ReloadResult.Served, live.Reload());
        Assert.Equivalent(
            new CatalogueState
            {
                LoadedAt = opened.AddHours(2),
                Quotes = 3,
                Events = 3,
                Withdrawn = 1,
            },
            live.State,
            strict: true
        );
    }

    [Fact]
    public void Current_AfterAFileWasDeleted_IsTheLastValidCatalogue()
    {
        File.Delete(Path.Combine(_catalogue.Folder, "quotes.yaml"));
        _watcher.Poll();
        _watcher.Poll();

        Assert.Equal(3, _catalogue.Live.Current.Quotes.Count);
    }

    [Fact]
    public void Poll_WhileAFileIsWritten_DoesNotReadIt()
    {
        for (var part = 1; part < 5; part++)
        {
            _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + OneMore[..(part * 10)]);
            _watcher.Poll();
            Assert.Empty(_catalogue.Live.Problems);
        }
    }

    [Fact]
    public void Withdraw_RemovesItemsUntilTheyAreRestored_AlsoAfterAnEdit()
    {
        _catalogue.Live.Withdraw(new HashSet<string> { "within-us", "testament" });
        Assert.Null(_catalogue.Live.Current.FindQuote("within-us"));
        Assert.Null(_catalogue.Live.Current.FindEvent("testament"));
        Assert.NotNull(_catalogue.Live.Unfiltered.FindQuote("within-us"));

        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + OneMore);
        _catalogue.Live.Reload();
        Assert.Equal(
            ["end-commands-means", "leave-a-party", "fresh"],
            _catalogue.Live.Current.Quotes.Select(quote => quote.Id)
        );

        _catalogue.Live.Withdraw(new HashSet<string>());
        Assert.NotNull(_catalogue.Live.Current.FindQuote("within-us"));
    }
}
