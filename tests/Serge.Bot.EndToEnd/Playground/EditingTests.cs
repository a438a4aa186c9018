using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Serge.Bot.EndToEnd.Playground;

/// <summary>Editing on the page: the bot reads what is saved, as it reads every edit of its files.</summary>
public sealed class EditingTests : IAsyncLifetime
{
    private const string Principle = "We needed a principle, a way of life.";
    private const string Corrected = "We needed a principle, and a way of life.";

    private PlaygroundVisit _visit = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _visit = await PlaygroundVisit.OpenAsync();

    public ValueTask DisposeAsync() => _visit.DisposeAsync();

    [Theory]
    [InlineData("quotes.yaml")]
    [InlineData("events.yaml")]
    [InlineData("sources.yaml")]
    [InlineData("author.yaml")]
    public async Task AFile_IsShownAsItIs(string name)
    {
        var file = await _visit.GetAsync($"api/quote-files/{name}");

        Assert.Equal(await ReadOriginalAsync(name), file["text"]!.ToString());
        Assert.Equal((name, false), (file["name"]!.ToString(), (bool)file["changed"]!));
    }

    [Fact]
    public async Task AnEdit_IsWhatTheBotAnswersNext_AndTheOperatorsFileStays()
    {
        var before = await ReadOriginalAsync("quotes.yaml");

        var (status, answer) = await ReplaceAsync("quotes.yaml", Principle, Corrected);

        Assert.Equal((200, "done"), (status, answer["outcome"]!.ToString()));
        await _visit.UntilAsync(state => state["quoteFiles"]!["use"]!.ToString() == "served" && IsChanged(state));
        await _visit.PostAsync("api/command", """{"line":"/quote id:needed-a-principle"}""");
        await _visit.UntilAsync(state => HasMessage(state, Corrected));
        Assert.Equal(before, await ReadOriginalAsync("quotes.yaml"));
    }

    [Fact]
    public async Task AMistake_IsReportedAtItsLine_AndTheBotKeepsTheLastValidVersion()
    {
        var line = LineOf(await ReadOriginalAsync("quotes.yaml"), "via: cunningham");

        await ReplaceAsync("quotes.yaml", "via: cunningham", "via: cuningham");

        await _visit.UntilAsync(state =>
            state["quoteFiles"]!["use"]!.ToString() == "refused"
            && Problem(state) is { } problem
            && problem["file"]!.ToString() == "quotes.yaml"
            && (int)problem["line"]! == line
            && problem["severity"]!.ToString() == "error"
            && problem["fix"]!.ToString().Contains("cunningham", StringComparison.Ordinal)
        );
        await _visit.PostAsync("api/command", """{"line":"/quote id:needed-a-principle"}""");
        await _visit.UntilAsync(state => HasMessage(state, Principle));

        await ReplaceAsync("quotes.yaml", "via: cuningham", "via: cunningham");
        await _visit.UntilAsync(state =>
            state["quoteFiles"]!["use"]!.ToString() == "served" && Problem(state) is null && !IsChanged(state)
        );
    }

