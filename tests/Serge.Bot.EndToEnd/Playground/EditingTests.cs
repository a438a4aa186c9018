using System.Text.Json.Nodes;

namespace Serge.Bot.EndToEnd.Playground;

/// <summary>Editing on the page: the bot reads what is saved, like any other change of its files.</summary>
public sealed class EditingTests : IAsyncLifetime
{
    private const string Principle = "We needed a principle, a way of life.";
    private const string Corrected = "We needed a principle, and a way of life.";

    private PlaygroundVisit _visit = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _visit = await PlaygroundVisit.OpenAsync();

    public ValueTask DisposeAsync() => _visit.DisposeAsync();

    [Fact]
    public async Task AnEdit_IsWhatTheBotAnswersNext_AndTheOperatorsFileStays()
    {
        var before = await ReadOriginalAsync("quotes.yaml");

        var (status, answer) = await _visit.ReplaceInFileAsync("quotes.yaml", Principle, Corrected);

        Assert.Equal((200, "done"), (status, answer["outcome"]!.ToString()));
        await _visit.WaitUntilAsync(state => state["quoteFiles"]!["use"]!.ToString() == "served" && IsChanged(state));
        await _visit.PostAsync("api/command", """{"line":"/quote id:needed-a-principle"}""");
        await _visit.WaitUntilAsync(state => HasMessage(state, Corrected));
        Assert.Equal(before, await ReadOriginalAsync("quotes.yaml"));
    }

    [Fact]
    public async Task AMistake_IsReportedAtItsLine_AndTheBotKeepsTheLastValidVersion()
    {
        var line = LineOf(await ReadOriginalAsync("quotes.yaml"), "via: cunningham");

        await _visit.ReplaceInFileAsync("quotes.yaml", "via: cunningham", "via: cuningham");

        await _visit.WaitUntilAsync(state =>
            state["quoteFiles"]!["use"]!.ToString() == "refused"
            && Problem(state) is { } problem
            && problem["file"]!.ToString() == "quotes.yaml"
            && (int)problem["line"]! == line
            && problem["severity"]!.ToString() == "error"
            && problem["fix"]!.ToString().Contains("cunningham", StringComparison.Ordinal)
        );
        await _visit.PostAsync("api/command", """{"line":"/quote id:needed-a-principle"}""");
        await _visit.WaitUntilAsync(state => HasMessage(state, Principle));

        await _visit.ReplaceInFileAsync("quotes.yaml", "via: cuningham", "via: cunningham");
        await _visit.WaitUntilAsync(state =>
            state["quoteFiles"]!["use"]!.ToString() == "served" && Problem(state) is null && !IsChanged(state)
        );
    }

    [Fact]
    public async Task HostileText_IsSavedAndReported_AndHarmsNothing()
    {
        (string Text, string Words)[] cases =
        [
            ("\0", "0x00"),
            ("\u0007", "invisible control character"),
            ("\t- x: [", ""),
        ];
        foreach (var (text, words) in cases)
        {
            var hostile = $"{Principle}\"\n{text}";
            await _visit.ReplaceInFileAsync("quotes.yaml", Principle, hostile);
            await _visit.WaitUntilAsync(state =>
                state["quoteFiles"]!["use"]!.ToString() == "refused"
                && Problem(state)!["message"]!.ToString().Contains(words, StringComparison.Ordinal)
            );

            await _visit.ReplaceInFileAsync("quotes.yaml", hostile, Principle);
            await _visit.WaitUntilAsync(state => state["quoteFiles"]!["use"]!.ToString() == "served");
        }
    }

