using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.RateLimits;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>Which bucket a route has.</summary>
public sealed class BucketTableTests
{
    private const string Template = "POST channels/{id}/messages";
    private static readonly Route Post = Route.CreateMessage(1);
    private static readonly Route Edit = Route.EditMessage(1, 10);

    private readonly BucketTable _table = new();

    [Fact]
    public void Get_RoutesWithoutAName_IsOnePerRouteAndChannel()
    {
        var bucket = _table.Get(Post, default);

        Assert.Same(bucket, _table.Get(Route.CreateMessage(1), default));
        Assert.NotSame(bucket, _table.Get(Route.CreateMessage(2), default));
        Assert.NotSame(bucket, _table.Get(Edit, default));
        Assert.Same(_table.Get(Edit, default), _table.Get(Route.EditMessage(1, 11), default));
    }

    [Fact]
    public void Get_RoutesWithTheSameName_IsOnePerChannel()
    {
        Assert.True(_table.TrySetBucket(Post.Template, "b", permit: 1, lastPermit: 1));
        Assert.True(_table.TrySetBucket(Edit.Template, "b", permit: 2, lastPermit: 2));

        Assert.Same(_table.Get(Post, default), _table.Get(Edit, default));
        Assert.Same(_table.Get("b", "1", default), _table.Get(Edit, default));
        Assert.NotSame(_table.Get(Post, default), _table.Get(Route.CreateMessage(2), default));
    }

    [Fact]
    public void TryName_WithTheNameItHas_ChangesNothing()
    {
        Assert.True(_table.TrySetBucket(Template, "a", permit: 1, lastPermit: 3));
        Assert.False(_table.TrySetBucket(Template, "a", permit: 2, lastPermit: 3));
        Assert.False(_table.TrySetBucket(Template, "a", permit: 9, lastPermit: 9));
    }

    /// <summary>A former name counts only if the request was sent after the current name was known.</summary>
    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void TryName_WithAFormerName_CountsOnlyFromALaterRequest(int permit, bool changes)
    {
        _table.TrySetBucket(Template, "a", permit: 1, lastPermit: 2);
        Assert.True(_table.TrySetBucket(Template, "b", permit: 3, lastPermit: 5));

        Assert.Equal(changes, _table.TrySetBucket(Template, "a", permit, lastPermit: 8));

        var now = _table.Get(changes ? "a" : "b", "1", default);
        Assert.Same(now, _table.Get(Post, default));
        Assert.Equal(!changes, _table.TrySetBucket(Template, "a", permit: 9, lastPermit: 9));
    }

    /// <summary>A former name that is used again is the newest one.</summary>
    [Fact]
    public void TryName_WithAFormerNameThatComesBack_MovesItToTheEnd()
    {
        _table.TrySetBucket(Template, "a", permit: 1, lastPermit: 1);
        _table.TrySetBucket(Template, "b", permit: 2, lastPermit: 2);
        Assert.True(_table.TrySetBucket(Template, "a", permit: 3, lastPermit: 4));

        // The request was already sent.
        Assert.False(_table.TrySetBucket(Template, "b", permit: 4, lastPermit: 5));
        // A new name.
        Assert.True(_table.TrySetBucket(Template, "c", permit: 4, lastPermit: 5));
        Assert.False(_table.TrySetBucket(Template, "a", permit: 5, lastPermit: 6));
        Assert.Same(_table.Get("c", "1", default), _table.Get(Post, default));
    }

    [Fact]
    public void TryName_WithManyNames_RemembersFourFormerOnes()
    {
        string[] names = ["a", "b", "c", "d", "e"];
        foreach (var name in names)
        {
            Assert.True(_table.TrySetBucket(Template, name, permit: 1, lastPermit: 9));
        }

        Assert.All(names, name => Assert.False(_table.TrySetBucket(Template, name, permit: 1, lastPermit: 9)));
        Assert.True(_table.TrySetBucket(Template, "f", permit: 1, lastPermit: 9));
        Assert.All(names[1..], name => Assert.False(_table.TrySetBucket(Template, name, permit: 1, lastPermit: 9)));
        Assert.True(_table.TrySetBucket(Template, "a", permit: 1, lastPermit: 9));
    }

    [Fact]
    public void Get_ManyIdleBuckets_IsSweptAtFiveHundredAndTwelve()
    {
        for (var i = 0; i < 512; i++)
        {
            _table.Get($"bucket {i}", "1", default);
        }

        Assert.Equal(512, _table.Count);
        _table.Get("one more", "1", default);
        Assert.Equal(1, _table.Count);
    }

    [Fact]
    public void Get_ManyBucketsInUse_KeepsThemAndLooksAgainAtTwiceAsMany()
    {
        for (var i = 0; i < 512; i++)
        {
            _table.Get($"busy {i}", "1", default).Start(default);
        }

        for (var i = 0; i < 512; i++)
        {
            _table.Get($"idle {i}", "1", default);
        }

        Assert.Equal(1024, _table.Count);
        _table.Get("one more", "1", default);
        Assert.Equal(513, _table.Count);
        _table.Get("busy 0", "1", default).Finish(counted: false, default);

        // Half of them are in use: the next cleanup is at twice as many.
        for (var i = 513; i < 1024; i++)
        {
            _table.Get($"later {i}", "1", default);
        }

        Assert.Equal(1024, _table.Count);
        _table.Get("yet one more", "1", default);
        Assert.Equal(512, _table.Count);
    }
}
