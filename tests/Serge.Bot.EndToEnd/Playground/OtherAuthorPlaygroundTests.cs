using System.Net;
using System.Text.Json.Nodes;
using Serge.Bot.Playground;
using Serge.Bot.Tests.OtherAuthors;

namespace Serge.Bot.EndToEnd.Playground;

/// <summary>The playground with the files of another author names no other author.</summary>
public sealed class OtherAuthorPlaygroundTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("serge-other-author-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task State_OfAPlaygroundForAnotherAuthor_NamesThatAuthor()
    {
        OtherAuthor.Write(_home.FullName);
        await using var playground = await PlaygroundHost.StartAsync(
            _home.FullName,
            new IPEndPoint(IPAddress.Loopback, 0),
            _ => { }
        );
        using HttpClient client = new() { BaseAddress = playground.Address };

        var state = await GetStateWithCommandsAsync(client);

        var text = state.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
        Assert.Equal("noraquill", state["platforms"]!["account"]!.ToString());
        Assert.Equal("Nora Quill, quoted", state["platforms"]!["displayName"]!.ToString());
        Assert.Contains("A quotation of Nora Quill, with its source", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"Serge(?!\.Bot)|VictorSerge", text);
    }

    [Fact]
    public async Task WorkerStart_WithInvalidSettings_ReturnsTheProblem()
    {
        OtherAuthor.Write(_home.FullName);
        await using var visit = await PlaygroundVisit.OpenAsync(_home.FullName);
        await visit.PostAsync("api/worker", """{"action":"kill"}""");
        await File.WriteAllTextAsync(
            Path.Combine(_home.FullName, "appsettings.json"),
            """{ "Schedules": { "noon": { "Cron": "at noon", "Content": "quote", "To": ["mastodon"] } } }""",
            Cancel
        );

        var (status, answer) = await visit.PostAsync("api/worker", """{"action":"start"}""");

        Assert.Equal(400, status);
        var problem = answer["problem"]!.ToString();
        Assert.StartsWith("The bot did not start: The settings are invalid.", problem, StringComparison.Ordinal);
        Assert.Contains("noon", problem, StringComparison.Ordinal);
        await visit.WaitUntilAsync(state => state["worker"]!["state"]!.ToString() == "stopped");
    }

    private static async Task<JsonNode> GetStateWithCommandsAsync(HttpClient client)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        timeout.CancelAfter(TimeSpan.FromMinutes(5));
        while (true)
        {
            var state = JsonNode.Parse(await client.GetStringAsync("api/state", timeout.Token));
            if (state?["platforms"]?["commands"]?.AsArray().Count > 0)
            {
                return state;
            }

            await Task.Delay(50, timeout.Token);
        }
    }
}
