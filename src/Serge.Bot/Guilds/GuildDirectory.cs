using System.Collections.Concurrent;

namespace Serge.Bot.Guilds;

/// <summary>Caches what is needed without a database query: the time zone of each server, and which servers the
/// bot has left.</summary>
/// <remarks>Loaded at the start, updated by every change made here, and reloaded each minute, so that several workers
/// on one database agree.</remarks>
internal sealed class GuildDirectory(IGuildStore guilds, BotSettings settings) : ITimeZoneProvider, IDisposable
{
    private readonly SemaphoreSlim _exclusive = new(1, 1);
    private volatile ConcurrentDictionary<GuildId, Entry> _entries = new();

    /// <summary>The known servers that the bot is in.</summary>
    public IEnumerable<GuildId> Present => _entries.Where(pair => !pair.Value.HasLeft).Select(pair => pair.Key);

    /// <summary>The known servers that the bot has left.</summary>
    public IEnumerable<GuildId> Left => _entries.Where(pair => pair.Value.HasLeft).Select(pair => pair.Key);

    /// <summary>The known servers that the bot left before a moment.</summary>
    public IEnumerable<GuildId> GetLeftBefore(DateTimeOffset moment) =>
        _entries.Where(pair => pair.Value.LeftAt < moment).Select(pair => pair.Key);

    /// <summary>The servers of which Discord has answered once that the bot is not in them, and when.</summary>
    public IEnumerable<(GuildId Guild, DateTimeOffset Since)> Missing =>
        from pair in _entries
        where pair.Value is { HasLeft: false, MissingSince: not null }
        select (pair.Key, pair.Value.MissingSince.GetValueOrDefault());

    /// <summary>The server's time zone; where it has set none, and in direct messages,
    /// the setting <c>TimeZone</c>.</summary>
    public TimeZoneInfo GetTimeZone(Interaction interaction)
    {
        var entry = interaction.Guild is { } guild ? _entries.GetValueOrDefault(guild) : null;
        return entry?.Zone ?? settings.TimeZone;
    }

    /// <summary>Whether the server is known and the bot has left it.</summary>
    public bool HasLeft(GuildId guild) => _entries.TryGetValue(guild, out var entry) && entry.HasLeft;

    /// <summary>Whether the server was welcomed or has configured something, and its data was not deleted
    /// since.</summary>
    public bool Knows(GuildId guild) => _entries.ContainsKey(guild);

    /// <summary>Reloads all entries.</summary>
    /// <exception cref="LedgerException">The database could not be read.</exception>
    public Task RefreshAsync(CancellationToken cancellationToken) =>
        RunExclusiveAsync(
            async () =>
            {
                ConcurrentDictionary<GuildId, Entry> entries = new();
                await foreach (var guild in guilds.ReadAllAsync(cancellationToken))
                {
                    entries[guild.Guild] = Entry.Of(guild);
                }

                _entries = entries;
                return true;
            },
            cancellationToken
        );

    /// <summary>Changes the settings of a server in the database and
    /// here. See <see cref="IGuildStore.ChangeAsync"/>.</summary>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public Task<GuildSettings> ChangeAsync(
        GuildId guild,
        Func<GuildSettings, GuildChange?> decide,
        CancellationToken cancellationToken
    ) =>
        RunExclusiveAsync(
            async () =>
            {
                GuildChange? change = null;
                var after = await guilds.ChangeAsync(guild, before => change = decide(before), cancellationToken);
                if (change is not null)
                {
                    _entries[guild] = Entry.Of(after);
                }

                return after;
            },
            cancellationToken
        );

    public void Dispose() => _exclusive.Dispose();

    /// <summary>A reload that began before a change must not overwrite the changed entry.</summary>
    private async Task<T> RunExclusiveAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _exclusive.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _exclusive.Release();
        }
    }

    private sealed record Entry(TimeZoneInfo? Zone, DateTimeOffset? LeftAt, DateTimeOffset? MissingSince)
    {
        /// <summary>Shared by the many servers that have set no time zone.</summary>
        private static readonly Entry Plain = new(Zone: null, LeftAt: null, MissingSince: null);

        public bool HasLeft => LeftAt is not null;

        public static Entry Of(GuildSettings guild)
        {
            if (guild is { Zone: null, LeftAt: null, MissingSince: null })
            {
                return Plain;
            }

            var zone = guild.Zone is { } id ? TimeZoneNames.Find(id) : null;
            return new Entry(zone, guild.LeftAt, guild.MissingSince);
        }
    }
}
