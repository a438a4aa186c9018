using System.Collections.Concurrent;

namespace Serge.Bot.Guilds;

/// <summary>What has to be known of servers without asking the database: whose zone is what, and which of them we have left.</summary>
/// <remarks>Loaded at the start, written through by every change made here, and read again each minute, so that several workers on one database agree.</remarks>
internal sealed class GuildDirectory(IGuildStore places, BotSettings settings) : ITimeZoneProvider, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile ConcurrentDictionary<GuildId, Entry> _known = new();

    /// <summary>The server's zone; where it has set none, and in direct messages, the setting <c>TimeZone</c>.</summary>
    public TimeZoneInfo GetTimeZone(Interaction interaction) =>
        interaction.Guild is { } guild && _known.TryGetValue(guild, out var entry) && entry.Zone is { } zone
            ? zone
            : settings.TimeZone;

    /// <summary>The servers that have set something up and that we are in.</summary>
    public IEnumerable<GuildId> Present => _known.Where(pair => !pair.Value.HasLeft).Select(pair => pair.Key);

    /// <summary>The servers that have set something up and that we have left.</summary>
    public IEnumerable<GuildId> Left => _known.Where(pair => pair.Value.HasLeft).Select(pair => pair.Key);

    /// <summary>Whether we know a server and have left it.</summary>
    public bool HasLeft(GuildId guild) => _known.TryGetValue(guild, out var entry) && entry.HasLeft;

    /// <summary>Whether a server has set something up, as far as we know.</summary>
    public bool Knows(GuildId guild) => _known.ContainsKey(guild);

    /// <summary>Reads everything anew.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) =>
        RunExclusiveAsync(
            async () =>
            {
                var read = await places.ListAsync(cancellationToken);
                return _known = new(read.Select(place => KeyValuePair.Create(place.Guild, Entry.Of(place))));
            },
            cancellationToken
        );

    /// <summary>Changes what one server has set up, here and in the database. See <see cref="IGuildStore.ChangeAsync"/>.</summary>
    public Task<GuildSettings> ChangeAsync(
        GuildId guild,
        Func<GuildSettings, GuildChange?> decide,
        CancellationToken cancellationToken
    ) =>
        RunExclusiveAsync(
            async () =>
            {
                GuildChange? change = null;
                var after = await places.ChangeAsync(guild, place => change = decide(place), cancellationToken);
                if (change is not null)
                {
                    _known[guild] = Entry.Of(after);
                }

                return after;
            },
            cancellationToken
        );

    public void Dispose() => _turn.Dispose();

    /// <summary>A reading that began before a change must not overwrite what it left.</summary>
    private async Task<T> RunExclusiveAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed record Entry(TimeZoneInfo? Zone, bool HasLeft)
    {
        public static Entry Of(GuildSettings place) =>
            new(place.Zone is { } zone ? TimeZoneNames.Find(zone) : null, place.LeftAt is not null);
    }
}
