namespace Serge.Bot.Tests.Health;

/// <summary>A connection says since when it is as it is.</summary>
public sealed class ConnectionTests
{
    private readonly FakeTimeProvider _wire = new();

    [Fact]
    public void News_ThatIsNone_DoesNotMoveTheTime()
    {
        var connection = new PlatformConnection(_wire);
        Assert.Equal(new ConnectionState(IsUp: null, IsLostForGood: false, _wire.GetUtcNow()), connection.State);

        _wire.Advance(TimeSpan.FromMinutes(1));
        var lost = _wire.GetUtcNow();
        connection.MarkDisconnected();
        _wire.Advance(TimeSpan.FromMinutes(1));
        connection.MarkDisconnected();
        Assert.Equal(new ConnectionState(IsUp: false, IsLostForGood: false, lost), connection.State);

        connection.MarkDisconnected(forGood: true);
        Assert.Equal(new ConnectionState(IsUp: false, IsLostForGood: true, _wire.GetUtcNow()), connection.State);

        connection.MarkConnected();
        Assert.True(connection.State.IsConnected);
        connection.MarkUnused();
        Assert.Null(connection.State.IsConnected);
    }
}
