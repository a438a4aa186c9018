using System.Globalization;

namespace Serge.Bot.Platforms.Tests;

/// <summary>The lookup of a post in the pages of an account's list. It was sent at 9:00.</summary>
public sealed class MastodonPostLookupTests
{
    private static readonly DateTimeOffset Since = new(2026, 3, 29, 9, 0, 0, TimeSpan.Zero);
    private static readonly MastodonStatus Status = new() { Text = "Some text" };
    private readonly List<string?> _requested = [];

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    [InlineData(-1.001, false)]
    public async Task Find_APostOfThatTime_CountsFromOneSecondBefore(double seconds, bool isFound)
    {
        var page = Page(Post("7", seconds));

        var result = await FindAsync(Status, page);

        Assert.Equal(isFound, result is LookupResult.Found("7", _));
        Assert.Equal(!isFound, result is LookupResult.NotFound);
    }

    [Fact]
    public async Task Find_OnAServerWhoseClockIsAhead_UsesTheServersClock()
    {
        var page = new MastodonPostPage([Post("7", seconds: 58)], TimeSpan.FromMinutes(1));

        Assert.IsType<LookupResult.NotFound>(await FindAsync(Status, page));
    }

    [Fact]
    public async Task Find_OnTheSecondPage_AsksForThePostsAfterTheLastOne()
    {
        var first = Page([.. Enumerable.Range(1, 40).Select(i => Post($"{100 - i}", 60, "another"))]);
        var second = Page(Post("7", 30), Post("6", -60));

        Assert.IsType<LookupResult.Found>(await FindAsync(Status, first, second));
        Assert.Equal([null, "60"], _requested);
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(20, false)]
    public async Task Find_OnAServerThatRepeatsThePage_IsCertainBelowTheDefaultSize(int posts, bool isCertain)
    {
        var page = Page([.. Enumerable.Range(1, posts).Select(i => Post($"{i}", 60, "another"))]);

        Assert.Equal(isCertain, await FindAsync(Status, page, page) is LookupResult.NotFound);
    }

    [Fact]
    public async Task Find_MoreThanFivePages_IsInconclusive()
    {
        var id = 0;
        MastodonPostPage Next() => Page(Post((++id).ToString(CultureInfo.InvariantCulture), 60, "another"));

        var result = await FindAsync(Status, Next(), Next(), Next(), Next(), Next());

        Assert.Equal(
            new LookupResult.Inconclusive("More than 200 posts since 2026-03-29 09:00:00Z.", NeedsOperator: true),
            result
        );
        Assert.Equal(5, _requested.Count);
    }

    [Fact]
    public async Task Find_WithoutPosts_IsNotFound() =>
        Assert.IsType<LookupResult.NotFound>(await FindAsync(Status, Page()));

    [Fact]
    public async Task Find_ABoost_IsNotThePost() =>
        Assert.IsType<LookupResult.NotFound>(await FindAsync(Status, Page(Post("7", 60, ""), Post("6", seconds: -60))));

    [Fact]
    public async Task Find_TheTextTwice_NamesTheOlderOneAsCopy()
    {
        var result = await FindAsync(Status, Page(Post("8", 60), Post("7", 30), Post("6", -60)));

        Assert.Equal("https://mastodon.example/7", Assert.IsType<LookupResult.Found>(result).Copy);
    }

    [Fact]
    public async Task Find_OnAServerThatListsAPostTwice_IsNoCopy()
    {
        var result = await FindAsync(Status, Page(Post("7", 30), Post("7", 30)));

        Assert.Null(Assert.IsType<LookupResult.Found>(result).Copy);
    }

    [Fact]
    public async Task Find_ATextWithoutLetters_RequestsNothing()
    {
        Assert.Equal(LookupResult.NoText, await FindAsync(new MastodonStatus { Text = "…" }));
        Assert.Empty(_requested);
    }

    [Fact]
    public async Task Find_WhenAPageCannotBeRead_KeepsTheReason() =>
        Assert.Equal(new LookupResult.Inconclusive("no page"), await FindAsync(Status));

    [Theory]
    [InlineData(MastodonVisibility.Public, true, true)]
    [InlineData(MastodonVisibility.Unlisted, null, true)]
    [InlineData(MastodonVisibility.Private, false, true)]
    [InlineData(MastodonVisibility.Private, true, false)]
    [InlineData(MastodonVisibility.Private, null, false)]
    [InlineData(MastodonVisibility.Direct, true, false)]
    public async Task Find_APostOfEachVisibility_RequestsTheListIfItContainsThePost(
        MastodonVisibility visibility,
        bool? hidesNonPublicPosts,
        bool isRequested
    )
    {
        await MastodonPostLookup.FindAsync(
            Status with
            {
                Visibility = visibility,
            },
            Since,
            () => Task.FromResult(hidesNonPublicPosts),
            ReadPages(Page())
        );

        Assert.Equal(isRequested, _requested.Count == 1);
    }

    private Task<LookupResult> FindAsync(MastodonStatus status, params MastodonPostPage[] pages) =>
        MastodonPostLookup.FindAsync(status, Since, () => Task.FromResult<bool?>(false), ReadPages(pages));

    private Func<string?, Task<Result<MastodonPostPage>>> ReadPages(params MastodonPostPage[] pages) =>
        lastId =>
        {
            _requested.Add(lastId);
            return Task.FromResult<Result<MastodonPostPage>>(
                _requested.Count > pages.Length
                    ? new Result<MastodonPostPage>.Unavailable("no page")
                    : pages[_requested.Count - 1]
            );
        };

    private static MastodonPostPage Page(params MastodonListedPost[] posts) => new(posts, TimeSpan.Zero);

    private static MastodonListedPost Post(string id, double seconds, string? text = "sometext") =>
        new(id, $"https://mastodon.example/{id}", Since.AddSeconds(seconds), text);
}
