using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Serge.Bot.Tests.Support;

/// <summary>A fake Discord that yields the events of the test and records all requests.</summary>
internal sealed class FakeDiscord : UnusedDiscord
{
    private readonly Channel<DiscordEvent> _events = Channel.CreateUnbounded<DiscordEvent>();
    private readonly Channel<(Interaction Interaction, Reply Reply)> _replies = Channel.CreateUnbounded<(
        Interaction,
        Reply
    )>();

    private readonly TaskCompletionSource _readingEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly CountedSignal _readingBegun = new();
    private int _readings;

    /// <summary>How often the reading of events was started.</summary>
    public int Readings => _readings;

    /// <summary>Waits until the reading of events is started once more.</summary>
    public Task WaitForReadingAsync() => _readingBegun.TakeAsync();

    /// <summary>Completes when the reading of events has ended.</summary>
    public Task ReadingEnded => _readingEnded.Task;

    public List<IReadOnlyList<CommandDefinition>> Registered { get; } = [];

    public Func<int, Result<CommandRegistration>> OnRegister { get; set; } =
        _ => new Result<CommandRegistration>.Success(new CommandRegistration(Changed: true, 3));

    public Func<Reply, SendOutcome> OnRespond { get; set; } = _ => new SendOutcome.Sent(null, null);

    /// <summary>The response about the application.</summary>
    public Result<DiscordApplication> Application { get; set; } =
        new Result<DiscordApplication>.Success(new DiscordApplication(42, "Serge"));

    /// <summary>The number of replies that the test has not taken yet.</summary>
    public int Waiting => _replies.Reader.Count;

    public void Raise(DiscordEvent discordEvent) => _events.Writer.TryWrite(discordEvent);

    public void Ends() => _events.Writer.Complete();

    public async Task<Reply> NextReplyAsync()
    {
        var reading = _replies.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        var next = await reading.WaitAsync(Bounded.Longest);
        return next.Reply;
    }

    public override async IAsyncEnumerable<DiscordEvent> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Interlocked.Increment(ref _readings);
        _readingBegun.Give();
        try
        {
            await foreach (var discordEvent in _events.Reader.ReadAllAsync(cancellationToken))
            {
                yield return discordEvent;
                if (discordEvent is DiscordEvent.Stopped)
                {
                    // The client reports no events after that.
                    yield break;
                }
            }
        }
        finally
        {
            _readingEnded.TrySetResult();
        }
    }

    public override Task<Result<CommandRegistration>> RegisterCommandsAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    )
    {
        Registered.Add(commands);
        return Task.FromResult(OnRegister(Registered.Count));
    }

    public override Task<SendOutcome> RespondAsync(
        Interaction interaction,
        Reply reply,
        CancellationToken cancellationToken
    )
    {
        _replies.Writer.TryWrite((interaction, reply));
        return Task.FromResult(OnRespond(reply));
    }

    public override Task<Result<DiscordApplication>> GetApplicationAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Application);
}
