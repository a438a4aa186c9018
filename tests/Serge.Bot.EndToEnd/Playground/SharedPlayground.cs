namespace Serge.Bot.EndToEnd.Playground;

/// <summary>One playground for all tests of a class. The tests run in parallel and do not change it.</summary>
public sealed class SharedPlayground : IAsyncLifetime
{
    internal PlaygroundVisit Visit { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Visit = await PlaygroundVisit.OpenAsync();

    public ValueTask DisposeAsync() => Visit.DisposeAsync();
}
