using Serge.Bot.Health;

namespace Serge.Bot.Tests.Health;

/// <summary>A connection says since when it is as it is.</summary>
public sealed class ConnectionTests
{
    private readonly FakeTimeProvider _wire = new();

    [Fact]
    public void News_ThatIsNone_DoesNotMoveTheTime()
    {
        var connection = new Connection(_wire);
        Assert.Equal(new ConnectionState(IsUp: null, IsLostForGood: false, _wire.GetUtcNow()), connection.State);

        _wire.Advance(TimeSpan.FromMinutes(1));
        var lost = _wire.GetUtcNow();
        connection.IsDown();
        _wire.Advance(TimeSpan.FromMinutes(1));
        connection.IsDown();
        Assert.Equal(new ConnectionState(IsUp: false, IsLostForGood: false, lost), connection.State);

        connection.IsDown(forGood: true);
        Assert.Equal(new ConnectionState(IsUp: false, IsLostForGood: true, _wire.GetUtcNow()), connection.State);

        connection.IsUp();
        Assert.True(connection.State.IsUp);
        connection.IsLeft();
        Assert.Null(connection.State.IsUp);
    }
}
