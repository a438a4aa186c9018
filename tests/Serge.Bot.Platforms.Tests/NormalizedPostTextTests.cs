using System.Net;
using System.Text;
using CsCheck;

namespace Serge.Bot.Platforms.Tests;

public sealed class NormalizedPostTextTests
{
    [Theory]
    [InlineData("Revolution implies violence.", "revolutionimpliesviolence")]
    [InlineData("“[T]he end… commands”", "theendcommands")]
    [InlineData("1 February 1933", "1february1933")]
    [InlineData("L’élan à Orléans", "lelanaorleans")]
    [InlineData("e\u0301lan", "elan")] // composed or decomposed
    [InlineData("ﬁne", "fine")]
    [InlineData("СЕРЖ", "серж")]
    [InlineData("un\u00ADder\u200Bworld\uFEFF", "underworld")] // soft hyphen, zero-width space, byte-order mark
    [InlineData("one\u00A0two\u202Fthree", "onetwothree")]
    [InlineData(@"\*not bold\* \_nor this\_ \`nor\`", "notboldnorthisnor")]
    [InlineData("**bold** _and_ ||hidden||", "boldandhidden")]
    [InlineData("> quoted\n-# small", "quotedsmall")]
    [InlineData("#VictorSerge", "victorserge")]
    [InlineData("@bob@example.com said", "bobsaid")] // a server does not show the domain
    [InlineData("bob@example.com said", "bobexamplecomsaid")]
    [InlineData("https://example.org/@bob@example.com", "httpsexampleorgbobexamplecom")]
    [InlineData("\uD83Dx", "x")] // half of an emoji
    [InlineData("a\uFFFEb\uFFFF", "ab")] // no characters
    [InlineData("🙂 … —", "")]
    [InlineData("", "")]
    public void FromText_Text_KeepsLettersAndDigits(string text, string folded) =>
        Assert.Equal(folded, NormalizedPostText.FromText(text));

    [Theory]
    [InlineData("<p>First</p><p>Second</p>", "First\n\nSecond")] // Mastodon
    [InlineData("First<br />Second<br>Third", "First\nSecond\nThird")]
    [InlineData("First<br><br>Second<br>", "First\n\nSecond")] // snac
    [InlineData("<p>it&#39;s &quot;cool&quot; &amp; &lt;b&gt;</p>", "it's \"cool\" & <b>")]
    [InlineData("<p>&ldquo;Non&rdquo;&nbsp;&mdash; &eacute;lan</p>", "“Non” — élan")]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2")] // not a tag
    [InlineData(
        "<p><a href=\"https://www.example.org/a/rather/long/path\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\">"
            + "<span class=\"invisible\">https://www.</span><span class=\"ellipsis\">example.org/a/rather/l</span><span class=\"invisible\">ong/path</span></a></p>",
        "https://www.example.org/a/rather/long/path"
    )]
    [InlineData(
        "<p><a href=\"http://localhost:18083/tags/test\" class=\"mention hashtag\" rel=\"tag\">#<span>VictorSerge</span></a></p>",
        "#VictorSerge"
    )]
    [InlineData(
        "Full post <a href=\"http://127.0.0.1:18081?t=test\" class=\"mention hashtag\" rel=\"tag\">#test</a> ünï 🙂<br>",
        "Full post #test ünï 🙂"
    )]
    [InlineData(
        "<p><span class=\"h-card\"><a href=\"https://example.com/@bob\" class=\"u-url mention\">@<span>bob</span></a></span> hello</p>",
        "@bob@example.com hello"
    )]
    [InlineData("<p>@bob@example.com hello</p>", "@bob@example.com hello")] // an unknown account
    [InlineData("<p>@bob</p><p>@alice</p>", "@bob\n\n@alice")]
    public void FromHtml_AsServersRenderIt_EqualsTheText(string html, string text) =>
        Assert.Equal(NormalizedPostText.FromText(text), NormalizedPostText.FromHtml(html));

    [Theory]
    [InlineData("On this day, 1 February 1933: he was arrested.", "On this day, 1 February 1934: he was arrested.")]
    [InlineData("He was arrested.", "He was not arrested.")]
    [InlineData("He was arrested.", "He was arrested. Late.")]
    public void FromText_AnotherText_DiffersFromIt(string one, string other) =>
        Assert.NotEqual(NormalizedPostText.FromText(one), NormalizedPostText.FromText(other), StringComparer.Ordinal);

    [Fact]
    public void FromHtml_AnyTextAsMastodonRendersIt_EqualsTheText()
    {
        string[] words =
        [
            "revolution",
            "“All",
            "violence”",
            "l’élan",
            "—",
            "&",
            "<b>",
            "1933",
            "a < b",
            "\n",
            "\n\n",
            "naïve",
            "cœur",
            "Серж",
            "🙂",
            "…",
            "#VictorSerge",
            "@bob@example.com",
            "https://www.example.org/a/rather/long/path/to/the/page",
            "https://a.be",
            "'single'",
            "\"double\"",
        ];

        Gen.Int[0, words.Length - 1]
            .Select(i => words[i])
            .List[0, 20]
            .Select(list => string.Join(' ', list))
            .Sample(text => Assert.Equal(NormalizedPostText.FromText(text), NormalizedPostText.FromHtml(Render(text))));
    }

    [Fact]
    public void FromText_AnyString_IsFoldedAlreadyWhenFolded() =>
        Gen.String.Sample(text =>
            Assert.Equal(
                NormalizedPostText.FromText(text),
                NormalizedPostText.FromText(NormalizedPostText.FromText(text))
            )
        );

    [Fact]
    public void FromHtml_AnyString_DoesNotThrow() =>
        Gen.String["<>&;#/ap\"'@x1 \uD83D"]
            .Sample(html =>
            {
                _ = NormalizedPostText.FromHtml(html);
            });

    /// <summary>How Mastodon renders a post: paragraphs, line breaks, entities, shortened links, hashtags and
    /// mentions.</summary>
    private static string Render(string text)
    {
        var html = new StringBuilder("<p>");
        foreach (var word in text.Split(' '))
        {
            html.Append(
                    word switch
                    {
                        "\n" => "<br />",
                        "\n\n" => "</p><p>",
                        ['#', .. var tag] =>
                            $"<a href=\"https://m.example/tags/{tag}\" class=\"mention hashtag\" rel=\"tag\">#<span>{tag}</span></a>",
                        ['@', .. var name] =>
                            $"<span class=\"h-card\"><a href=\"https://example.com/\" class=\"u-url mention\">@<span>{name.Split('@')[0]}</span></a></span>",
                        _ when word.StartsWith("https://www.", StringComparison.Ordinal) =>
                            $"<a href=\"{word}\" rel=\"nofollow\"><span class=\"invisible\">https://www.</span><span class=\"ellipsis\">{word[12..42]}</span><span class=\"invisible\">{word[42..]}</span></a>",
                        _ => WebUtility.HtmlEncode(word),
                    }
                )
                .Append(' ');
        }

        return html.Append("</p>").ToString();
    }
}
