using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Serge.Bot.Playground;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>A complete playground, used over HTTP as by its page.</summary>
internal sealed class PlaygroundVisit : IAsyncDisposable
{
    /// <summary>The number of parts of the state.</summary>
    private readonly int _parts;

    private PlaygroundVisit(PlaygroundHost playground, int parts)
    {
        _parts = parts;
        Playground = playground;
        Client = new HttpClient { BaseAddress = playground.Address };
    }

    public PlaygroundHost Playground { get; }

    public HttpClient Client { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a playground without posts, and waits until the bot is connected.</summary>
    public static async Task<PlaygroundVisit> OpenAsync(string? home = null)
    {
        var visit = await StartAsync(home ?? Stage.Repository);
        // A busy machine must not affect whether the bot responds in time.
        visit.Playground.Platforms.World.Discord.Options.ResponseTimeout = Wait.Limit;
        await visit.WaitUntilAsync(state =>
            state["worker"]?["gateway"]?.ToString() == "connected"
            && state["platforms"]!["commands"]!.AsArray().Count > 0
        );
        return visit;
    }

    /// <summary>Starts a playground, with or without its bot.</summary>
    public static async Task<PlaygroundVisit> StartAsync(string home, bool withoutBot = false)
    {
        IPEndPoint any = new(IPAddress.Loopback, 0);
        var playground = await PlaygroundHost.StartAsync(home, any, _ => { }, withoutBot);
        return new PlaygroundVisit(playground, withoutBot ? 9 : 10);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Playground.DisposeAsync();
    }

    public async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await Client.GetStringAsync(new Uri(path, UriKind.Relative), Cancel))!;

    public Task<(int Status, JsonNode Answer)> PostAsync(string path, string json) =>
        PostAsync(path, Encoding.UTF8.GetBytes(json));

    public async Task<(int Status, JsonNode Answer)> PostAsync(string path, byte[] json)
    {
        using ByteArrayContent content = new(json);
        content.Headers.ContentType = new("application/json");
        using var answer = await Client.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!);
    }

    /// <summary>Replaces the first occurrence of a text in a quote file, and saves the file.</summary>
    public async Task<(int Status, JsonNode Answer)> ReplaceInFileAsync(string name, string old, string replacement)
    {
        var file = await GetAsync($"api/quote-files/{name}");
        var text = file["text"]!.ToString();
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{name} does not contain: {old}");
        return await SaveFileAsync(name, text[..at] + replacement + text[(at + old.Length)..], (long)file["version"]!);
    }

    public Task<(int Status, JsonNode Answer)> SaveFileAsync(string name, string text, long version)
    {
        JsonObject request = new()
        {
            ["file"] = name,
            ["text"] = text,
            ["version"] = version,
        };
        return PostAsync("api/quote-files", request.ToJsonString());
    }

    /// <summary>The highest version of a quote file.</summary>
    public async Task<long> GetVersionAsync()
    {
        var versions = new List<long>();
        foreach (var name in new[] { "quotes.yaml", "events.yaml", "sources.yaml", "author.yaml" })
        {
            versions.Add((long)(await GetAsync($"api/quote-files/{name}"))["version"]!);
        }

        return versions.Max();
    }

    /// <summary>Reads the event stream until the state meets a condition.</summary>
    /// <exception cref="TimeoutException">It did not meet it in time.</exception>
    public async Task WaitUntilAsync(
        Func<JsonNode, bool> isSo,
        [CallerArgumentExpression(nameof(isSo))] string expected = ""
    )
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        timeout.CancelAfter(Wait.Limit);
        JsonObject state = [];
        Assert.True(
            await Wait.ForAsync(
                ReadUntilAsync(state, isSo, timeout.Token),
                () => Task.FromResult(state.ToJsonString()),
                timeout.Token,
                expected
            ),
            "The stream ended."
        );
    }

    private async Task<bool> ReadUntilAsync(
        JsonObject state,
        Func<JsonNode, bool> isSo,
        CancellationToken cancellationToken
    )
    {
        await using var stream = await Client.GetStreamAsync(
            new Uri("api/events", UriKind.Relative),
            cancellationToken
        );
        using StreamReader reader = new(stream);
        for (var part = ""; await reader.ReadLineAsync(cancellationToken) is { } line; )
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                part = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                state[part] = JsonNode.Parse(line["data: ".Length..]);
                if (state.Count >= _parts && isSo(state))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
