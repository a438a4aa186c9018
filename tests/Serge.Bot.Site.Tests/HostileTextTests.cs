using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsCheck;

namespace Serge.Bot.Site.Tests;

/// <summary>No text can change the structure of a page, and the time per entry does not grow with ten thousand
/// entries.</summary>
public sealed class HostileTextTests
{
    /// <summary>60 kB, which a phone on a slow connection loads in two seconds.</summary>
    private const int MaxPage = 60_000;

    private static readonly string[] Pieces =
    [
        "</p></blockquote>",
        "<script>alert(1)</script>",
        "]]>",
        "-->",
        "\" onload=\"x",
        "' onload='x",
        "</title>",
        "</script>",
        "&lt;",
        "&#0;",
        "@Model",
        "\u202E",
        "\u2066",
        "\u0000",
        "\u0085",
        "\uD800",
        "\uFFFF",
        "\r\n",
        "😀",
        "‏שלום",
        "{0}",
        "\\n;,:",
    ];

    private static readonly Gen<string> Piece = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]);

    private static readonly Gen<string> Text = Gen.OneOf(Piece, Gen.String[0, 40]).Array[1, 8].Select(string.Concat);

    [Fact]
    public void AnyText_LeavesTheStructureOfItsPagesAsItIs()
    {
        var expected = Render("plain", "plain");
        Text.Select(Text)
            .Sample(
                (text, other) =>
                {
                    var actual = Render(text, other);
                    Assert.Equal(expected.Select(page => page.Shape), actual.Select(page => page.Shape));
                },
                iter: 40
            );
    }

    [Fact]
    public void AnyText_IsReadAsItIsWritten()
    {
        Text.Sample(
            text =>
            {
                var words = Render(text, "plain")[0].Document.QuerySelector("blockquote p")!.TextContent;
                Assert.Equal(Normalize($"“{SafeText.Clean(text)}”"), Normalize(words));
            },
            iter: 40
        );
    }

    [Fact]
    public void AnyText_IsWellFormedInTheFeeds()
    {
        Text.Sample(
            text =>
            {
                var content = Create(text, text);
                var feed = Read(content, "feed.xml");
                var json = Read(content, "feed.json");
                _ = System.Xml.Linq.XDocument.Parse(feed);
                using var parsed = System.Text.Json.JsonDocument.Parse(json);
                var lines = Read(content, "events.ics").Split("\r\n");
                Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
                Assert.Equal(2, lines.Count(line => line is "BEGIN:VCALENDAR" or "END:VCALENDAR"));
            },
            iter: 40
        );
    }

    [Fact]
    public Task TwoThousandEntries_HaveSmallPages() => AssertSmallPagesAsync(1000);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public Task TenThousandEntries_HaveSmallPages() => AssertSmallPagesAsync(5000);

    /// <summary>A page of each kind that shows the two texts.</summary>
    private static (string Shape, IDocument Document)[] Render(string text, string other)
    {
        var content = Create(text, other);
        string[] paths =
        [
            "quote/hostile/index.html",
            "index.html",
            "quotes/index.html",
            "source/harbour/index.html",
            "event/hostile/index.html",
            "day/03-08/index.html",
            "year/1933/index.html",
        ];
        HtmlParser parser = new();
        var documents = paths.Select(path => parser.ParseDocument(Read(content, path)));
        return [.. documents.Select(document => (GetShape(document), (IDocument)document))];
    }

    private static async Task AssertSmallPagesAsync(int count)
    {
        var quotes = Enumerable
            .Range(0, count)
            .Select(i => Some.Quote($"quote-{i}", $"{new string('w', 380)} {i}", ["power"]));
        var events = Enumerable
            .Range(0, count)
            .Select(i => Some.Event($"event-{i}", $"{1000 + (i / 5)}-03-{1 + (i % 20):00}"));
        var content = Sites.Content(new(Some.Author, quotes, events, [Some.Essay]));

        var files = await Sites.RenderAsync(content);

        Assert.InRange(files.Count, 4 * count, 6 * count);
        Assert.All(
            files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)),
            file => Assert.InRange(Encoding.UTF8.GetByteCount(file.Value), 100, MaxPage)
        );
    }

    private static SiteContent Create(string text, string other)
    {
        var essay = Some.Essay with { Title = other };
        var quote = Some.Quote("hostile", text, ["power"], via: essay, context: other, note: text);
        var known = Some.Event("hostile", "1933-03-08", text: text) with
        {
            Note = other,
            Sources = [essay],
            Warning = other,
        };
        return Sites.Content(new(Some.Author with { Name = $"A {other}" }, [quote], [known], [essay]));
    }

    private static string Read(SiteContent content, string path)
    {
        var file = SiteBuilder.Create(content).Single(file => file.Path == path);
        return Encoding.UTF8.GetString(file.RenderAsync().GetAwaiter().GetResult());
    }

    /// <summary>The elements and the names of their attributes.</summary>
    private static string GetShape(IDocument document)
    {
        var elements = document.All.Select(element =>
            $"{element.LocalName} {string.Join(' ', element.Attributes.Select(attribute => attribute.Name))}"
        );
        return string.Join('\n', elements);
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n");
}
