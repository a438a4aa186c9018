using System.Threading.Channels;

namespace Serge.Bot.Guilds;

/// <summary>Changes of servers that wait to be recorded, one at a time in the order of their events.</summary>
internal sealed class GuildTaskQueue
{
    private const int MaxTasks = 10_000;

    private readonly Channel<Func<CancellationToken, Task>> _tasks = Channel.CreateBounded<
        Func<CancellationToken, Task>
    >(new BoundedChannelOptions(MaxTasks) { SingleReader = true });
    private readonly Dictionary<GuildId, int> _perGuild = [];
    private readonly Lock _lock = new();

    /// <summary>Whether a change of the server waits or is being recorded, so that what is known of the server is about
    /// to change.</summary>
    public bool Contains(GuildId guild)
    {
        lock (_lock)
        {
            return _perGuild.ContainsKey(guild);
        }
    }

    /// <returns>Whether there was room.</returns>
    public bool TryAdd(Func<CancellationToken, Task> task) => _tasks.Writer.TryWrite(task);

    /// <summary>Adds a change of one server.</summary>
    /// <returns>Whether there was room.</returns>
    public bool TryAdd(GuildId guild, Func<CancellationToken, Task> task)
    {
        Count(guild, 1);
        var isAdded = TryAdd(async cancellationToken =>
        {
            try
            {
                await task(cancellationToken);
            }
            finally
            {
                Count(guild, -1);
            }
        });
        if (!isAdded)
        {
            Count(guild, -1);
        }

        return isAdded;
    }

    /// <summary>The tasks as they are added.</summary>
    public IAsyncEnumerable<Func<CancellationToken, Task>> ReadAllAsync(CancellationToken cancellationToken) =>
        _tasks.Reader.ReadAllAsync(cancellationToken);

    private void Count(GuildId guild, int change)
    {
        lock (_lock)
        {
            var count = _perGuild.GetValueOrDefault(guild) + change;
            if (count == 0)
            {
                _perGuild.Remove(guild);
            }
            else
            {
                _perGuild[guild] = count;
            }
        }
    }
}
