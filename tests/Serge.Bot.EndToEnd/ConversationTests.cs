namespace Serge.Bot.EndToEnd;

/// <summary>A member uses the bot's commands over real connections.</summary>
public sealed class ConversationTests
{
    private static readonly ManualClock Calendar = new(Stage.At("2027-02-01 12:00"));

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/commands.md")]
    public async Task Start_RegistersTheCommandsThatThePageLists(string page)
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(Calendar);

        var commands = stage.Discord.GetCommands(stage.Application);
        Assert.Equal(
            CommandTable.Read(Path.Combine(Stage.Repository, page)),
            commands
                .Where(command => command.IsSlashCommand)
                .Select(command => command.Name)
                .Order(StringComparer.Ordinal)
        );
        var menu = Assert.Single(commands, command => !command.IsSlashCommand);
        Assert.Contains(
            menu.Name,
            await File.ReadAllTextAsync(Path.Combine(Stage.Repository, page), stage.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Start_ForTheSecondTime_RegistersNothingAgain()
    {
        await using var stage = await Stage.OpenAsync();
        await using (var first = await stage.StartWorkerAsync(Calendar))
        {
            await first.StopAsync(stage.CancellationToken);
        }

        using var watch = stage.World.Watch();
        await using var second = await stage.StartWorkerAsync(Calendar);
        await AnswerAsync(stage, "/about");

        var written = 0;
        watch.Dispose();
        await foreach (var happened in watch)
        {
            written += happened is DiscordWorldEvent.CommandsRegistered ? 1 : 0;
        }

        Assert.Equal(0, written);
    }

    [Fact]
    public async Task Quote_IsAnsweredWithWordsAndSource()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(Calendar);

        Assert.Contains("— Victor Serge", await AnswerAsync(stage, "/quote"), StringComparison.Ordinal);
        Assert.Contains(
            @"\[T\]he end, far from justifying the means, commands its own means.",
            await AnswerAsync(stage, "/quote id:end-commands-means"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "commands its own means",
            await AnswerAsync(stage, "/quote search:justifying the means"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Quote_WhileTyping_SuggestsTopicsAndQuotations()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(Calendar);

        Assert.Contains("revolution", await SuggestAsync(stage, "/quote", "topic", "rev"));
        Assert.Contains("end-commands-means", await SuggestAsync(stage, "/quote", "search", "justifying"));
    }

    [Fact]
    public async Task OnThisDay_KnowsTheFirstOfFebruary()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(Calendar);

        Assert.Contains(
            "On this day, 1 February 1933: ",
            await AnswerAsync(stage, "/on-this-day"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "30 December 1890",
            await AnswerAsync(stage, "/on-this-day date:30 December"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is not a day of the year",
            await AnswerAsync(stage, "/on-this-day date:soon"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task About_IsForTheOneWhoAsks()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(Calendar, ("About:Operator", "The historians"));

        var answered = Assert.IsType<InteractionResult.Answered>(
            await stage.Discord.InvokeAsync(stage.Member, stage.Channel, "/about", stage.CancellationToken)
        );
        Assert.True(answered.Message.IsEphemeral);
        Assert.Contains("Run by The historians", answered.Message.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quote_AfterTheConnectionBroke_IsAnsweredOverTheResumedSession()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(Calendar);
        using var watch = stage.World.Watch();

        stage.World.Faults.Add(
            new Simulator.Faults.GatewayFault { Effect = new Simulator.Faults.GatewayEffect.Abort() }
        );
        await stage.NextAsync<DiscordWorldEvent.BotResumed>(watch);

        Assert.Contains("— Victor Serge", await AnswerAsync(stage, "/quote"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_DeliveredTwice_IsAnsweredOnce()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(Calendar);
        using var watch = stage.World.Watch();
        var shown = Assert
            .IsType<InteractionResult.Answered>(
                await stage.Discord.InvokeAsync(stage.Member, stage.Channel, "/quote", stage.CancellationToken)
            )
            .Message;
        stage.World.Faults.Add(
            new Simulator.Faults.GatewayFault
            {
                On = Simulator.Faults.GatewayMoment.Dispatch,
                Event = "INTERACTION_CREATE",
                Effect = new Simulator.Faults.GatewayEffect.Duplicate(),
            }
        );

        var custom = shown.Components[0].GetProperty("components")[0].GetProperty("custom_id").GetString()!;
        Assert.IsType<InteractionResult.Updated>(
            await stage.Discord.PressButtonAsync(stage.Member, shown, custom, stage.CancellationToken)
        );
        await AnswerAsync(stage, "/about"); // so that the handling of the second delivery has ended

        // Each path contains its interaction. The events follow a little after the replies, so the test waits for all
        // three.
        List<string> callbacks = [];
        while (callbacks.Distinct(StringComparer.Ordinal).Count() < 3)
        {
            var served = await stage.NextAsync<SimulatorEvent.RequestServed>(
                watch,
                request => request.Path.EndsWith("/callback", StringComparison.Ordinal),
                $"3 callbacks; so far there are {callbacks.Count}"
            );
            callbacks.Add(served.Path);
        }

        Assert.Equal(3, callbacks.Count);
    }

    private static async Task<string> AnswerAsync(Stage stage, string line) =>
        Assert
            .IsType<InteractionResult.Answered>(
                await stage.Discord.InvokeAsync(stage.Member, stage.Channel, line, stage.CancellationToken)
            )
            .Message.Content;

    private static async Task<IReadOnlyList<string>> SuggestAsync(
        Stage stage,
        string line,
        string option,
        string typed
    ) =>
        [
            .. Assert
                .IsType<InteractionResult.Suggested>(
                    await stage.Discord.AutocompleteAsync(
                        stage.Member,
                        stage.Channel,
                        $"{line} {option}:{typed}",
                        option,
                        stage.CancellationToken
                    )
                )
                .Choices.Select(choice => choice.Value.ToString()!),
        ];
}