    [Theory]
    [InlineData("\0", "0x00")]
    [InlineData("\u0007", "invisible control character")]
    [InlineData("\t- x: [", "")]
    public async Task HostileText_IsSavedAndReported_AndHarmsNothing(string text, string words)
    {
        await ReplaceAsync("quotes.yaml", Principle, $"{Principle}\"\n{text}");

        await _visit.UntilAsync(state =>
            state["quoteFiles"]!["use"]!.ToString() == "refused"
            && Problem(state)!["message"]!.ToString().Contains(words, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task ABotThatIsStarted_WithAMistake_DoesNotStart_AndSaysWhere()
    {
        await ReplaceAsync("quotes.yaml", "via: cunningham", "via: cuningham");
        await _visit.PostAsync("api/worker", """{"action":"kill"}""");

        var (status, answer) = await _visit.PostAsync("api/worker", """{"action":"start"}""");

        Assert.Equal(400, status);
        Assert.Matches(@"did not start: quotes\.yaml, line \d+: ", answer["problem"]!.ToString());
        await _visit.UntilAsync(state =>
            state["quoteFiles"]!["use"]!.ToString() == "stopped"
            && state["log"]!
                .AsArray()
                .Any(line => line!["text"]!.ToString().StartsWith("The bot did not start", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Restore_BringsBackAllFiles()
    {
        await ReplaceAsync("quotes.yaml", Principle, Corrected);
        await ReplaceAsync("events.yaml", "Victor Serge", "V. Serge");

        var (status, _) = await _visit.PostAsync("api/quote-files/restore", $$"""{"version":{{await VersionAsync()}}}""");

        Assert.Equal(200, status);
        foreach (var name in new[] { "quotes.yaml", "events.yaml" })
        {
            var file = await _visit.GetAsync($"api/quote-files/{name}");
            Assert.Equal(await ReadOriginalAsync(name), file["text"]!.ToString());
            Assert.False((bool)file["changed"]!);
        }
    }

    [Fact]
    public async Task TwoTabs_TheSecondToSave_IsToldAndDestroysNothing()
    {
        var theirs = await _visit.GetAsync("api/quote-files/quotes.yaml");
        await ReplaceAsync("quotes.yaml", Principle, Corrected);

        var (status, answer) = await SaveAsync("quotes.yaml", "[]", (long)theirs["version"]!);
        var (restored, _) = await _visit.PostAsync(
            "api/quote-files/restore",
            $$"""{"version":{{theirs["version"]}}}"""
        );

        Assert.Equal((409, "conflict"), (status, answer["outcome"]!.ToString()));
        Assert.Contains("another tab", answer["problem"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(409, restored);
        var file = await _visit.GetAsync("api/quote-files/quotes.yaml");
        Assert.Contains(Corrected, file["text"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoTabs_ThatEditDifferentFiles_DoNotDisturbEachOther()
    {
        var events = await _visit.GetAsync("api/quote-files/events.yaml");
        await ReplaceAsync("quotes.yaml", Principle, Corrected);

        var text = events["text"]!.ToString().Replace("Victor Serge", "V. Serge", StringComparison.Ordinal);
        var (status, _) = await SaveAsync("events.yaml", text, (long)events["version"]!);

        Assert.Equal(200, status);
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

        var (status, answer) = await SaveAsync(name, "gone", await VersionAsync());
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
        var version = await VersionAsync();
        byte[] json =
        [
            .. Encoding.UTF8.GetBytes($$"""{"file":"quotes.yaml","version":{{version}},"text":"caf"""),
            0xE9,
            .. "\"}"u8,
        ];

        var (status, answer) = await _visit.PostAsync("api/quote-files", json);

        Assert.Equal((400, version), (status, await VersionAsync()));
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
    public async Task ARequestThatMakesNoSense_IsToldSo(string path, string body)
    {
        var version = await VersionAsync();
        var json = body.Replace("VERSION", version.ToString(Invariant), StringComparison.Ordinal);

        var (status, answer) = await _visit.PostAsync(path, json);

        Assert.Equal(400, status);
        Assert.NotEmpty(answer["problem"]!.ToString());
        Assert.Equal(version, await VersionAsync());
    }

    [Fact]
    public async Task ATextThatIsTooLong_IsRefused()
    {
        var version = await VersionAsync();

        var (status, answer) = await SaveAsync("quotes.yaml", new string('x', (5 * 1024 * 1024) + 1), version);
        using ByteArrayContent huge = new(new byte[11 * 1024 * 1024]);
        huge.Headers.ContentType = new("application/json");
        using var refused = await _visit.Client.PostAsync(new Uri("api/quote-files", UriKind.Relative), huge, Cancel);

        Assert.Equal(400, status);
        Assert.Contains("5 MiB", answer["problem"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(413, (int)refused.StatusCode);
        Assert.Equal(version, await VersionAsync());
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
        var version = await VersionAsync();
        var json = $$"""{"file":"quotes.yaml","text":"[]","version":{{version}},"item":"needed-a-principle"}""";
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Content = new StringContent(json, Encoding.UTF8, type);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await _visit.Client.SendAsync(request, Cancel);

        Assert.Equal((expected, version), ((int)answer.StatusCode, await VersionAsync()));
    }

    [Fact]
    public async Task Correct_EditsThePublishedPostOnBothPlatforms()
    {
        var (item, words) = await PostAnEventAsync();
        await ReplaceAsync("events.yaml", words, $"{words} Corrected.");
        await _visit.UntilAsync(state =>
            state["quoteFiles"]!["outdated"]!.AsArray() is [{ } one]
            && one["items"]![0]!.ToString() == item
            && (int)one["posts"]! == 2
        );

        var (status, answer) = await _visit.PostAsync("api/correct", $$"""{"item":"{{item}}"}""");

        Assert.Equal((200, 2), (status, answer["details"]!.AsArray().Count));
        await _visit.UntilAsync(state =>
            state["quoteFiles"]!["outdated"]!.AsArray().Count == 0
            && state["messages"]!.AsArray().Count(IsCorrectedMessage) == 1
            && state["statuses"]!.AsArray().Count(IsCorrectedStatus) == 1
            && state["ledger"]!["posts"]!
                .AsArray()
                .Count(post => post!["reason"]?.ToString().StartsWith("Corrected on", StringComparison.Ordinal) == true)
                == 2
        );
        var (again, matches) = await _visit.PostAsync("api/correct", $$"""{"item":"{{item}}"}""");
        Assert.Equal(200, again);
        Assert.Contains("matches the files", matches["details"]![0]!.ToString(), StringComparison.Ordinal);

        static bool IsCorrectedMessage(JsonNode? message) =>
            (bool)message!["edited"]! && message["content"]!.ToString().Contains("Corrected.", StringComparison.Ordinal);

        static bool IsCorrectedStatus(JsonNode? status) =>
            (bool)status!["edited"]! && status["html"]!.ToString().Contains("Corrected.", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Correct_WhenAPlatformFails_SaysWhichAndEditsTheOther()
    {
        var (item, words) = await PostAnEventAsync();
        await ReplaceAsync("events.yaml", words, $"{words} Corrected.");
        await _visit.UntilAsync(state => state["quoteFiles"]!["outdated"]!.AsArray().Count == 1);
        await _visit.PostAsync("api/faults", """{"kind":"revoke-token","side":"both"}""");

        var (status, answer) = await _visit.PostAsync("api/correct", $$"""{"item":"{{item}}"}""");

        Assert.Equal(400, status);
        var problem = answer["problem"]!.ToString();
        Assert.Contains("Mastodon: not done", problem, StringComparison.Ordinal);
        Assert.Contains("edited", problem, StringComparison.Ordinal);
        await _visit.UntilAsync(state =>
            state["quoteFiles"]!["outdated"]!.AsArray() is [{ } one] && (int)one["posts"]! == 1
        );
    }

    [Fact]
    public async Task Correct_WithoutARunningBot_SaysSo()
    {
        await _visit.PostAsync("api/worker", """{"action":"kill"}""");

        var (status, answer) = await _visit.PostAsync("api/correct", """{"item":"needed-a-principle"}""");

        Assert.Equal(400, status);
        Assert.Contains("The bot is stopped", answer["problem"]!.ToString(), StringComparison.Ordinal);
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
        await rehearsal.UntilAsync(state => state["quoteFiles"] is null);
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    /// <summary>Lets the bot publish an event on both platforms.</summary>
    private async Task<(string Item, string Words)> PostAnEventAsync()
    {
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-01"}""");
        await _visit.UntilAsync(state => Sent(state).Length == 2 && state["statuses"]!.AsArray().Count == 1);
        var item = Sent(await _visit.GetAsync("api/state"))[0]!["items"]![0]!.ToString();
        var text = (await _visit.GetAsync("api/quote-files/events.yaml"))["text"]!.ToString();
        var entry = text[text.IndexOf($"- id: {item}\n", StringComparison.Ordinal)..];
        var words = entry.Split("\n  text:")[1].Trim(' ', '"', '>', '-', '\n').Split('\n', '"')[0];
        return (item, words);

        static JsonNode?[] Sent(JsonNode state) =>
            [.. state["ledger"]!["posts"]!.AsArray().Where(post => post!["state"]!.ToString() == "sent")];
    }

    private async Task<(int Status, JsonNode Answer)> ReplaceAsync(string name, string old, string replacement)
    {
        var file = await _visit.GetAsync($"api/quote-files/{name}");
        var text = file["text"]!.ToString();
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{name} does not contain: {old}");
        return await SaveAsync(name, text[..at] + replacement + text[(at + old.Length)..], (long)file["version"]!);
    }

    private Task<(int Status, JsonNode Answer)> SaveAsync(string name, string text, long version)
    {
        JsonObject request = new()
        {
            ["file"] = name,
            ["text"] = text,
            ["version"] = version,
        };
        return _visit.PostAsync("api/quote-files", request.ToJsonString());
    }

    private async Task<long> VersionAsync()
    {
        var versions = new List<long>();
        foreach (var name in new[] { "quotes.yaml", "events.yaml", "sources.yaml", "author.yaml" })
        {
            versions.Add((long)(await _visit.GetAsync($"api/quote-files/{name}"))["version"]!);
        }

        return versions.Max();
    }

    private string[] List() =>
        [
            .. Directory
                .EnumerateFiles(_visit.Playground.Folder, "*", SearchOption.AllDirectories)
                .Where(path => !Path.GetFileName(path).StartsWith("ledger.db", StringComparison.Ordinal))
                .Select(path => $"{path} {new FileInfo(path).Length}")
                .Order(StringComparer.Ordinal),
        ];

    private static Task<string> ReadOriginalAsync(string name) =>
        File.ReadAllTextAsync(Path.Combine(Stage.Repository, "quotes", name), Cancel);

    private static int LineOf(string text, string part) =>
        text[..text.IndexOf(part, StringComparison.Ordinal)].Count(character => character == '\n') + 1;

    private static bool IsChanged(JsonNode state) =>
        state["quoteFiles"]!["files"]!.AsArray().Any(file => (bool)file!["changed"]!);

    private static JsonNode? Problem(JsonNode state) => state["quoteFiles"]!["problems"]!.AsArray().FirstOrDefault();

    private static bool HasMessage(JsonNode state, string words) =>
        state["messages"]!
            .AsArray()
            .Any(message => message!["content"]!.ToString().Contains(words, StringComparison.Ordinal));
}
