using Microsoft.Extensions.Logging.Abstractions;
using Serge.Bot.Commands;
using Serge.Bot.Rendering;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Commands;

/// <summary>Discord's time is kept, whatever a command does; and a button finds its command.</summary>
public sealed class InteractionAnswersTests
{
    private readonly FakeDiscord _discord = new();
    private readonly FakeTimeProvider _wire = new();
    private readonly SlowCommand _slow = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Command_ThatTakesLong_IsPromisedAfterOneAndAHalfSecondsAndThenAnswered(bool isPrivate)
    {
        _slow.IsPrivate = isPrivate;
        var answering = Answers().AnswerAsync(Command("slow"), Stop);

        _wire.Advance(InteractionAnswers.PromiseAfter - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _discord.Waiting);
        _wire.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(new Reply.Deferred(isPrivate), await _discord.NextReplyAsync());
        _slow.Ends(Replies.ForAll("done"));

        Assert.Equal("done", Text(await _discord.NextReplyAsync()));
        await answering;
    }

    [Fact]
    public async Task Command_ThatIsQuick_IsNeverPromised()
    {
        _slow.Ends(Replies.ForAll("done"));

        await Answers().AnswerAsync(Command("slow"), Stop);
        _wire.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("done", Text(await _discord.NextReplyAsync()));
        Assert.Equal(0, _discord.Waiting);
    }

    [Fact]
    public async Task Completion_ThatTakesLong_IsNotPromised()
    {
        var answering = Answers()
            .AnswerAsync(
                new Interaction.Completion
                {
                    Id = new InteractionId(1),
                    Name = "slow",
                    Option = "o",
                    Typed = "",
                    Handle = new object(),
                },
                Stop
            );

        _wire.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, _discord.Waiting);
        _slow.Ends(Replies.ForAll(""));
        await answering;

        Assert.IsType<Reply.Suggestions>(await _discord.NextReplyAsync());
    }

    [Fact]
    public async Task Command_ThatTakesAMinute_IsGivenUpWithAWord()
    {
        var answering = Answers().AnswerAsync(Command("slow"), Stop);

        _wire.Advance(InteractionAnswers.PromiseAfter);
        await _discord.NextReplyAsync();
        _wire.Advance(InteractionAnswers.GiveUpAfter);
        await answering;

        Assert.Equal(Words.English.TookTooLong, Text(await _discord.NextReplyAsync()));
    }

    [Fact]
    public async Task Command_PromisedByAnotherCopyOfTheBot_IsLeftToIt()
    {
        _discord.OnRespond = _ => new SendOutcome.Refused(Refusal.AlreadyAnswered, "40060");
        var answering = Answers().AnswerAsync(Command("slow"), Stop);

        _wire.Advance(InteractionAnswers.PromiseAfter);
        Assert.IsType<Reply.Deferred>(await _discord.NextReplyAsync());
        _slow.Ends(Replies.ForAll("done"));
        await answering;

        Assert.Equal(0, _discord.Waiting);
    }

    [Fact]
    public async Task Command_WhosePromiseDidNotGoOut_IsAnsweredAllTheSame()
    {
        _discord.OnRespond = reply =>
            reply is Reply.Deferred ? new SendOutcome.Unavailable("no connection") : new SendOutcome.Sent(null, null);
        var answering = Answers().AnswerAsync(Command("slow"), Stop);

        _wire.Advance(InteractionAnswers.PromiseAfter);
        await _discord.NextReplyAsync();
        _slow.Ends(Replies.ForAll("done"));
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
            .AnswerAsync(
                new Interaction.ButtonPress
                {
                    Id = new InteractionId(1),
                    CustomId = customId,
                    Handle = new object(),
                },
                Stop
            );

        Assert.Equal(answer ?? Words.English.ButtonIsGone, Text(await _discord.NextReplyAsync()));
    }

    [Theory]
    [InlineData("fr", "Cette commande n’existe plus")]
    [InlineData("pt-BR", "This command is no longer there")]
    public async Task Answer_IsInTheMembersLanguage(string locale, string said)
    {
        await Answers().AnswerAsync(Command("removed") with { Locale = locale }, Stop);

        Assert.Contains(said, Text(await _discord.NextReplyAsync()), StringComparison.Ordinal);
    }

    private InteractionAnswers Answers() =>
        new(_discord, [_slow], new Clocks(_wire, _wire), NullLogger<InteractionAnswers>.Instance);

    private static Interaction.Command Command(string name) =>
        new()
        {
            Id = new InteractionId(1),
            Name = name,
            Handle = new object(),
        };

    private static string Text(Reply reply) => Assert.IsType<Reply.Message>(reply).Content.Text;

    /// <summary>Answers when the test says so.</summary>
    private sealed class SlowCommand : ISlashCommand
    {
        private readonly TaskCompletionSource<Reply> _answer = new();

        public CommandDefinition Definition { get; } = new() { Name = "slow", Description = "For tests" };

        public bool IsPrivate { get; set; }

        public void Ends(Reply reply) => _answer.SetResult(reply);

        public bool AnswersPrivately(Interaction interaction) => IsPrivate;

        public async ValueTask<Reply> AnswerAsync(
            Interaction.Command command,
            Words words,
            CancellationToken cancellationToken
        ) => await _answer.Task.WaitAsync(cancellationToken);

        public async ValueTask<IReadOnlyList<Choice>> CompleteAsync(
            Interaction.Completion completion,
            Words words,
            CancellationToken cancellationToken
        )
        {
            await _answer.Task.WaitAsync(cancellationToken);
            return [];
        }

        public ValueTask<Reply> PressAsync(
            Interaction.ButtonPress press,
            Words words,
            CancellationToken cancellationToken
        ) => new(Replies.ForAll($"pressed {press.CustomId}"));
    }
}
