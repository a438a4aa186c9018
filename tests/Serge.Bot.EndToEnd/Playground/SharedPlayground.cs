namespace Serge.Bot.EndToEnd.Playground;

/// <summary>One playground for all tests of a class, which run beside each other and leave it as it is.</summary>
public sealed class SharedPlayground : IAsyncLifetime
{
    internal PlaygroundVisit Visit { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Visit = await PlaygroundVisit.OpenAsync();

    public ValueTask DisposeAsync() => Visit.DisposeAsync();
}
