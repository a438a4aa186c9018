using Serge.Bot.Discord.RateLimits;
using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>Which bucket a route has.</summary>
public sealed class BucketTableTests
{
    private const string Template = "POST channels/{id}/messages";
    private static readonly Route Post = Route.CreateMessage(1);
    private static readonly Route Edit = Route.EditMessage(1, 10);

    private readonly BucketTable _table = new();

    [Fact]
    public void Of_RoutesWithoutAName_IsOnePerRouteAndChannel()
    {
        var bucket = _table.Of(Post, default);

        Assert.Same(bucket, _table.Of(Route.CreateMessage(1), default));
        Assert.NotSame(bucket, _table.Of(Route.CreateMessage(2), default));
        Assert.NotSame(bucket, _table.Of(Edit, default));
        Assert.Same(_table.Of(Edit, default), _table.Of(Route.EditMessage(1, 11), default));
    }

    [Fact]
    public void Of_RoutesWithTheSameName_IsOnePerChannel()
    {
        Assert.True(_table.TryName(Post.Template, "b", permit: 1, given: 1));
        Assert.True(_table.TryName(Edit.Template, "b", permit: 2, given: 2));

        Assert.Same(_table.Of(Post, default), _table.Of(Edit, default));
        Assert.Same(_table.Of("b", "1", default), _table.Of(Edit, default));
        Assert.NotSame(_table.Of(Post, default), _table.Of(Route.CreateMessage(2), default));
    }

    [Fact]
    public void TryName_WithTheNameItHas_ChangesNothing()
    {
        Assert.True(_table.TryName(Template, "a", permit: 1, given: 3));
        Assert.False(_table.TryName(Template, "a", permit: 2, given: 3));
        Assert.False(_table.TryName(Template, "a", permit: 9, given: 9));
    }

    /// <summary>A former name counts only if the request was sent after the present name was known.</summary>
    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void TryName_WithAFormerName_CountsOnlyFromALaterRequest(int permit, bool changes)
    {
        _table.TryName(Template, "a", permit: 1, given: 2);
        Assert.True(_table.TryName(Template, "b", permit: 3, given: 5));

        Assert.Equal(changes, _table.TryName(Template, "a", permit, given: 8));

        var now = _table.Of(changes ? "a" : "b", "1", default);
        Assert.Same(now, _table.Of(Post, default));
        Assert.Equal(!changes, _table.TryName(Template, "a", permit: 9, given: 9));
    }

    /// <summary>A former name that is used again is the newest one.</summary>
    [Fact]
    public void TryName_WithAFormerNameThatComesBack_MovesItToTheEnd()
    {
        _table.TryName(Template, "a", permit: 1, given: 1);
        _table.TryName(Template, "b", permit: 2, given: 2);
        Assert.True(_table.TryName(Template, "a", permit: 3, given: 4));

        Assert.False(_table.TryName(Template, "b", permit: 4, given: 5)); // it was out by then
        Assert.True(_table.TryName(Template, "c", permit: 4, given: 5)); // news
        Assert.False(_table.TryName(Template, "a", permit: 5, given: 6));
        Assert.Same(_table.Of("c", "1", default), _table.Of(Post, default));
    }

    [Fact]
    public void TryName_WithManyNames_RemembersFourFormerOnes()
    {
        string[] names = ["a", "b", "c", "d", "e"];
        foreach (var name in names)
        {
            Assert.True(_table.TryName(Template, name, permit: 1, given: 9));
        }

        Assert.All(names, name => Assert.False(_table.TryName(Template, name, permit: 1, given: 9)));
        Assert.True(_table.TryName(Template, "f", permit: 1, given: 9));
        Assert.All(names[1..], name => Assert.False(_table.TryName(Template, name, permit: 1, given: 9)));
        Assert.True(_table.TryName(Template, "a", permit: 1, given: 9));
    }

    [Fact]
    public void Of_ManyIdleBuckets_IsSweptAtFiveHundredAndTwelve()
    {
        for (var i = 0; i < 512; i++)
        {
            _table.Of($"bucket {i}", "1", default);
        }

        Assert.Equal(512, _table.Count);
        _table.Of("one more", "1", default);
        Assert.Equal(1, _table.Count);
    }

    [Fact]
    public void Of_ManyBucketsInUse_KeepsThemAndLooksAgainAtTwiceAsMany()
    {
        for (var i = 0; i < 512; i++)
        {
            _table.Of($"busy {i}", "1", default).Take(default);
        }

        for (var i = 0; i < 512; i++)
        {
            _table.Of($"idle {i}", "1", default);
        }

        Assert.Equal(1024, _table.Count);
        _table.Of("one more", "1", default);
        Assert.Equal(513, _table.Count);
        _table.Of("busy 0", "1", default).Return(counted: false, default);

        // Half of them are in use: the next look is at twice as many again.
        for (var i = 513; i < 1024; i++)
        {
            _table.Of($"later {i}", "1", default);
        }

        Assert.Equal(1024, _table.Count);
        _table.Of("yet one more", "1", default);
        Assert.Equal(512, _table.Count);
    }
}
