using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests;

/// <summary>An operator edits the quote files while the bot runs.</summary>
public sealed class LiveCatalogueTests : IDisposable
{
    private const string OneMore = "- id: fresh\n  text: \"Fresh words.\"\n  via: cunningham\n  topics: [power]\n";

    private readonly TestCatalogue _catalogue = new();
    private readonly CatalogueWatcher _watch;

    public LiveCatalogueTests() =>
        _watch = new CatalogueWatcher(
            _catalogue.Live,
            new Clocks(new FakeTimeProvider(), new FakeTimeProvider()),
            NullLogger<CatalogueWatcher>.Instance
        );

    public void Dispose()
    {
        _watch.Dispose();
        _catalogue.Dispose();
    }

    [Fact]
    public void AGoodEdit_IsServedOnceTheFileKeepsStill()
    {
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + OneMore);

        _watch.Poll();
        Assert.Null(_catalogue.Live.Current.FindQuote("fresh"));
        _watch.Poll();

        Assert.NotNull(_catalogue.Live.Current.FindQuote("fresh"));
    }

    [Fact]
    public void ABadEdit_LeavesTheLastGoodCatalogueAndShowsTheProblem()
    {
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + "- id: broken\n");

        _watch.Poll();
        _watch.Poll();

        Assert.Equal(3, _catalogue.Live.Current.Quotes.Count);
        Assert.NotEmpty(_catalogue.Live.Problems);
    }

    [Fact]
    public void AMendedEdit_IsServedAgain()
    {
        _catalogue.Write("quotes.yaml", "- [");
        _watch.Poll();
        _watch.Poll();
        _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + OneMore);
        _watch.Poll();
        _watch.Poll();

        Assert.NotNull(_catalogue.Live.Current.FindQuote("fresh"));
        Assert.Empty(_catalogue.Live.Problems);
    }

    [Fact]
    public void TheState_TellsWhatIsServedAndSinceWhen_AndWhatIsWrongWithTheFilesNow()
    {
        FakeTimeProvider calendar = new(new DateTimeOffset(2027, 2, 1, 9, 0, 0, TimeSpan.Zero));
        var live = LiveCatalogue.Open(_catalogue.Folder, calendar);
        var opened = calendar.GetUtcNow();
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

        calendar.Advance(TimeSpan.FromHours(1));
        _catalogue.Write("quotes.yaml", "- [");
        Assert.Equal(ReloadResult.Refused, live.Reload());
        calendar.Advance(TimeSpan.FromHours(1));
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
    public void AFileThatIsGone_LeavesTheLastGoodCatalogue()
    {
        File.Delete(Path.Combine(_catalogue.Folder, "quotes.yaml"));
        _watch.Poll();
        _watch.Poll();

        Assert.Equal(3, _catalogue.Live.Current.Quotes.Count);
    }

    [Fact]
    public void AFileThatIsStillBeingWritten_IsNotReadYet()
    {
        for (var part = 1; part < 5; part++)
        {
            _catalogue.Write("quotes.yaml", TestCatalogue.Quotes + OneMore[..(part * 10)]);
            _watch.Poll();
            Assert.Empty(_catalogue.Live.Problems);
        }
    }

    [Fact]
    public void AWithdrawnQuotation_IsNotServed_AlsoAfterAnEdit_UntilItIsPutBack()
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
