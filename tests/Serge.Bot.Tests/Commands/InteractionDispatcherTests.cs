using System.Diagnostics;

namespace Serge.Bot.Tests.Commands;

/// <summary>Discord's time limits are met for any command, and a button is routed to its command.</summary>
public sealed class InteractionDispatcherTests
{
    private readonly FakeDiscord _discord = new();
    private readonly FakeTimeProvider _systemClock = new();
    private readonly SlowCommand _slow = new();
    private readonly LogLines<InteractionDispatcher> _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Command_ThatTakesLong_IsDeferredAfterOneAndAHalfSecondsAndThenAnswered(bool isPrivate)
    {
        _slow.IsPrivate = isPrivate;
        var answering = Answers().HandleAsync(Command("slow"), Stop);

        _systemClock.Advance(InteractionDispatcher.DeferAfter - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _discord.Waiting);
        _systemClock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(new Reply.Deferred(isPrivate), await _discord.NextReplyAsync());
        _slow.Ends(Replies.Public("done"));

        Assert.Equal("done", Text(await _discord.NextReplyAsync()));
        await answering;
    }

    [Fact]
    public async Task Command_ThatIsQuick_IsNeverDeferred()
    {
        _slow.Ends(Replies.Public("done"));

        await Answers().HandleAsync(Command("slow"), Stop);
        _systemClock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("done", Text(await _discord.NextReplyAsync()));
        Assert.Equal(0, _discord.Waiting);
    }

    [Fact]
    public async Task Completion_ThatTakesLong_IsNotDeferred()
    {
        var answering = Answers()
            .HandleAsync(
                new Interaction.Autocomplete
                {
                    Id = new InteractionId(1),
                    Name = "slow",
                    Option = "o",
                    Input = "",
                    Handle = new object(),
                },
                Stop
            );

        _systemClock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, _discord.Waiting);
        _slow.Ends(Replies.Public(""));
        await answering;

