using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Serge.Bot.Tests.Support;

/// <summary>A Discord that hands over what the test writes, and keeps what it is told.</summary>
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

    /// <summary>How often somebody has begun to read what happens.</summary>
    public int Readings => _readings;

    /// <summary>Waits until somebody has begun once more to read what happens.</summary>
    public Task ReadingBegunAsync() => _readingBegun.TakeAsync();

    /// <summary>Ends when somebody has stopped to read what happens.</summary>
    public Task ReadingEnded => _readingEnded.Task;

    public List<IReadOnlyList<CommandDefinition>> Registered { get; } = [];

    public Func<int, Result<CommandRegistration>> OnRegister { get; set; } =
        _ => new Result<CommandRegistration>.Success(new CommandRegistration(Changed: true, 3));

    public Func<Reply, SendOutcome> OnRespond { get; set; } = _ => new SendOutcome.Sent(null, null);

    /// <summary>What it says of the application.</summary>
    public Result<DiscordApplication> Application { get; set; } =
        new Result<DiscordApplication>.Success(new DiscordApplication(42, "Serge"));

    /// <summary>How many replies nobody has taken yet.</summary>
    public int Waiting => _replies.Reader.Count;

    public void Happens(DiscordEvent happened) => _events.Writer.TryWrite(happened);

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
            await foreach (var happened in _events.Reader.ReadAllAsync(cancellationToken))
            {
                yield return happened;
                if (happened is DiscordEvent.Stopped)
                {
                    // The client reports nothing after that.
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
