using System.Globalization;
using System.Text;

namespace Serge.Bot.EndToEnd.Playground;

/// <summary>What the editor reads, and which requests it refuses: other file names, invalid text, other origins. No
/// request changes a file.</summary>
public sealed class EditingRequestTests(SharedPlayground shared) : IClassFixture<SharedPlayground>
{
    private readonly PlaygroundVisit _visit = shared.Visit;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("quotes.yaml")]
    [InlineData("events.yaml")]
    [InlineData("sources.yaml")]
    [InlineData("author.yaml")]
    public async Task AFile_IsShownAsItIs(string name)
    {
        var file = await _visit.GetAsync($"api/quote-files/{name}");

        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(Stage.Repository, "quotes", name), Cancel),
            file["text"]!.ToString()
        );
        Assert.Equal((name, false), (file["name"]!.ToString(), (bool)file["changed"]!));
    }

    [Theory]
    [InlineData("../appsettings.json")]
    [InlineData("../ledger.db")]
    [InlineData("..\\ledger.db")]
    [InlineData("/etc/hostname")]
    [InlineData("quotes.yaml/../../ledger.db")]
    [InlineData("schema/quotes.schema.json")]
    [InlineData("QUOTES.yaml")]
    [InlineData("quotes.yaml\u0000")]
    [InlineData("new.yaml")]
    [InlineData("")]
    public async Task AnotherName_IsRefused_AndWritesNothing(string name)
    {
        var before = List();

        var (status, answer) = await _visit.SaveFileAsync(name, "gone", await _visit.GetVersionAsync());
        using var read = await _visit.Client.GetAsync(
            new Uri($"api/quote-files/{Uri.EscapeDataString(name)}", UriKind.Relative),
            Cancel
        );

        Assert.Equal(400, status);
        Assert.Contains("no such file", answer["problem"]!.ToString(), StringComparison.Ordinal);
        Assert.InRange((int)read.StatusCode, 400, 499);
        Assert.Equal(before, List());
    }

    [Fact]
    public async Task InvalidUtf8_IsRefused()
    {
        var version = await _visit.GetVersionAsync();
        byte[] json =
        [
            .. Encoding.UTF8.GetBytes($$"""{"file":"quotes.yaml","version":{{version}},"text":"caf"""),
            0xE9,
            .. "\"}"u8,
        ];

        var (status, answer) = await _visit.PostAsync("api/quote-files", json);

        Assert.Equal((400, version), (status, await _visit.GetVersionAsync()));
        Assert.NotEmpty(answer["problem"]!.ToString());
    }

    [Theory]
    [InlineData("api/quote-files", """{"file":"quotes.yaml","version":VERSION,"text":"\ud800"}""")]
    [InlineData("api/quote-files", """{"file":"\udc00","version":VERSION,"text":"x"}""")]
    [InlineData("api/quote-files", """{"file":"quotes.yaml","text":"x"}""")]
    [InlineData("api/quote-files", """{"file":"quotes.yaml","version":VERSION}""")]
    [InlineData("api/quote-files", """{"version":VERSION,"text":"x"}""")]
    [InlineData("api/quote-files", """{"file":"quotes.yaml","version":99999999999999999999,"text":"x"}""")]
    [InlineData("api/quote-files", """{"file":["quotes.yaml"],"version":VERSION,"text":"x"}""")]
    [InlineData("api/quote-files", "[]")]
    [InlineData("api/quote-files/restore", "{}")]
    [InlineData("api/correct", "{}")]
    [InlineData("api/correct", """{"item":"no-such-quotation"}""")]
    [InlineData("api/correct", """{"item":"\ud800"}""")]
    [InlineData("api/command", """{"line":"\ud800"}""")]
    public async Task AnInvalidRequest_ReturnsTheProblem(string path, string body)
    {
        var version = await _visit.GetVersionAsync();
        var json = body.Replace("VERSION", version.ToString(Invariant), StringComparison.Ordinal);

        var (status, answer) = await _visit.PostAsync(path, json);

        Assert.Equal(400, status);
        Assert.NotEmpty(answer["problem"]!.ToString());
        Assert.Equal(version, await _visit.GetVersionAsync());
    }

    [Fact]
    public async Task ATextThatIsTooLong_IsRefused()
    {
        var version = await _visit.GetVersionAsync();

        var (status, answer) = await _visit.SaveFileAsync(
            "quotes.yaml",
            new string('x', (5 * 1024 * 1024) + 1),
            version
        );
        using ByteArrayContent huge = new(new byte[11 * 1024 * 1024]);
        huge.Headers.ContentType = new("application/json");
        using var refused = await _visit.Client.PostAsync(new Uri("api/quote-files", UriKind.Relative), huge, Cancel);

        Assert.Equal(400, status);
        Assert.Contains("5 MiB", answer["problem"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(413, (int)refused.StatusCode);
        Assert.Equal(version, await _visit.GetVersionAsync());
    }

    [Theory]
    [InlineData("api/quote-files", "text/plain", null, 415)]
    [InlineData("api/quote-files/restore", "text/plain", null, 415)]
    [InlineData("api/correct", "text/plain", null, 415)]
    [InlineData("api/quote-files", "application/json", "http://evil.example", 403)]
    [InlineData("api/quote-files/restore", "application/json", "http://evil.example", 403)]
    [InlineData("api/correct", "application/json", "http://evil.example", 403)]
    public async Task ARequestOfAnotherSite_IsRefused(string path, string type, string? origin, int expected)
    {
        var version = await _visit.GetVersionAsync();
        var json = $$"""{"file":"quotes.yaml","text":"[]","version":{{version}},"item":"needed-a-principle"}""";
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Content = new StringContent(json, Encoding.UTF8, type);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await _visit.Client.SendAsync(request, Cancel);

        Assert.Equal((expected, version), ((int)answer.StatusCode, await _visit.GetVersionAsync()));
    }

    [Fact]
    public async Task WithoutABot_NothingCanBeEdited()
    {
        await using var rehearsal = await PlaygroundVisit.StartAsync(Stage.Repository, withoutBot: true);

        foreach (var path in new[] { "api/quote-files", "api/quote-files/restore", "api/correct" })
        {
            var (status, answer) = await rehearsal.PostAsync(path, """{"version":1}""");
            Assert.Equal(400, status);
            Assert.Contains("--without-bot", answer["problem"]!.ToString(), StringComparison.Ordinal);
        }

        using var read = await rehearsal.Client.GetAsync("api/quote-files/quotes.yaml", Cancel);
        Assert.Contains("--without-bot", await read.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await rehearsal.WaitUntilAsync(state => state["quoteFiles"] is null);
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private string[] List() =>
        [
            .. Directory
                .EnumerateFiles(_visit.Playground.Folder, "*", SearchOption.AllDirectories)
                .Where(path => !Path.GetFileName(path).StartsWith("ledger.db", StringComparison.Ordinal))
                .Select(path => $"{path} {new FileInfo(path).Length}")
                .Order(StringComparer.Ordinal),
        ];
}
