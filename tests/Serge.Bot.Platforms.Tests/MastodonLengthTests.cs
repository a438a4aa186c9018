using System.Globalization;
using CsCheck;

namespace Serge.Bot.Platforms.Tests;

/// <summary>The figures in the rows are the counts of a Mastodon server (4.5.7, and the vectors of its web
/// composer).</summary>
public sealed class MastodonLengthTests
{
    private static readonly MastodonInstance Mastodon = new() { Version = "4.5.7" };

    [Theory]
    [InlineData("", 0)]
    [InlineData("Toot!", 5)]
    [InlineData("“Où est-il ?” — élan vital…", 27)]
    [InlineData("e\u0301lan", 4)] // a combining accent
    [InlineData("🇧🇪", 1)] // a flag is two code points
    [InlineData("👨‍👩‍👧‍👦", 1)] // a family, joined
    [InlineData("👍🏽", 1)] // a skin tone
    [InlineData("❤️‍🔥", 1)]
    [InlineData("a\r\nb", 3)]
    [InlineData("a\n\nb", 4)]
    [InlineData("한국어", 3)]
    [InlineData("#VictorSerge #OnThisDay", 23)]
    [InlineData("name@example.org", 16)] // an address is not a mention
    public void Count_PlainText_IsTheServersCount(string text, int server) => Assert.Equal(server, Length(text));

    [Theory]
    [InlineData("https://example.org", 23)]
    [InlineData("http://a.be/", 23)] // a short link counts as much as a long one
    [InlineData("https://example.org/a/rather/long_path/to~the-page.html", 23)]
    [InlineData("See https://example.org/page.", 4 + 23 + 1)]
    [InlineData("(https://example.org/page)", 1 + 23 + 1)]
    [InlineData("https://example.org/a https://example.net/b", 23 + 1 + 23)]
    [InlineData("https://example.org/a\nhttps://example.net/b", 23 + 1 + 23)]
    [InlineData("e https://example.org/ \u0301", 1 + 1 + 23 + 1)]
    public void Count_PlainLink_IsTheServersCount(string text, int server) => Assert.Equal(server, Length(text));

    [Theory]
    [InlineData("@bob@example.com", 4)]
    [InlineData("http://127.0.0.1:3000/health", 28)] // an IP address is not a link
    [InlineData("https://user:secret@example.org/", 32)]
    [InlineData("http://localhost/a", 18)]
    [InlineData("aaahttp://example.org/a/rather/long/path/to/the/page", 52)] // nor is this one
    [InlineData("https://very.long.tld.example.museum/collection/item", 23)]
    [InlineData("https://example.org/@bob/1", 23)]
    [InlineData("https://example.org/?q=a%20long%20question", 23)]
    [InlineData("https://ru.wikipedia.org/wiki/Серж,_Виктор", 23)]
    [InlineData("gopher://a.be", 23)] // other schemes count as links too
    [InlineData("ipfs://a.be and dat://b.be", 23 + 5 + 23)]
    [InlineData("https://a.be|https://b.be|https://c.be|https://d.be", 4 * 23 + 3)] // without spaces, but four links
    [InlineData("http://a.be/“quoted-and-going-on-for-a-while", 23 + 32)] // the link ends before the quotation mark
    [InlineData("क्षि", 1)] // newer Unicode versions combine these
    public void Count_WhereRulesDiffer_IsNeverBelowTheServersCount(string text, int server) =>
        Assert.True(Length(text) >= server, $"{Length(text)} < {server}");

    [Theory]
    [InlineData("ftp://example.org/")] // a scheme that the server does not support
    [InlineData("https://sixty-four-or-more-letters-in-one-host-name-are-one-too-many-for-us.example.org/")]
    [InlineData("https://example.nosuchtld/")]
    [InlineData("https://-example.org/")]
    [InlineData("xhttps://example.org/")]
    [InlineData("https://example.org@evil.example/")]
    public void Count_LinkTheServerMayNotRecognise_CountsInFull(string link) =>
        Assert.True(Length(link) >= link.Length);

    [Theory]
    [InlineData("", "text", 4)]
    [InlineData(null, "text", 4)]
    [InlineData("violence", "text", 12)] // no separator
    [InlineData("https://example.org/a/rather/long/path", "text", 42)] // no discount in a warning
    [InlineData("@bob@example.com", "text", 20)]
    public void Count_ContentWarning_CountsBesideTheText(string? warning, string text, int server) =>
        Assert.Equal(server, MastodonLength.Count(new() { Text = text, Warning = warning }, Mastodon));

