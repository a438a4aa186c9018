using System.Text.RegularExpressions;

namespace Serge.Bot.Browser;

/// <summary>The quote files are edited on the page, and the bot reads them.</summary>
public sealed class EditingTests(Chromium chromium)
{
    private const string Principle = "We needed a principle, a way of life.";
    private const string Corrected = "We needed a principle, and a way of life.";

    [Fact]
    public async Task TheEditor_OpensWithTheQuotations_AndClosesByKeyboard()
    {
        await using var visit = await OpenAsync();

        await Expect(Text(visit)).ToBeFocusedAsync();
        await Expect(visit.Page.GetByLabel("File", Exact)).ToHaveValueAsync("quotes.yaml");
        await Expect(Text(visit)).ToHaveValueAsync(Part("needed-a-principle"));
        await Expect(Status(visit)).ToHaveTextAsync("The bot uses these files.");

        await visit.Button("Close").PressAsync("Enter");
        await Expect(Text(visit)).ToBeHiddenAsync();
        await Expect(visit.Button("Edit the quotations")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task AMistake_IsShownAtItsLine_AndTheBotContinues_UntilItIsFixed()
    {
        await using var visit = await OpenAsync();
        await ReplaceAsync(visit, "via: cunningham", "via: cuningham");
        await Text(visit).PressAsync("Control+s");

        await Expect(Status(visit))
            .ToContainTextAsync("1 error: the bot continues to use the last valid version of the files.");
        await Expect(Text(visit)).ToHaveAttributeAsync("aria-invalid", "true");
        var problem = visit.Page.GetByLabel("Errors and warnings").GetByRole(AriaRole.Button);
        await Expect(problem).ToContainTextAsync("quotes.yaml, line 9: error");
        await Expect(problem).ToContainTextAsync("cunningham");
        await Expect(visit.Page.Locator("#announcer")).ToContainTextAsync("Error in quotes.yaml, line 9");
        Assert.InRange(await DistanceAsync(visit), 0, 2);

        await problem.PressAsync("Enter");
        await Expect(Text(visit)).ToBeFocusedAsync();
        Assert.Equal(9, await LineAsync(visit));
        await visit.SendMessageAsync("/quote id:needed-a-principle");
        await Expect(visit.Messages).ToContainTextAsync(Principle);

        await ReplaceAsync(visit, "via: cuningham", "via: cunningham");
        await visit.Button("Save").ClickAsync();
        await Expect(Status(visit)).ToHaveTextAsync("quotes.yaml is saved. The bot uses these files.");
        await Expect(visit.Page.Locator("#editor-marks li")).ToHaveCountAsync(0);
        await Expect(Text(visit)).ToHaveAttributeAsync("aria-invalid", "false");
    }

    [Fact]
    public async Task AnErrorInAnotherFile_OpensThatFile()
    {
        await using var visit = await OpenAsync();
        await visit.Page.GetByLabel("File", Exact).SelectOptionAsync("events.yaml");
        await Expect(Text(visit)).ToHaveValueAsync(Part("date:"));
        await ReplaceAsync(visit, "kind: ", "kind: un");
        await visit.Button("Save").ClickAsync();
        var problem = visit.Page.GetByLabel("Errors and warnings").GetByRole(AriaRole.Button).First;
        await Expect(problem).ToContainTextAsync("events.yaml, line");
        await visit.Page.GetByLabel("File", Exact).SelectOptionAsync("quotes.yaml");
        await Expect(Text(visit)).ToHaveValueAsync(Part("needed-a-principle"));

        await problem.ClickAsync();

        await Expect(visit.Page.GetByLabel("File", Exact)).ToHaveValueAsync("events.yaml");
        await Expect(Text(visit)).ToBeFocusedAsync();
        Assert.True(await LineAsync(visit) > 1);
    }

    [Fact]
    public async Task AFix_IsWhatBothPlatformsShowNext_AndUndoRestoresIt()
    {
        await using var visit = await OpenAsync();
        await visit.GoToAsync(1, 31);
        await Expect(visit.Plan).ToContainTextAsync("1 Feb");
        await visit.Page.GetByLabel("File", Exact).SelectOptionAsync("events.yaml");
        await ReplaceAsync(visit, "date: 1933-02-01\n  text: ", "date: 1933-02-01\n  text: Word for word, ");
        await visit.Button("Save").ClickAsync();
        await Expect(Status(visit)).ToContainTextAsync("what it shows next has the new text");

        await visit.GoToAsync(2, 1);

        await Expect(visit.ChannelPosts.Last).ToContainTextAsync("Word for word,");
        await Expect(visit.Statuses).ToContainTextAsync("Word for word,");

        await visit.Button("Undo all changes").ClickAsync();
        await Expect(Status(visit)).ToContainTextAsync("All files are as they were at the start.");
        await Expect(Text(visit)).Not.ToHaveValueAsync(Part("Word for word,"));
    }

    [Fact]
    public async Task Correct_EditsThePublishedPostOnBothPlatforms()
    {
        await using var visit = await OpenAsync();
        await visit.GoToAsync(2, 1);
        await Expect(visit.ChannelPosts).ToHaveCountAsync(1);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
        await visit.Page.GetByLabel("File", Exact).SelectOptionAsync("events.yaml");
        await ReplaceAsync(visit, "date: 1933-02-01\n  text: ", "date: 1933-02-01\n  text: Corrected, ");
        await visit.Button("Save").ClickAsync();
        var outdated = visit.Page.GetByLabel("Published posts that differ from the files");
        await Expect(outdated).ToContainTextAsync("2 published posts of");

        await outdated.GetByRole(AriaRole.Button).PressAsync("Enter");

        await Expect(visit.ChannelPosts).ToContainTextAsync("Corrected,");
        await Expect(visit.ChannelPosts).ToContainTextAsync("(edited)");
        await Expect(visit.Statuses).ToContainTextAsync("Corrected,");
        await Expect(visit.Statuses).ToContainTextAsync(", edited");
        await Expect(Status(visit)).ToContainTextAsync("on Discord: edited.");
        await Expect(Status(visit)).ToContainTextAsync("on Mastodon: edited.");
        await Expect(outdated).ToBeHiddenAsync();
        await Expect(Text(visit)).ToBeFocusedAsync();
        await Expect(visit.Ledger).ToContainTextAsync("Corrected on");
    }

    [Fact]
    public async Task TwoTabs_TheSecondToSave_ChoosesWhoseTextStays()
    {
        await using var visit = await OpenAsync();
        var other = await visit.Page.Context.NewPageAsync();
        await other.GotoAsync(new Uri(visit.Address, "#editor").ToString());
        var theirs = other.GetByLabel("Text of the file");
        await Expect(theirs).ToHaveValueAsync(Part("needed-a-principle"));
        await ReplaceAsync(visit, Principle, Corrected);

        await ReplaceAsync(other, "a hold on the most", "a good hold on the most");
        await other.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        var alert = visit.Page.Locator("#editor-conflict");
        await Expect(alert).ToContainTextAsync("quotes.yaml was saved in another tab");
        await visit.Button("Save").First.ClickAsync();
        await Expect(theirs).ToHaveValueAsync(Part("a good hold"));
        await Expect(Text(visit)).ToHaveValueAsync(Part(Corrected));

        await visit.Button("Save my text instead").ClickAsync();
        await Expect(alert).ToBeHiddenAsync();
        await Expect(theirs).ToHaveValueAsync(Part(Corrected));

        await ReplaceAsync(visit, Corrected, "Mine, not saved.");
        await ReplaceAsync(other, Corrected, Principle);
        await theirs.PressAsync("Control+s");
        await Expect(alert).ToBeVisibleAsync();
        await visit.Button("Load the saved version").ClickAsync();
        await Expect(Text(visit)).ToHaveValueAsync(Part(Principle));
        await Expect(alert).ToBeHiddenAsync();
    }

    [Fact]
    public async Task TextTypedDuringADownload_IsKept()
    {
        await using var visit = await OpenAsync();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource typed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync(
            "**/api/quote-files/quotes.yaml",
            async route =>
            {
                asked.TrySetResult();
                await typed.Task;
                await route.ContinueAsync();
            }
        );
        await SaveInAnotherTabAsync(visit, "a hold on the most", "a good hold on the most");
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);

        await ReplaceAsync(visit, Principle, Corrected);
        typed.SetResult();

        await Expect(visit.Page.Locator("#editor-conflict")).ToBeVisibleAsync();
        await Expect(Text(visit)).ToHaveValueAsync(Part(Corrected));
    }

    [Fact]
    public async Task FailedDownload_IsShownUntilTheNextSuccess()
    {
        const string Route = "**/api/quote-files/quotes.yaml";
        await using var visit = await OpenAsync();
        await visit.Page.RouteAsync(Route, route => route.AbortAsync());
        await SaveInAnotherTabAsync(visit, "a hold on the most", "a good hold on the most");
        await Expect(Status(visit)).ToContainTextAsync("The playground does not respond.");

        await visit.Page.UnrouteAsync(Route);
        await SaveInAnotherTabAsync(visit, "a good hold on the most", "a firm hold on the most");

        await Expect(Text(visit)).ToHaveValueAsync(Part("a firm hold on the most"));
        await Expect(Status(visit)).Not.ToContainTextAsync("The playground does not respond.");
    }

    [Fact]
    public async Task ATextThatIsNotSaved_StaysWhenAnotherFileIsChosen()
    {
        await using var visit = await OpenAsync();
        await ReplaceAsync(visit, Principle, Corrected);
        var files = visit.Page.GetByLabel("File", Exact);

        await files.SelectOptionAsync("sources.yaml");
        await Expect(Text(visit)).ToHaveValueAsync(Part("kind: essay"));
        await Expect(files).ToContainTextAsync("quotes.yaml (not saved)");
        await files.SelectOptionAsync("quotes.yaml");

        await Expect(Text(visit)).ToHaveValueAsync(Part(Corrected));
    }

    [Fact]
    public async Task TheRehearsal_HasNoEditor()
    {
        await using var visit = await Visit.StartAsync(chromium, options: "--without-bot");
        await visit.OpenAsync("#editor");
        await Expect(visit.Health).ToContainTextAsync("Your bot");

        await Expect(visit.Button("Edit the quotations")).ToBeHiddenAsync();
        await Expect(Text(visit)).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    [InlineData(1024, 768, ColorScheme.Light)]
    [InlineData(1400, 900, ColorScheme.Dark)]
    [InlineData(2560, 1440, ColorScheme.Light)]
    public async Task TheEditor_WithErrorsAndAConflict_HasNoAccessibilityProblems(
        int width,
        int height,
        ColorScheme colors
    )
    {
        await using var visit = await OpenAsync(width, height, colors);
        await visit.GoToAsync(2, 1);
        await Expect(visit.ChannelPosts).ToHaveCountAsync(1);
        await visit.Page.GetByLabel("File", Exact).SelectOptionAsync("events.yaml");
        await ReplaceAsync(visit, "date: 1933-02-01\n  text: ", "date: 1933-02-01\n  text: Corrected, ");
        await visit.Button("Save").ClickAsync();
        await Expect(visit.Button("Correct ").First).ToBeVisibleAsync();
        await CheckAsync(visit);
        await ReplaceAsync(visit, "kind: ", "kind: un");
        await Text(visit).PressAsync("Control+s");
        await Expect(Status(visit)).ToContainTextAsync("1 error");
        await ReplaceAsync(visit, "kind: un", "kind: ");
        await visit.Page.EvaluateAsync(
            """
            async () => {
              const { version } = await (await fetch('api/quote-files/events.yaml')).json();
              const body = JSON.stringify({ file: 'events.yaml', text: '[', version });
              await fetch('api/quote-files', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
            }
            """
        );
        await Expect(visit.Page.Locator("#editor-conflict")).ToBeVisibleAsync();
        await CheckAsync(visit);
    }

    private static PageGetByLabelOptions Exact => new() { Exact = true };

    private static ILocator Text(Visit visit) => visit.Page.GetByLabel("Text of the file");

    private static ILocator Status(Visit visit) => visit.Page.Locator("#editor-status");

    private static Regex Part(string text) => new(Regex.Escape(text), RegexOptions.None, TimeSpan.FromMinutes(1));

    private static async Task CheckAsync(Visit visit)
    {
        await AxeTests.CheckAsync(visit);
        foreach (var script in new[] { "access.js", "contrast.js", "cut.js" })
        {
            Assert.Empty(await visit.FaultsAsync(script));
        }

        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));
        Assert.All(visit.Requests, request => Assert.Equal(visit.Address.Authority, request.Authority));
    }

