namespace Serge.Bot.Tests.Publishing;

/// <summary>The state of a connection, and the time of its last change.</summary>
public sealed class PlatformConnectionTests
{
    private readonly FakeTimeProvider _system = new();

    [Fact]
    public void Mark_WithTheSameState_DoesNotChangeSince()
    {
        var connection = new PlatformConnection(_system);
        Assert.Equal(State(isConnected: null, needsOperator: false), connection.State);

        _system.Advance(TimeSpan.FromMinutes(1));
        var disconnected = State(isConnected: false, needsOperator: false);
        connection.MarkDisconnected();
        _system.Advance(TimeSpan.FromMinutes(1));
        connection.MarkDisconnected();
        Assert.Equal(disconnected, connection.State);

        connection.MarkDisconnected(needsOperator: true);
        Assert.Equal(State(isConnected: false, needsOperator: true), connection.State);

        _system.Advance(TimeSpan.FromMinutes(1));
        connection.MarkConnected();
        Assert.Equal(State(isConnected: true, needsOperator: false), connection.State);
        connection.MarkUnused();
        Assert.Equal(State(isConnected: null, needsOperator: false), connection.State);
    }

    private ConnectionState State(bool? isConnected, bool needsOperator) =>
        new(isConnected, needsOperator, _system.GetUtcNow());
}
