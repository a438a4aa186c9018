using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Serge.Bot.Commands;
using Serge.Bot.Places;
using Serge.Bot.Rendering;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Commands;

public sealed class InteractionWorkerTests
{
    private readonly FakeDiscord _discord = new();
    private readonly FakeTimeProvider _wire = new();
    private readonly FakeLifetime _lifetime = new();
    private readonly FakePlaces _places = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_RegistersTheCommandsOncePerRun()
    {
        _discord.Happens(new DiscordEvent.Ready(1, "Serge", Shard.Only, [new GuildId(3), new GuildId(4)]));
        _discord.Happens(new DiscordEvent.Ready(1, "Serge", Shard.Only, [new GuildId(3), new GuildId(4)]));

        await RunToTheEndAsync();

        Assert.Equal("echo", Assert.Single(Assert.Single(_discord.Registered)).Name);
    }

    [Fact]
    public async Task Ready_WhenDiscordIsBusy_RegistersAMinuteLater()
    {
        _discord.OnRegister = times =>
            times == 1
                ? new Answer<Registration>.Unavailable("503")
                : new Answer<Registration>.Got(new Registration(Changed: true, 1));
        _discord.Happens(new DiscordEvent.Ready(1, "Serge", Shard.Only, [new GuildId(3), new GuildId(4)]));
        var run = RunToTheEndAsync();

        while (_discord.Registered.Count < 2)
        {
            _wire.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        await run;
    }

    [Fact]
    public async Task Interacted_GetsTheCommandsAnswer()
    {
        _discord.Happens(Command("echo"));

        await RunToTheEndAsync();

        Assert.Equal("an answer", Text(await _discord.NextReplyAsync()));
    }

    [Fact]
    public async Task Interacted_WithACommandThatRunsIntoABug_StillAnswersAndGoesOn()
    {
        _discord.Happens(Command("echo", "bug"));
        _discord.Happens(Command("echo"));

        await RunToTheEndAsync();

        string[] replies = [Text(await _discord.NextReplyAsync()), Text(await _discord.NextReplyAsync())];
        Assert.Contains("an answer", replies);
        Assert.Contains(replies, reply => reply.Contains("not your fault", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Interacted_WithACommandThatIsNoLongerThere_SaysSo()
    {
        _discord.Happens(Command("removed"));

        await RunToTheEndAsync();

        Assert.Contains("no longer there", Text(await _discord.NextReplyAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereTheBotIs_IsToldInOrderThoughOneOfThemRunsIntoABug()
    {
        DiscordEvent[] happened =
        [
            new DiscordEvent.Ready(1, "Serge", Shard.Only, [new GuildId(13)]),
            new DiscordEvent.GuildJoined(new GuildId(13)),
            new DiscordEvent.GuildLeft(new GuildId(13)),
            new DiscordEvent.ChannelDeleted(new ChannelId(5), new GuildId(7)),
        ];
        foreach (var one in happened)
        {
            _discord.Happens(one);
        }

        await RunToTheEndAsync();

        Assert.Equal(happened, _places.Told);
    }

    [Theory]
    [InlineData(true, false)] // Mastodon goes on
    [InlineData(false, true)] // nothing is left to do
    public async Task Stopped_EndsTheBotOnlyWhenNothingElseIsLeft(bool mastodonIsOn, bool ends)
    {
        _discord.Happens(new DiscordEvent.Stopped(StopCause.BadToken, "401"));

        var surrender = await RunToTheEndAsync(mastodonIsOn);

        Assert.Equal((ends, ends ? 2 : 0), (_lifetime.IsStopping, surrender.ExitCode));
    }

    private async Task<Surrender> RunToTheEndAsync(bool mastodonIsOn = true)
    {
        _discord.Ends();
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = mastodonIsOn
                ? new MastodonSettings { Address = new Uri("https://m.example"), AccessToken = new Secret("") }
                : null,
        };
        var surrender = new Surrender(settings, _lifetime);
        var clocks = new Clocks(_wire, _wire);
        var answers = new InteractionAnswers(
            _discord,
            [new EchoCommand()],
            clocks,
            NullLogger<InteractionAnswers>.Instance
        );
        using var worker = new InteractionWorker(
            _discord,
            answers,
            [_places],
            new BotSettings { LedgerPath = "", TimeZone = TimeZoneInfo.Utc },
            clocks,
            surrender,
            NullLogger<InteractionWorker>.Instance
        );
        await worker.StartAsync(Stop);
        await worker.ExecuteTask!;
        return surrender;
    }

    private static DiscordEvent Command(string name, string word = "") =>
        new DiscordEvent.Interacted(
            new Interaction.Command
            {
                Id = new InteractionId(1),
                Name = name,
                Handle = new object(),
                Options = new Dictionary<string, string> { ["word"] = word },
            }
        );

    private static string Text(Reply reply) => Assert.IsType<Reply.Message>(reply).Content.Text;

    private sealed class FakePlaces : IPlaceEvents
    {
        public List<DiscordEvent> Told { get; } = [];

        public async Task HappenedAsync(DiscordEvent happened, CancellationToken cancellationToken)
        {
            await Task.Yield();
            Told.Add(happened);
            if (happened is DiscordEvent.GuildLeft(GuildId(13)))
            {
                throw new InvalidOperationException("a bug");
            }
        }
    }

    private sealed class EchoCommand : ISlashCommand
    {
        public CommandDefinition Definition { get; } = new() { Name = "echo", Description = "For tests" };

        public ValueTask<Reply> AnswerAsync(
            Interaction.Command command,
            Words words,
            CancellationToken cancellationToken
        ) =>
            command.Options["word"] == "bug"
                ? throw new InvalidOperationException("a bug")
                : new(Replies.ForAll("an answer"));
    }

    private sealed class FakeLifetime : IHostApplicationLifetime
    {
        public bool IsStopping { get; private set; }

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => IsStopping = true;
    }
}