    [Fact]
    public async Task ABot_StartedWithAMistake_DoesNotStart_AndStatesWhere()
    {
        await _visit.ReplaceInFileAsync("quotes.yaml", "via: cunningham", "via: cuningham");
        await _visit.PostAsync("api/worker", """{"action":"kill"}""");

        var (status, answer) = await _visit.PostAsync("api/worker", """{"action":"start"}""");

        Assert.Equal(400, status);
        Assert.Matches(@"did not start: quotes\.yaml, line \d+: ", answer["problem"]!.ToString());
        await _visit.WaitUntilAsync(state =>
            state["quoteFiles"]!["use"]!.ToString() == "stopped"
            && state["log"]!
                .AsArray()
                .Any(line => line!["text"]!.ToString().StartsWith("The bot did not start", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Restore_BringsBackAllFiles()
    {
        await _visit.ReplaceInFileAsync("quotes.yaml", Principle, Corrected);
        await _visit.ReplaceInFileAsync("events.yaml", "Victor Serge", "V. Serge");

        var (status, _) = await _visit.PostAsync(
            "api/quote-files/restore",
            $$"""{"version":{{await _visit.GetVersionAsync()}}}"""
        );

        Assert.Equal(200, status);
        foreach (var name in new[] { "quotes.yaml", "events.yaml" })
        {
            var file = await _visit.GetAsync($"api/quote-files/{name}");
            Assert.Equal(await ReadOriginalAsync(name), file["text"]!.ToString());
            Assert.False((bool)file["changed"]!);
        }
    }

    [Fact]
    public async Task TwoTabs_TheSecondToSave_GetsAConflictAndOverwritesNothing()
    {
        var theirs = await _visit.GetAsync("api/quote-files/quotes.yaml");
        await _visit.ReplaceInFileAsync("quotes.yaml", Principle, Corrected);

        var (status, answer) = await _visit.SaveFileAsync("quotes.yaml", "[]", (long)theirs["version"]!);
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
        await _visit.ReplaceInFileAsync("quotes.yaml", Principle, Corrected);

        var text = events["text"]!.ToString().Replace("Victor Serge", "V. Serge", StringComparison.Ordinal);
        var (status, _) = await _visit.SaveFileAsync("events.yaml", text, (long)events["version"]!);

        Assert.Equal(200, status);
    }

    [Fact]
    public async Task Correct_EditsThePublishedPostOnBothPlatforms()
    {
        var (item, words) = await PostAnEventAsync();
        await _visit.ReplaceInFileAsync("events.yaml", words, $"{words} Corrected.");
        await _visit.WaitUntilAsync(state =>
            state["quoteFiles"]!["outdated"]!.AsArray() is [{ } one]
            && one["items"]![0]!.ToString() == item
            && (int)one["posts"]! == 2
        );

        var (status, answer) = await _visit.PostAsync("api/correct", $$"""{"item":"{{item}}"}""");

        Assert.Equal((200, 2), (status, answer["details"]!.AsArray().Count));
        await _visit.WaitUntilAsync(state =>
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
            (bool)message!["edited"]!
            && message["content"]!.ToString().Contains("Corrected.", StringComparison.Ordinal);

        static bool IsCorrectedStatus(JsonNode? status) =>
            (bool)status!["edited"]! && status["html"]!.ToString().Contains("Corrected.", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Correct_WhenAPlatformFails_StatesWhichAndEditsTheOther()
    {
        var (item, words) = await PostAnEventAsync();
        await _visit.ReplaceInFileAsync("events.yaml", words, $"{words} Corrected.");
        await _visit.WaitUntilAsync(state => state["quoteFiles"]!["outdated"]!.AsArray().Count == 1);
        await _visit.PostAsync("api/faults", """{"kind":"revoke-token","side":"both"}""");

        var (status, answer) = await _visit.PostAsync("api/correct", $$"""{"item":"{{item}}"}""");

        Assert.Equal(400, status);
        var problem = answer["problem"]!.ToString();
        Assert.Contains("Mastodon: not done", problem, StringComparison.Ordinal);
        Assert.Contains("edited", problem, StringComparison.Ordinal);
        await _visit.WaitUntilAsync(state =>
            state["quoteFiles"]!["outdated"]!.AsArray() is [{ } one] && (int)one["posts"]! == 1
        );
    }

    [Fact]
    public async Task Correct_WithoutARunningBot_ReportsIt()
    {
        await _visit.PostAsync("api/worker", """{"action":"kill"}""");

        var (status, answer) = await _visit.PostAsync("api/correct", """{"item":"needed-a-principle"}""");

        Assert.Equal(400, status);
        Assert.Contains("The bot is stopped", answer["problem"]!.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Lets the bot publish an event on both platforms.</summary>
    private async Task<(string Item, string Words)> PostAnEventAsync()
    {
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-01"}""");
        await _visit.WaitUntilAsync(state => Sent(state).Length == 2 && state["statuses"]!.AsArray().Count == 1);
        var item = Sent(await _visit.GetAsync("api/state"))[0]!["items"]![0]!.ToString();
        var text = (await _visit.GetAsync("api/quote-files/events.yaml"))["text"]!.ToString();
        var entry = text[text.IndexOf($"- id: {item}\n", StringComparison.Ordinal)..];
        var words = entry.Split("\n  text:")[1].Trim(' ', '"', '>', '-', '\n').Split('\n', '"')[0];
        return (item, words);

        static JsonNode?[] Sent(JsonNode state) =>
            [.. state["ledger"]!["posts"]!.AsArray().Where(post => post!["state"]!.ToString() == "sent")];
    }

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
