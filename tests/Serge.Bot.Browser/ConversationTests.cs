namespace Serge.Bot.Browser;

/// <summary>A member uses the bot's commands on the page.</summary>
public sealed class ConversationTests(Chromium chromium)
{
    [Fact]
    public async Task Quote_Typed_IsAnsweredWithItsAuthor()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Line.PressSequentiallyAsync("/quote");
        await visit.Line.PressAsync("Enter");

        await Expect(visit.Messages).ToContainTextAsync("Ada used /quote");
        await Expect(visit.Messages).ToContainTextAsync("— Victor Serge");
        await Expect(visit.Line).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Completion_ByKeyboardAlone_LeadsFromTheSlashToTheAnswer()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        var keyboard = visit.Page.Keyboard;
        var options = visit.Page.GetByRole(AriaRole.Listbox).GetByRole(AriaRole.Option);

        // The first tab stop on the page moves the focus to the input field.
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");
        await Expect(visit.Line).ToBeFocusedAsync();

        var commands = CommandTable.Read(Path.Combine(AppContext.BaseDirectory, "commands.md"));
        await keyboard.TypeAsync("/");
        await Expect(options.Locator("b")).ToHaveTextAsync(commands.Select(command => $"/{command}"));
        await Expect(options.Filter(new() { HasText = "/quote" }))
            .ToContainTextAsync("A quotation of Victor Serge, with its source");
        await Expect(visit.Line).ToHaveAttributeAsync("aria-expanded", "true");

        await keyboard.TypeAsync("q");
        await Expect(options).ToHaveCountAsync(1);
        await Expect(visit.Line).ToHaveAttributeAsync("aria-activedescendant", "suggestion-0");
        await keyboard.PressAsync("Enter");
        await Expect(visit.Line).ToHaveValueAsync("/quote ");

        await Expect(options).ToHaveCountAsync(5);
        await keyboard.PressAsync("ArrowDown");
        await Expect(options.First).ToHaveAttributeAsync("aria-selected", "true");
        await keyboard.PressAsync("Tab");
        await Expect(visit.Line).ToHaveValueAsync("/quote topic:");

        await keyboard.TypeAsync("rev");
        await Expect(options.Filter(new LocatorFilterOptions { HasText = "revolution" })).ToHaveCountAsync(1);
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("Enter");
        await Expect(visit.Line).ToHaveValueAsync("/quote topic:revolution ");