    /// <summary>Replaces a part of the text as a person does.</summary>
    private static Task ReplaceAsync(Visit visit, string old, string replacement) =>
        ReplaceAsync(visit.Page, old, replacement);

    private static async Task ReplaceAsync(IPage page, string old, string replacement)
    {
        var text = page.GetByLabel("Text of the file");
        await Expect(text).ToHaveValueAsync(Part(old));
        await text.EvaluateAsync(
            "(text, old) => { text.focus(); const at = text.value.indexOf(old); text.setSelectionRange(at, at + old.length); }",
            old
        );
        await page.Keyboard.InsertTextAsync(replacement);
    }

    /// <summary>Saves a change of <c>quotes.yaml</c> without the page.</summary>
    private static async Task SaveInAnotherTabAsync(Visit visit, string old, string replacement)
    {
        var address = new Uri(visit.Address, "api/quote-files/quotes.yaml").ToString();
        var answer = await visit.Page.APIRequest.GetAsync(address);
        var file = (await answer.JsonAsync())!.Value;
        var text = file.GetProperty("text").GetString()!;
        Assert.Contains(old, text, StringComparison.Ordinal);
        await visit.PostInAnotherTabAsync(
            "api/quote-files",
            new
            {
                file = "quotes.yaml",
                text = text.Replace(old, replacement, StringComparison.Ordinal),
                version = file.GetProperty("version").GetInt64(),
            }
        );
    }

    /// <summary>The line with the caret.</summary>
    private static Task<int> LineAsync(Visit visit) =>
        Text(visit).EvaluateAsync<int>("text => text.value.slice(0, text.selectionStart).split('\\n').length");

    /// <summary>The distance between the first mark and the number of line 9, in CSS pixels.</summary>
    private static async Task<double> DistanceAsync(Visit visit)
    {
        var mark = await visit.Page.Locator("#editor-marks li").First.BoundingBoxAsync();
        var number = await visit
            .Page.Locator("#editor-numbers")
            .GetByText("9", new() { Exact = true })
            .BoundingBoxAsync();
        return Math.Abs(mark!.Y - number!.Y);
    }

    private async Task<Visit> OpenAsync(int width = 1280, int height = 800, ColorScheme colors = ColorScheme.Light)
    {
        var visit = await Visit.OpenAsync(chromium, width, height, colors, ReducedMotion.Reduce);
        await visit.Button("Edit the quotations").ClickAsync();
        await Expect(Text(visit)).Not.ToBeEmptyAsync();
        return visit;
    }
}