    [Theory]
    [InlineData(0, "https://example.org/a/rather/long/path", 38)] // Pleroma: a link counts in full
    [InlineData(0, "http://a.be/", 12)]
    [InlineData(25, "https://example.org/a/rather/long/path", 25)] // GoToSocial
    [InlineData(32, "https://example.org/a/rather/long/path", 32)] // snac
    public void Count_AnotherAllowanceForLinks_IsUsed(int reserved, string text, int expected) =>
        Assert.Equal(
            expected,
            MastodonLength.Count(new() { Text = text }, Mastodon with { CharactersReservedPerUrl = reserved })
        );

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    public void Count_ContentWarning_CountsWhateverALinkCountsAs(int reserved) =>
        Assert.Equal(
            "violence".Length + "text".Length,
            MastodonLength.Count(
                new() { Text = "text", Warning = "violence" },
                Mastodon with
                {
                    CharactersReservedPerUrl = reserved,
                }
            )
        );

    /// <summary>A text is filled with units exactly up to a limit, for any kind of unit.</summary>
    [Theory]
    [InlineData("x", 1)]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("a\u0302\u0323", 1)] // two combining marks
    [InlineData("\U0001D400", 1)] // two UTF-16 code units
    [InlineData("👍🏽", 1)]
    [InlineData("👨‍👩‍👧‍👦 ", 2)]
    [InlineData("🇧🇪", 1)]
    [InlineData("\r\n", 1)]
    [InlineData("@bob ", 5)]
    [InlineData("#Serge ", 7)]
    [InlineData("https://example.org/a/rather/long/path/that/goes/on/and/on ", 24)]
    [InlineData("http://a.be ", 24)]
    public void Count_UnitsUpToALimit_IsTheLimitExactly(string unit, int length)
    {
        const int Limit = 500;
        var text = string.Concat(Enumerable.Repeat(unit, Limit / length)) + new string('x', Limit % length);

        Assert.Equal(Limit, Length(text));
        Assert.Equal(Limit + 1, Length(text + "y"));
        Assert.Equal(Limit + 2, Length("y " + text));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)] // longer than the maximum length of a label
    public void Count_LongHost_HasADiscountUpTo63Characters(int length, bool discount) =>
        AssertDiscount($"https://{new string('a', length - 4)}.org/", discount);

    [Theory]
    [InlineData(1, true)]
    [InlineData(401, true)]
    [InlineData(402, false)]
    public void Count_LongPath_HasADiscountUpTo401Characters(int length, bool discount) =>
        AssertDiscount($"https://example.org/{new string('a', length)}", discount);

    [Theory]
    [InlineData("com")]
    [InlineData("org")]
    [InlineData("net")]
    [InlineData("info")]
    [InlineData("social")]
    [InlineData("edu")]
    [InlineData("fr")]
    [InlineData("be")]
    [InlineData("de")]
    [InlineData("uk")]
    [InlineData("es")]
    [InlineData("it")]
    [InlineData("mx")]
    public void Count_LinkToAKnownTopLevelDomain_HasADiscount(string domain) =>
        AssertDiscount(
            $"https://a-b.example.{domain}/a_long/path~with/every-kind.of/Character/0123456789",
            discount: true
        );

    [Theory]
    [InlineData("", "")]
    [InlineData("(", ")")]
    [InlineData("“", "”")]
    [InlineData("see ", ".")]
    [InlineData("see\n", ",\nand")]
    [InlineData("see ", ";")]
    [InlineData("see ", ": it")]
    [InlineData("see ", "!?")]
    [InlineData("see ", ")”.")]
    public void Count_LinkAmongPunctuation_HasADiscount(string before, string after) =>
        Assert.Equal(
            before.Length + 23 + after.Length,
            Length($"{before}https://example.org/a/rather/long/path/to/a/page{after}")
        );

    [Theory]
    [InlineData("x", "")]
    [InlineData("-", "")]
    [InlineData("", "“")]
    [InlineData("", "|next")]
    [InlineData("", "?q=1")]
    [InlineData("", "#top")]
    [InlineData("", ".x,y")]
    [InlineData("", "@b")]
    public void Count_LinkThatTheServerMayEndElsewhere_HasNoDiscount(string before, string after)
    {
        const string Link = "https://example.org/a/rather/long/path/to/a/page";

        Assert.True(Length(before + Link + after) > Link.Length);
    }

    private static void AssertDiscount(string link, bool discount) =>
        Assert.Equal(discount ? 23 : link.Length + 23, Length(link));

    [Fact]
    public void Count_AnyMixture_IsNeverBelowTheServersCount()
    {
        (string Text, int Server)[] pieces =
        [
            ("word", 4),
            ("—", 1),
            ("é", 1),
            ("🇧🇪", 1),
            ("🇫", 1),
            ("👨‍👩‍👧‍👦", 1),
            ("\r\n", 1),
            ("#Serge", 6),
            ("@bob@example.com", 4),
            ("https://example.org/a/b", 23),
            ("https://a.be|http://b.be", 47),
            ("http://127.0.0.1:3000/health", 28),
            ("https://very.long.tld.example.museum/collection/item", 23),
            ("ipns://a.be", 23),
            ("(https://example.org)", 25),
        ];

        Gen.Int[0, pieces.Length - 1]
            .Select(i => pieces[i])
            .List[0, 12]
            .Sample(mixture =>
            {
                var server = mixture.Sum(piece => piece.Server) + Math.Max(0, mixture.Count - 1);
                return Length(string.Join(' ', mixture.Select(piece => piece.Text))) >= server;
            });
    }

    /// <summary>The server's own rule, applied directly: each piece counts as the text by which the server replaces it;
    /// then the graphemes of the whole text are counted, with the content warning before it.</summary>
    [Fact]
    public void Count_AnyMixtureAndWarning_IsNeverBelowTheServersCountAndHardlyAbove()
    {
        // 23 characters.
        const string Link = "xxxxxxxxxxxxxxxxxxxxxxx";
        (string Typed, string Counted)[] links =
        [
            ("https://example.org/a/b", Link),
            ("http://a.be/", Link),
            ("https://very.long.tld.example.museum/collection/item", Link),
            ("https://ru.wikipedia.org/wiki/Серж", Link),
            ("ipns://a.be", Link),
            ("http://127.0.0.1:3000/health", "http://127.0.0.1:3000/health"),
        ];
        (string Typed, string Counted)[] mentions =
        [
            ("@bob@example.com", "@bob"),
            ("@ada_l@social.example.org", "@ada_l"),
            ("@bob", "@bob"),
        ];
        string[] words =
        [
            "Word",
            "é",
            "e\u0301",
            "a\u0302\u0323",
            "\u0301",
            "🇧🇪",
            "🇫",
            "👨‍👩‍👧‍👦",
            "👍🏽",
            "❤️‍🔥",
            "한국어",
            "क्षि",
            "ไทย",
            "\u200d",
            "#VictorSerge",
            "—",
            "…",
            "\r\n",
            "\n\n",
        ];
        var pieces = links.Concat(mentions).Concat(words.Select(word => (Typed: word, Counted: word))).ToArray();
        var piece = Gen.Int[0, pieces.Length - 1].Select(n => pieces[n]);

        Gen.Select(piece.List[0, 14], Gen.Int[0, words.Length - 1].Select(n => words[n]).List[0, 6])
            .Sample(
                (mixture, warned) =>
                {
                    var warning = string.Join(' ', warned);
                    var server = Graphemes(warning) + Graphemes(string.Join(' ', mixture.Select(part => part.Counted)));

                    var ours = MastodonLength.Count(
                        new() { Text = string.Join(' ', mixture.Select(part => part.Typed)), Warning = warning },
                        Mastodon
                    );

                    // Text that may be a link counts both in full and as a link, and a mention counts in full. The
                    // count must not exceed the server's by more than that.
                    var slack = mixture.Sum(part =>
                        part.Typed.Length + (part.Typed.Contains("://", StringComparison.Ordinal) ? 23 : 0)
                    );
                    return ours >= server && ours <= server + slack;
                }
            );
    }

    private static int Graphemes(string text) => new StringInfo(text).LengthInTextElements;

    private static int Length(string text) => MastodonLength.Count(new() { Text = text }, Mastodon);
}
