using System.Net;
using System.Text.Json;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge site</c>, and what links to the pages that it writes.</summary>
public sealed class SiteCommandTests : IDisposable
{
    private const string Site =
        """ "Site": { "Address": "https://quotes.example/serge", "Creator": "@serge@m.example" } """;

    private readonly CommandHome _home = new();

    private string Output => Path.Combine(_home.Folder, "site");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Site_WritesPages_AndTheSecondTimeNothing()
    {
        _home.Settings(Site);

        var first = await _home.RunAsync("site", "--output", Output);
        var second = await _home.RunAsync("site", "--output", Output);

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.EndsWith(" 0 written, 0 removed.\n", second.Output, StringComparison.Ordinal);
        var page = Read("quote/end-commands-means/index.html");
        Assert.Contains(
            "— Victor Serge, Memoirs of a Revolutionary, quoted by Guy Patrick Cunningham",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("https://quotes.example/serge/quote/end-commands-means/", page, StringComparison.Ordinal);
        Assert.Contains("content=\"@serge@m.example\"", page, StringComparison.Ordinal);
        Assert.Contains("citée", Read("fr/rights/index.html"), StringComparison.Ordinal);
        Assert.Contains(
            "cité par Guy Patrick Cunningham",
            Read("fr/quote/within-us/index.html"),
            StringComparison.Ordinal
        );
        var check = await _home.RunAsync("site", "--output", Output, "--check");
        Assert.EndsWith(" files, no problems.\n", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Site_WithoutAnAddress_StatesWhatIsMissing_AndCheckReportsAMissingPage()
    {
        await _home.WithdrawAsync("within-us");

        var result = await _home.RunAsync("site", "--output", Output);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            "The site has no feeds and no sitemap, which need its address. Set Site:Address, or use --base-url.\n",
            result.Error
        );
        Assert.False(File.Exists(Path.Combine(Output, "feed.xml")));

        // A withdrawn quotation is not written, also in a new folder.
        Assert.Contains("was withdrawn or removed", Read("quote/within-us/index.html"), StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(Output, "*", SearchOption.AllDirectories),
            file =>
                Assert.DoesNotContain("Totalitarianism is within us", File.ReadAllText(file), StringComparison.Ordinal)
        );

        File.Delete(Path.Combine(Output, "event", "leap", "index.html"));
        var check = await _home.RunAsync("site", "--output", Output, "--check");
        Assert.Equal(1, check.ExitCode);
        Assert.StartsWith(
            "event/leap/: there is no such page. Write the site again.\n",
            check.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "day/02-29/index.html: broken link ../../event/leap/.\n",
            check.Output,
            StringComparison.Ordinal
        );
    }

    /// <summary>The two commands of docs/site.md: the address is given only when the site is written.</summary>
    [Theory]
    [InlineData("https://quotes.example/serge/")]
    [InlineData("https://quotes.example/")]
    public async Task Check_WithoutTheAddressWithWhichTheSiteWasWritten_FindsNoProblems(string address)
    {
        _home.Settings(
            """
            "Site": { "Address": "https://elsewhere.example/quotes/" }
            """
        );
        await _home.RunAsync("site", "--output", Output, "--base-url", address);

        var check = await _home.RunAsync("site", "--output", Output, "--check");

        Assert.EndsWith(" files, no problems.\n", check.Output, StringComparison.Ordinal);
        Assert.Equal(0, check.ExitCode);
    }

    [Fact]
    public async Task Site_WithPicturesButWithoutAnAddress_StatesWhatIsMissing()
    {
        var result = await _home.RunAsync("site", "--output", Output, "--pictures");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("--pictures needs the address of the site. Set Site:Address, or use --base-url.\n", result.Error);
        Assert.False(Directory.Exists(Output));
    }

    [Fact]
    public async Task Site_WithPicturesButWithoutAFont_IsWrittenWithoutAndStatesWhy()
    {
        _home.Settings(
            """
            "Site": { "Address": "https://quotes.example/serge" }, "Cards": { "Font": "No Such Font" }
            """
        );

        var result = await _home.RunAsync("site", "--output", Output, "--pictures");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            "Some pages have no picture. Cards:Font = No Such Font is neither a font file that can be read nor an "
                + "installed family. Correct it, or remove it.\n",
            result.Error
        );
        Assert.Empty(Directory.GetFiles(Output, "*.png", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Site_WithALedgerThatCannotBeRead_WritesNothing()
    {
        await File.WriteAllTextAsync(_home.LedgerPath, "not a database", TestContext.Current.CancellationToken);

        var result = await _home.RunAsync("site", "--output", Output);

        Assert.Equal(2, result.ExitCode);
        Assert.False(Directory.Exists(Output));
    }

    [Theory]
    [InlineData("example.org")]
    [InlineData("ftp://example.org/")]
    [InlineData("https://example.org/?a=b")]
    public async Task Site_AnAddressThatIsNone_IsRefused(string address)
    {
        var result = await _home.RunAsync("site", "--output", Output, "--base-url", address);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"--base-url {address} is not an address.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Site_TheFeed_HasWhatFollowersHaveSeen_AndDoctorComparesTheEdition()
    {
        _home.Settings(Site);
        await _home.AddAsync(
            Sent("a", "mastodon", "within-us", PostVisibility.Unlisted),
            Sent("b", "mastodon", "leave-a-party", PostVisibility.Private),
            Sent("c", "discord:7", "end-commands-means", PostVisibility.Unlisted)
        );

        await _home.RunAsync("site", "--output", Output);

        var feed = Read("feed.xml");
        Assert.Contains("Totalitarianism is within us.", feed, StringComparison.Ordinal);
        Assert.DoesNotContain("One can leave a Party!", feed, StringComparison.Ordinal);
        Assert.DoesNotContain("commands its own means", feed, StringComparison.Ordinal);

        var edition = Read("edition.json");

        Assert.Contains(
            "ok     site            https://quotes.example/serge/ has the current edition",
            await DoctorAsync(edition),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "ERROR  site            https://quotes.example/serge/ has another edition",
            await DoctorAsync("""{ "edition": "0" }"""),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "(its content is not that of serge site)",
            await DoctorAsync("<html>"),
            StringComparison.Ordinal
        );
        Assert.Contains("(status 404)", await DoctorAsync("", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("GET https://quotes.example/serge/edition.json no-cache=", _home.Http.Requests);
        await _home.WithdrawAsync("within-us");
        Assert.Contains("has another edition", await DoctorAsync(edition), StringComparison.Ordinal);
    }

    /// <summary>A notice to followers has neither a quotation nor an event.</summary>
    [Fact]
    public async Task Site_TheFeed_LeavesOutPostsWithoutContentOfTheQuoteFiles()
    {
        _home.Settings(Site);
        await _home.AddAsync(Sent("a", "mastodon", "within-us", PostVisibility.Unlisted));
        await _home.RunAsync("site", "--output", Output);
        var before = Read("feed.xml");

        await _home.AddAsync(Sent("b", "mastodon", "none", PostVisibility.Unlisted) with { Items = [] });
        await _home.RunAsync("site", "--output", Output);

        Assert.Equal(before, Read("feed.xml"));
    }

    [Fact]
    public async Task Site_AfterAPartOfAPostWasWithdrawn_KeepsTheIdOfItsEntry()
    {
        _home.Settings(Site);
        var one = Sent("a", "mastodon", "end-commands-means", PostVisibility.Unlisted);
        var other = Sent("b", "mastodon", "within-us", PostVisibility.Unlisted);
        await _home.AddAsync(one, other with { Items = ["within-us", "leave-a-party"] });
        await _home.RunAsync("site", "--output", Output);
        var before = ReadEntryIds();

        await _home.WithdrawAsync("within-us");
        await _home.RunAsync("site", "--output", Output);

        Assert.Equal(2, before.Distinct().Count());
        Assert.Equal(before, ReadEntryIds());
    }

    private static Post Sent(string key, string destination, string item, PostVisibility visibility) =>
        Some.Post(key, PostState.Sent, destination, Some.Noon.AddHours(-key[0])) with
        {
            Items = [item],
            Payload = new Payload { Text = "…", Visibility = visibility },
        };

    private async Task<string> DoctorAsync(string content, HttpStatusCode status = HttpStatusCode.OK)
    {
        _home.Http.OnRequest = () => new HttpResponseMessage(status) { Content = new StringContent(content) };
        return (await _home.RunAsync("doctor")).Output;
    }

    private List<string?> ReadEntryIds()
    {
        using var feed = JsonDocument.Parse(Read("feed.json"));
        var items = feed.RootElement.GetProperty("items").EnumerateArray();
        return [.. items.Select(item => item.GetProperty("id").GetString())];
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(Output, path));
}