        Assert.IsType<Reply.Suggestions>(await _discord.NextReplyAsync());
    }

    [Fact]
    public async Task Command_ThatTakesAMinute_IsCancelledWithAReply()
    {
        var answering = Answers().HandleAsync(Command("slow"), Stop);

        _systemClock.Advance(InteractionDispatcher.DeferAfter);
        await _discord.NextReplyAsync();
        _systemClock.Advance(InteractionDispatcher.Timeout);
        await answering;

        Assert.Equal(Strings.English.TookTooLong, Text(await _discord.NextReplyAsync()));
    }

    [Fact]
    public async Task Command_DeferredByAnotherWorker_IsLeftToIt()
    {
        _discord.OnRespond = _ => new SendOutcome.Refused(Refusal.AlreadyAnswered, "40060");
        var answering = Answers().HandleAsync(Command("slow"), Stop);

        _systemClock.Advance(InteractionDispatcher.DeferAfter);
        Assert.IsType<Reply.Deferred>(await _discord.NextReplyAsync());
        _slow.Ends(Replies.Public("done"));
        await answering;

        Assert.Equal(0, _discord.Waiting);
    }

    [Fact]
    public async Task Command_WhoseDeferralWasNotSent_IsAnsweredAnyway()
    {
        _discord.OnRespond = reply =>
            reply is Reply.Deferred ? new SendOutcome.Unavailable("no connection") : new SendOutcome.Sent(null, null);
        var answering = Answers().HandleAsync(Command("slow"), Stop);

        _systemClock.Advance(InteractionDispatcher.DeferAfter);
        await _discord.NextReplyAsync();
        _slow.Ends(Replies.Public("done"));
        await answering;

        Assert.Equal("done", Text(await _discord.NextReplyAsync()));
    }

    [Theory]
    [InlineData("slow:state", "pressed slow:state")]
    [InlineData("slower:state", null)]
    [InlineData("slow", "pressed slow")]
    [InlineData(":", null)]
    [InlineData("", null)]
    public async Task Press_GoesToTheCommandThatTheCustomIdBeginsWith(string customId, string? answer)
    {
        await Answers()
            .HandleAsync(
                new Interaction.ButtonPress
                {
                    Id = new InteractionId(1),
                    CustomId = customId,
                    Handle = new object(),
                },
                Stop
            );

        Assert.Equal(answer ?? Strings.English.UnknownButton, Text(await _discord.NextReplyAsync()));
    }

    [Theory]
    [InlineData("fr", "Cette commande n’existe plus")]
    [InlineData("pt-BR", "This command is no longer there")]
    public async Task Answer_IsInTheMembersLanguage(string locale, string text)
    {
        await Answers().HandleAsync(Command("removed") with { Locale = locale }, Stop);

        Assert.Contains(text, Text(await _discord.NextReplyAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slow", "The command failed.", "Error: Handling interaction 1 failed with an unhandled exception")]
    public async Task Command_ThatFails_ReportsItToTheMemberAndLogsIt(string name, string message, string logged)
    {
        _slow.Fails(new InvalidOperationException(message));

        await Answers().HandleAsync(Command(name), Stop);

        var reply = Assert.IsType<Reply.Message>(await _discord.NextReplyAsync());
        Assert.Equal((Strings.English.InternalError, true), (reply.Content.Text, reply.Ephemeral));
        Assert.Equal([logged], _log.Lines);
    }

    [Fact]
    public async Task Completion_ThatFails_SuggestsNothing()
    {
        _slow.Fails(new InvalidOperationException("The command failed."));

        await Answers().HandleAsync(Completion("slow"), Stop);

        Assert.Empty(Assert.IsType<Reply.Suggestions>(await _discord.NextReplyAsync()).Choices);
        Assert.Equal(["Error: Handling interaction 1 failed with an unhandled exception"], _log.Lines);
    }

    [Fact]
    public async Task Completion_OfACommandThatIsNoLongerThere_SuggestsNothing()
    {
        await Answers().HandleAsync(Completion("removed"), Stop);

        Assert.Empty(Assert.IsType<Reply.Suggestions>(await _discord.NextReplyAsync()).Choices);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Completion_GetsTheCommandsSuggestions()
    {
        _slow.Ends(Replies.Public(""));

        await Answers().HandleAsync(Completion("slow sub"), Stop);

        Assert.Equal(
            [new Choice("name", "value")],
            Assert.IsType<Reply.Suggestions>(await _discord.NextReplyAsync()).Choices
        );
    }

    [Fact]
    public async Task Subcommand_GoesToItsCommand()
    {
        _slow.Ends(Replies.Public("done"));

        await Answers().HandleAsync(Command("slow sub"), Stop);

        Assert.Equal("done", Text(await _discord.NextReplyAsync()));
    }

    /// <summary>The reply to a command that no longer exists is ephemeral: other members do not need to see the
    /// error.</summary>
    [Fact]
    public async Task WhatIsNoLongerThere_IsReportedToTheMemberOnly()
    {
        await Answers().HandleAsync(Command("removed"), Stop);
        Assert.Equal(
            new Reply.Message(new DiscordMessage { Text = Strings.English.UnknownCommand }, Ephemeral: true).ToString(),
            (await _discord.NextReplyAsync()).ToString()
        );
    }

    [Fact]
    public async Task Stop_CancelsTheCommand_AndAnswersNothing()
    {
        using var stop = new CancellationTokenSource();
        var answering = Answers().HandleAsync(Command("slow"), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
        Assert.Equal(0, _discord.Waiting);
        Assert.Empty(_log.Lines);
    }

    public static TheoryData<SendOutcome, string?> Outcomes =>
        new()
        {
            { new SendOutcome.Sent(null, null), null },
            { new SendOutcome.Refused(Refusal.AlreadyAnswered, "40060"), null },
            { new SendOutcome.Refused(Refusal.Gone, "10062"), "10062" },
            { new SendOutcome.Unavailable("no connection"), "no connection" },
            { new SendOutcome.Unknown("timed out"), "timed out" },
        };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Answer_ThatDiscordDidNotTake_IsLogged(SendOutcome outcome, string? reason)
    {
        _discord.OnRespond = _ => outcome;
        _slow.Ends(Replies.Public("done"));

        await Answers().HandleAsync(Command("slow"), Stop);

        Assert.Equal(reason is null ? [] : [$"Warning: Interaction 1 was not answered: {outcome}"], _log.Lines);
    }

    /// <summary>The telemetry of a reply; see docs/health.md.</summary>
    [Theory]
    [InlineData("sent", "answered")]
    [InlineData("elsewhere", "elsewhere")]
    [InlineData("refused", "unanswered")]
    [InlineData("fails", "failed")]
    [InlineData("promised elsewhere", "elsewhere")]
    public async Task Answer_IsNotedWithItsResult(string what, string result)
    {
        List<string> results = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "Serge.Bot",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if ((string?)span.GetTagItem("serge.command") == _slow.Definition.Name)
                {
                    results.Add((string)span.GetTagItem("serge.interaction.result")!);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        _slow.Name = $"slow-{Guid.NewGuid()}";
        _discord.OnRespond = _ =>
            what switch
            {
                "elsewhere" or "promised elsewhere" => new SendOutcome.Refused(Refusal.AlreadyAnswered, "40060"),
                "refused" => new SendOutcome.Refused(Refusal.Gone, "10062"),
                _ => new SendOutcome.Sent(null, null),
            };
        if (what == "fails")
        {
            _slow.Fails(new InvalidOperationException("The command failed."));
        }

        var answering = Answers().HandleAsync(Command(_slow.Name), Stop);
        _systemClock.Advance(what == "promised elsewhere" ? InteractionDispatcher.DeferAfter : TimeSpan.Zero);
        if (what != "fails")
        {
            _slow.Ends(Replies.Public("done"));
        }

        await answering;
        Assert.Equal([result], results);
        Assert.Equal(1, _discord.Waiting);
    }

    /// <summary>Discord shows an error after 3 s without a reply, and accepts the reply for up to 15 min.</summary>
    [Fact]
    public void Times_AreWithinDiscordsOwn()
    {
        Assert.Equal(TimeSpan.FromSeconds(1.5), InteractionDispatcher.DeferAfter);
        Assert.Equal(TimeSpan.FromMinutes(1), InteractionDispatcher.Timeout);
    }

    [Fact]
    public void Commands_AreInTheOrderGiven()
    {
        var other = new SlowCommand { Name = "another" };
        InteractionDispatcher answers = new(
            _discord,
            [_slow, other],
            new CommandMentions(),
            new Clocks(_systemClock, _systemClock),
            _log
        );

        Assert.Equal([_slow.Definition, other.Definition], answers.Commands);
    }

    /// <summary>Commands of both types may have the same name, and each receives only its own interactions.</summary>
    [Fact]
    public async Task MessageCommand_IsAnsweredByTheCommandOfItsTypeAndName()
    {
        MenuCommand menu = new();
        InteractionDispatcher answers = new(
            _discord,
            [_slow, menu],
            new CommandMentions(),
            new Clocks(_systemClock, _systemClock),
            _log
        );
        await answers.HandleAsync(MessageCommand("slow"), Stop);
        Assert.Equal("slow: the text", Text(await _discord.NextReplyAsync()));

        await answers.HandleAsync(MessageCommand("slow down"), Stop);
        Assert.Equal(Strings.English.UnknownCommand, Text(await _discord.NextReplyAsync()));
    }

    /// <summary>The deferral before the reply must be ephemeral, too.</summary>
    [Fact]
    public async Task MessageCommand_ThatTakesLong_IsDeferredForTheMemberAlone()
    {
        MenuCommand menu = new() { Answer = new TaskCompletionSource<Reply>() };
        InteractionDispatcher answers = new(
            _discord,
            [menu],
            new CommandMentions(),
            new Clocks(_systemClock, _systemClock),
            _log
        );
        var answering = answers.HandleAsync(MessageCommand("slow"), Stop);

        _systemClock.Advance(InteractionDispatcher.DeferAfter);
        Assert.True(Assert.IsType<Reply.Deferred>(await _discord.NextReplyAsync()).Ephemeral);
        menu.Answer.SetResult(Replies.Ephemeral("late"));
        await answering;
        Assert.Equal("late", Text(await _discord.NextReplyAsync()));
    }

    /// <summary>A new message would stay beside the one that the button replaces.</summary>
    [Fact]
    public async Task Press_ThatReplacesItsMessage_IsDeferredWithoutANewMessage()
    {
        _slow.Replaces = true;
        var answering = Answers().HandleAsync(Press("slow:slow"), Stop);

        _systemClock.Advance(InteractionDispatcher.DeferAfter);
        Assert.IsType<Reply.DeferredUpdate>(await _discord.NextReplyAsync());
        _slow.Ends(new Reply.Update(new DiscordMessage { Text = "next" }));
        await answering;

        Assert.Equal("next", Assert.IsType<Reply.Update>(await _discord.NextReplyAsync()).Content.Text);
    }

    [Fact]
    public async Task Press_ThatAnswersWithAMessage_IsDeferredForTheMemberAlone()
    {
        _slow.IsPrivate = true;
        var answering = Answers().HandleAsync(Press("slow:slow"), Stop);

        _systemClock.Advance(InteractionDispatcher.DeferAfter);
        Assert.True(Assert.IsType<Reply.Deferred>(await _discord.NextReplyAsync()).Ephemeral);
        _slow.Ends(Replies.Ephemeral("more"));
        await answering;
    }

    [Fact]
    public async Task Command_OfAButtonThatReplacesItsMessage_IsDeferredWithANewMessage()
    {
        _slow.Replaces = true;
        var answering = Answers().HandleAsync(Command("slow"), Stop);

        _systemClock.Advance(InteractionDispatcher.DeferAfter);
        Assert.IsType<Reply.Deferred>(await _discord.NextReplyAsync());
        _slow.Ends(Replies.Public("done"));
        await answering;
    }

    private static Interaction.ButtonPress Press(string customId) =>
        new()
        {
            Id = new InteractionId(1),
            CustomId = customId,
            Handle = new object(),
        };

    private static Interaction.MessageCommand MessageCommand(string name) =>
        new()
        {
            Id = new InteractionId(1),
            Name = name,
            Text = "the text",
            Handle = new object(),
        };

    private sealed class MenuCommand : IMessageCommand
    {
        public TaskCompletionSource<Reply>? Answer { get; init; }

        public CommandDefinition Definition { get; } =
            new()
            {
                Type = CommandType.Message,
                Name = "slow",
                Description = "",
            };

        public bool IsEphemeral(Interaction interaction) => true;

        public ValueTask<Reply> HandleAsync(
            Interaction.MessageCommand command,
            Strings strings,
            CancellationToken cancellationToken
        ) => new(Answer?.Task ?? Task.FromResult(Replies.Ephemeral($"{command.Name}: {command.Text}")));
    }

    private InteractionDispatcher Answers() =>
        new(_discord, [_slow], new CommandMentions(), new Clocks(_systemClock, _systemClock), _log);

    private static Interaction.Autocomplete Completion(string name) =>
        new()
        {
            Id = new InteractionId(1),
            Name = name,
            Option = "o",
            Input = "",
            Handle = new object(),
        };

    private static Interaction.Command Command(string name) =>
        new()
        {
            Id = new InteractionId(1),
            Name = name,
            Handle = new object(),
        };

    private static string Text(Reply reply) => Assert.IsType<Reply.Message>(reply).Content.Text;

    /// <summary>Replies when the test allows it.</summary>
    private sealed class SlowCommand : ISlashCommand
    {
        private readonly TaskCompletionSource<Reply> _answer = new();

        public string Name { get; set; } = "slow";

        public CommandDefinition Definition => new() { Name = Name, Description = "For tests" };

        public bool IsPrivate { get; set; }

        public void Ends(Reply reply) => _answer.SetResult(reply);

        public void Fails(Exception e) => _answer.SetException(e);

        public bool Replaces { get; set; }

        public bool IsEphemeral(Interaction interaction) => IsPrivate;

        public bool ReplacesMessage(Interaction.ButtonPress press) => Replaces;

        public async ValueTask<Reply> HandleAsync(
            Interaction.Command command,
            Strings strings,
            CancellationToken cancellationToken
        ) => await _answer.Task.WaitAsync(cancellationToken);

        public async ValueTask<IReadOnlyList<Choice>> CompleteAsync(
            Interaction.Autocomplete completion,
            Strings strings,
            CancellationToken cancellationToken
        )
        {
            await _answer.Task.WaitAsync(cancellationToken);
            return [new Choice("name", "value")];
        }

        public async ValueTask<Reply> HandleButtonAsync(
            Interaction.ButtonPress press,
            Strings strings,
            CancellationToken cancellationToken
        )
        {
            var isQuick = !press.CustomId.EndsWith(":slow", StringComparison.Ordinal);
            return isQuick
                ? Replies.Public($"pressed {press.CustomId}")
                : await _answer.Task.WaitAsync(cancellationToken);
        }
    }
}
