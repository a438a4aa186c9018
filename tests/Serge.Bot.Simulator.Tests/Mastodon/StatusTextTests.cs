using CsCheck;

namespace Serge.Bot.Simulator.Tests.Mastodon;

/// <summary>The length and the HTML of a text. Source: Mastodon docs, user/posting; the vectors are those of its
/// composer.</summary>
public sealed class StatusTextTests
{
    private static readonly Uri Server = new("https://quotes.example/");

    [Theory]
    [InlineData("", 0)]
    [InlineData("Hello", 5)]
    [InlineData("été", 3)]
    [InlineData("e\u0301te\u0301", 3)]
    [InlineData("👨‍👩‍👧‍👦", 1)]
    [InlineData("🇧🇪", 1)]
    [InlineData("👍🏽", 1)]
    [InlineData("a\r\nb", 3)]
    [InlineData("@bob@example.com", 4)]
    [InlineData("@bob", 4)]
    [InlineData("hello @bob@example.com!", 11)]
    [InlineData("https://example.org", 23)]
    [InlineData("http://e.org/", 23)]
    [InlineData("https://very.long.tld.example.museum/collection/item/which/goes/on/and/on", 23)]
    [InlineData("See https://example.org/a, or not.", 4 + 23 + 9)]
    [InlineData("(https://example.org/a_(b))", 2 + 23)]
    [InlineData("https://example.org/a?b=c&d=e#f", 23)]
    [InlineData("https://example.org:8080/a", 23)]
    [InlineData("https://example.org https://example.com", 47)]
    [InlineData("https://пример.com/путь", 23)]
    [InlineData("http://127.0.0.1:3000/health", 28)] // not a link: an IP address
    [InlineData("http://localhost/a", 18)] // not a link: a host without a domain
    [InlineData("https://user@example.org/", 25)] // not a link: with a user name
    [InlineData("https://example.unheardof/abc", 29)] // not a link: the top-level domain does not exist
    [InlineData("example.org", 11)] // not a link: without a protocol
    [InlineData("ftp://example.org", 17)]
    [InlineData("aaahttps://example.org", 22)] // not a link: not at the start of a word
    [InlineData("#VictorSerge", 12)]
    public void Length_IsThatOfTheServer(string text, int length) => Assert.Equal(length, Read(text).Length);

    [Theory]
    [InlineData("Hello", "<p>Hello</p>")]
    [InlineData("a\nb", "<p>a<br />b</p>")]
    [InlineData("a\r\nb", "<p>a<br />b</p>")]
    [InlineData("a\n\nb", "<p>a</p><p>b</p>")]
    [InlineData("a\n\n\n\nb", "<p>a</p><p>b</p>")]
    [InlineData("<b> & \"c\" 'd'", "<p>&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;</p>")]
    [InlineData("“Révolution” 😀", "<p>“Révolution” 😀</p>")]
    public void Html_HasParagraphsAndBreaks(string text, string html) => Assert.Equal(html, Read(text).ToHtml());

    [Fact]
    public void Html_OfALink_HidesTheProtocolAndTheRest()
    {
        var html = Read("https://www.example.org/a/very/long/path/indeed?x=1&y=2").ToHtml();

        Assert.Equal(
            "<p><a href=\"https://www.example.org/a/very/long/path/indeed?x=1&amp;y=2\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\">"
                + "<span class=\"invisible\">https://www.</span><span class=\"ellipsis\">example.org/a/very/long/path/i</span>"
                + "<span class=\"invisible\">ndeed?x=1&amp;y=2</span></a></p>",
            html
        );
    }

    [Fact]
    public void Html_OfAHashtag_LinksToIt() =>
        Assert.Equal(
            "<p><a href=\"https://quotes.example/tags/VictorSerge\" class=\"mention hashtag\" rel=\"tag\">#<span>VictorSerge</span></a> and #1919</p>",
            Read("#VictorSerge and #1919").ToHtml()
        );

    [Fact]
    public void Html_OfAMention_LinksToExistingAccounts() =>
        Assert.Equal(
            "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://quotes.example/@ada\" class=\"u-url mention\">@<span>ada</span></a></span> @nobody</p>",
            Read("@ada @nobody").ToHtml()
        );

    [Theory]
    [InlineData("#VictorSerge #victorserge #OnThisDay", "VictorSerge OnThisDay")]
    [InlineData("#1919 a#b https://example.org/#c", "")]
    [InlineData("#Année1919!", "Année1919")]
    public void Tags_AreFoundOnce(string text, string tags) => Assert.Equal(tags, string.Join(' ', Read(text).Tags));

    [Fact]
    public void Length_OfAnyText_IsNeverNegativeNorAboveItsCharacters() =>
        Gen.String.Sample(text =>
        {
            var length = Read(text).Length;
            return length >= 0 && (length <= text.Length || text.Contains("://", StringComparison.Ordinal));
        });

    [Fact]
    public void Html_OfAnyText_EscapesMarkup() =>
        Gen.String[Gen.Char["<>&\"'ab\n #@"], 0, 40]
            .Sample(text =>
            {
                var html = Read(text).ToHtml();
                return html.Replace("<p>", "", StringComparison.Ordinal)
                    .Replace("</p>", "", StringComparison.Ordinal)
                    .Replace("<br />", "", StringComparison.Ordinal)
                    .Split('<')
                    .Skip(1)
                    .All(rest =>
                        rest.StartsWith("a href", StringComparison.Ordinal)
                        || rest.StartsWith("/a", StringComparison.Ordinal)
                        || rest.StartsWith("span", StringComparison.Ordinal)
                        || rest.StartsWith("/span", StringComparison.Ordinal)
                    );
            });

    private static StatusText Read(string text) => new(text, 23, name => name == "ada" ? Ada : null, Server);

    private static readonly Account Ada = new("1", "ada", "Ada", isBot: false, SimulatorFixture.Noon);
}
