using System.Diagnostics;
using System.Text.Json;

namespace Serge.Bot.Site.Tests;

/// <summary>Third-party programs read what the site provides: the feed (rss-parser), the calendar (ical.js) and the
/// pages (Nu Html Checker).</summary>
public sealed class OtherParsersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FeedAndCalendar_AreReadBackAsWritten()
    {
        var packages = FindPackages("rss-parser", "ical.js");
        var leap = Some.Event(
            "leap",
            "1912-02-29",
            text: @"Commas, semicolons; back\slashes: “é” 😀, in a line that is longer than 75 bytes."
        );
        var catalogue = Sites.Small();
        await WriteAsync(new(catalogue.Author, catalogue.Quotes, [.. catalogue.Events, leap], catalogue.Sources));
        await File.WriteAllTextAsync(
            _folder.Combine("read.cjs"),
            ReadScript("read-feeds.cjs"),
            TestContext.Current.CancellationToken
        );

        var (output, _) = await RunAsync(
            "node",
            _folder.Combine("read.cjs"),
            packages,
            _folder.Combine("feed.xml"),
            _folder.Combine("events.ics")
        );

        using var json = JsonDocument.Parse(output);
        var read = json.RootElement;
        Assert.Equal("Victor Serge", read.GetProperty("title").GetString());
        Assert.Equal(30, read.GetProperty("entries").GetArrayLength());
        var newest = read.GetProperty("entries")[0];
        Assert.Equal("2026-11-27T00:00:00.000Z", newest.GetProperty("isoDate").GetString());
        Assert.StartsWith($"{Sites.Root}quote/", newest.GetProperty("link").GetString(), StringComparison.Ordinal);
        var text = newest.GetProperty("content").GetString();
        Assert.Contains("words.”</p></blockquote>", text, StringComparison.Ordinal);
        Assert.Contains("— Victor Serge</figcaption>", text, StringComparison.Ordinal);
        var last = read.GetProperty("events")
            .EnumerateArray()
            .Single(known => known.GetProperty("uid").GetString() == "leap@quotes.example");
        Assert.Equal($"1912: {leap.Text}", last.GetProperty("summary").GetString());
        Assert.Equal(
            ["1912-02-29", "1913-02-28", "1914-02-28"],
            last.GetProperty("dates").EnumerateArray().Select(date => date.GetString())
        );
    }

    [Fact]
    public async Task Pages_AreValidHtml()
    {
        var packages = FindPackages("vnu-jar");
        await WriteAsync(Sites.Small(quote => quote with { Warning = "a <b>warning</b>", Note = "A note." }));
        string[] pages =
        [
            "index.html",
            "404.html",
            "quote/first/index.html",
            "fr/quote/second/index.html",
            "event/arrest/index.html",
            "day/03-08/index.html",
            "days/index.html",
            "timeline/index.html",
            "source/harbour/index.html",
            "search/index.html",
            "about/index.html",
        ];

        var jar = Path.Combine(packages, "node_modules/vnu-jar/build/dist/vnu.jar");
        var (_, error) = await RunAsync("java", ["-jar", jar, "--errors-only", .. pages.Select(_folder.Combine)]);

        Assert.Equal("", error);
    }

    private async Task WriteAsync(QuoteCatalogue catalogue)
    {
        var directory = await SiteDirectory.OpenAsync(_folder.Path, TestContext.Current.CancellationToken);
        await directory.WriteAsync(
            SiteBuilder.Create(Sites.Content(catalogue)),
            [],
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>The folder in <c>SERGE_NODE_CLIENTS</c>; without the packages the test is skipped.</summary>
    private static string FindPackages(params string[] names)
    {
        var folder = Environment.GetEnvironmentVariable("SERGE_NODE_CLIENTS") ?? "";
        Assert.SkipUnless(
            names.All(name => Directory.Exists(Path.Combine(folder, "node_modules", name))),
            $"SKIPPED: set SERGE_NODE_CLIENTS to a folder where `npm install {string.Join(' ', names)}` was run (and have node and java)."
        );
        return Path.GetFullPath(folder);
    }

    private static string ReadScript(string name)
    {
        using var stream = typeof(OtherParsersTests).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private static async Task<(string Output, string Error)> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var stop = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var error = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop).WaitAsync(TimeSpan.FromMinutes(5), stop);
        return (await output, await error);
    }
}