        // The selected option is complete, so the other options are suggested, not more topics.
        await Expect(options.Locator("b")).ToHaveTextAsync(["search:", "id:", "private:", "picture:"]);
        await keyboard.PressAsync("Escape");
        await Expect(visit.Line).ToHaveAttributeAsync("aria-expanded", "false");
        await keyboard.PressAsync("Enter");
        await Expect(visit.Messages).ToContainTextAsync("— Victor Serge");
    }

    [Fact]
    public async Task Completion_OfASubcommand_SuggestsItsOptions()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        var keyboard = visit.Page.Keyboard;
        var options = visit.Page.GetByRole(AriaRole.Listbox).GetByRole(AriaRole.Option);
        await visit.Line.FocusAsync();

        await keyboard.TypeAsync("/schedule ");
        await Expect(options.Locator("b"))
            .ToHaveTextAsync(["set", "list", "preview", "pause", "resume", "skip", "remove", "zone"]);
        await keyboard.TypeAsync("se");
        await Expect(visit.Line).ToHaveAttributeAsync("aria-activedescendant", "suggestion-0");
        await keyboard.PressAsync("Enter");
        await Expect(visit.Line).ToHaveValueAsync("/schedule set ");

        await Expect(options.First.Locator("b")).ToHaveTextAsync("time:");
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("Enter");
        await Expect(visit.Line).ToHaveValueAsync("/schedule set time:");
        await keyboard.TypeAsync("9:30");
        await Expect(options.Locator("b")).ToHaveTextAsync(["09:30"]);
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("Enter");
        await Expect(visit.Line).ToHaveValueAsync("/schedule set time:09:30 ");

        await keyboard.TypeAsync("buttons:");
        await Expect(options.Locator("b")).ToHaveTextAsync(["True", "False"]);
        await keyboard.TypeAsync("f");
        await Expect(options.Locator("b")).ToHaveTextAsync(["False"]);
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("Enter");
        await keyboard.PressAsync("Escape");
        await keyboard.PressAsync("Enter");
        await Expect(visit.Messages).ToContainTextAsync("every day at 09:30");
        await Expect(visit.Messages).ToContainTextAsync("Without buttons.");
    }

    [Fact]
    public async Task Completion_AfterTheFocusLeft_StaysClosed()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync(
            "**/api/complete",
            async route =>
            {
                await left.Task;
                await route.ContinueAsync();
            }
        );
        await visit.Page.RunAndWaitForRequestAsync(() => visit.Line.FillAsync("/quote topic:rev"), "**/api/complete");

        await visit.Line.BlurAsync();
        var response = visit.Page.WaitForResponseAsync("**/api/complete");
        left.SetResult();
        await response;
        // The page has handled that response when a later one is read.
        await visit.Page.EvaluateAsync("async () => (await fetch('api/state')).text()");

        await Expect(visit.Line).ToHaveAttributeAsync("aria-expanded", "false");
    }

    [Fact]
    public async Task Completion_ByMouse_TakesWhatIsPressed()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Line.PressSequentiallyAsync("/quote search:justifying");
        await visit
            .Page.GetByRole(AriaRole.Option)
            .Filter(new LocatorFilterOptions { HasText = "far from justifying the means" })
            .ClickAsync();
        await Expect(visit.Line).ToHaveValueAsync("/quote search:end-commands-means ");
        await visit.Button("Send").ClickAsync();

        await Expect(visit.Messages)
            .ToContainTextAsync("[T]he end, far from justifying the means, commands its own means.");
    }

    [Fact]
    public async Task About_IsSeenByTheOneWhoAsked_AndCanBeDismissed()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.SendMessageAsync("/about");
        await Expect(visit.Messages).ToContainTextAsync("Only you can see this");
        await visit.Button("Dismiss message").ClickAsync();

        await Expect(visit.Messages).Not.ToContainTextAsync("Only you can see this");
        await Expect(visit.Line).ToBeFocusedAsync();
    }

    [Fact]
    public async Task ACommandThatIsNotThere_IsReportedAndKept()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.SendMessageAsync("/qoute");

        await Expect(visit.Page.Locator("#composer-note")).ToContainTextAsync("There is no command \"/qoute\" here.");
        await Expect(visit.Line).ToHaveValueAsync("/qoute");
    }

    [Fact]
    public async Task AnAnswerThatIsDelayed_IsGivenAgainInTime()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Button("Delay a command").ClickAsync();
        await visit.SendMessageAsync("/quote id:end-commands-means");

        await Expect(visit.Messages).ToContainTextAsync("commands its own means");
        await Expect(visit.Messages).Not.ToContainTextAsync("The application did not respond");
    }

    [Fact]
    public async Task ACommandThatNobodyAnswers_IsShownAsDiscordShowsIt()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Button("Kill now").ClickAsync();
        await Expect(visit.Health).ToContainTextAsync("Bot stopped");
        await visit.SendMessageAsync("/quote");

        await Expect(visit.Messages).ToContainTextAsync("The application did not respond");
    }

    [Fact]
    public async Task Button_WithoutResponse_ShowsTheFailureAtItsMessage()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.SendMessageAsync("/quote id:end-commands-means");
        var message = visit.Messages.Locator(".message").Filter(new() { HasText = "commands its own means" });
        await Expect(message).ToHaveCountAsync(1);
        await visit.Button("Kill now").ClickAsync();
        await Expect(visit.Health).ToContainTextAsync("Bot stopped");

        var button = message.Locator(".buttons button").First;
        await button.PressAsync("Enter");

        await Expect(message.Locator(".interaction-failed")).ToHaveTextAsync("This interaction failed");
        await Expect(button).ToBeFocusedAsync();
    }

    [Fact]
    public async Task EditedMessage_KeepsTheFocusAndIsAnnounced()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.SendMessageAsync("/timeline from:1936 to:1937");
        await Expect(visit.Messages).ToContainTextAsync("page 1 of");
        var next = visit.Messages.Locator(".buttons button").Filter(new() { HasText = "Next" });

        await next.PressAsync("Enter");

        await Expect(visit.Messages).ToContainTextAsync("page 2 of");
        await Expect(visit.Page.Locator("#announcer")).ToContainTextAsync("page 2 of");
        await Expect(next).ToBeFocusedAsync();
    }

    [Fact]
    public async Task ResponseAfterThinking_IsAnnounced()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Page.EvaluateAsync(
            """
            async () => {
              const { showMessages } = await import('/discord.js');
              const message = { id: '1', author: 'Serge.Bot', bot: true, at: new Date().toISOString(), content: '', thinking: true, buttons: [], pictures: [] };
              showMessages([]);
              showMessages([message]);
              showMessages([{ ...message, content: 'The answer.', thinking: false }]);
            }
            """
        );

        await Expect(visit.Page.Locator("#announcer")).ToContainTextAsync("The answer.");
    }

    [Fact]
    public async Task StatusWithAContentWarning_IsAnnouncedWithoutItsText()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Page.EvaluateAsync(
            """
            async () => {
              const { showStatuses } = await import('/mastodon.js');
              const status = { id: '1', at: new Date().toISOString(), name: 'Serge.Bot', account: 'serge', html: '<p>The text.</p>', warning: 'violence', visibility: 'unlisted', language: 'en', edited: false, pictures: [] };
              showStatuses([]);
              showStatuses([status]);
            }
            """
        );

        await Expect(visit.Page.Locator("#announcer"))
            .ToHaveTextAsync("Serge.Bot on Mastodon: Content warning: violence");
    }

    [Fact]
    public async Task Enter_DuringComposition_SendsNothing()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.Line.FillAsync("/about");

        await visit.Line.EvaluateAsync(
            "line => line.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))"
        );

        await Expect(visit.Line).ToHaveValueAsync("/about");
    }

    [Fact]
    public async Task APlainMessage_ShowsItsMarkdown_AndNeverBecomesMarkup()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.SendMessageAsync("**Read** *this* <img src=x onerror=alert(1)>");

        var content = visit.Messages.Locator(".content").Last;
        await Expect(content).ToHaveTextAsync("Read this <img src=x onerror=alert(1)>");
        await Expect(content.Locator("strong")).ToHaveTextAsync("Read");
        await Expect(content.Locator("em")).ToHaveTextAsync("this");
        await Expect(content.Locator("img")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task WhatArrives_IsToldToScreenReaders()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.SendMessageAsync("/quote id:end-commands-means");

        await Expect(visit.Page.Locator("#announcer")).ToContainTextAsync("commands its own means");
    }
}
