namespace Serge.Bot.Posting.Storage;

/// <summary>The tables, as the steps that lead to them. They are explained in <c>docs/ledger.md</c>.</summary>
/// <remarks>Written in SQLite's words; <see cref="IDatabaseEngine.Translate"/> has the other engine's. A database remembers how many steps it has taken. A step that
/// was released never changes: databases out there have taken it. What is to be different is a further step.</remarks>
public static class Schema
{
    /// <summary>From an empty database to the schema of today, in order.</summary>
    public static IReadOnlyList<string> Steps { get; } = [Posts, Places, Operators, Senders];

    private const string Posts = """
        CREATE TABLE posts (
            key TEXT NOT NULL PRIMARY KEY,
            schedule TEXT NOT NULL,
            occurrence INTEGER NOT NULL,
            destination TEXT NOT NULL,
            state TEXT NOT NULL,
            items TEXT NOT NULL,
            payload TEXT,
            late_until INTEGER NOT NULL,
            not_before INTEGER NOT NULL,
            tries INTEGER NOT NULL,
            looks INTEGER NOT NULL,
            first_byte INTEGER,
            owner TEXT,
            lease_until INTEGER,
            remote_id TEXT,
            url TEXT,
            reason TEXT,
            UNIQUE (schedule, occurrence, destination)
        ) STRICT;
        CREATE INDEX posts_open ON posts (state, occurrence) WHERE state IN ('planned', 'sending', 'unknown');
        CREATE INDEX posts_used ON posts (destination, occurrence);
        CREATE TABLE schedules (
            name TEXT NOT NULL PRIMARY KEY,
            timing TEXT NOT NULL,
            next_due INTEGER
        ) STRICT;
        """;

    private const string Places = """
        CREATE TABLE places (
            guild INTEGER NOT NULL PRIMARY KEY,
            zone TEXT,
            left_at INTEGER
        ) STRICT;
        CREATE TABLE place_schedules (
            guild INTEGER NOT NULL,
            name TEXT NOT NULL,
            channel INTEGER NOT NULL,
            time INTEGER NOT NULL,
            days INTEGER NOT NULL,
            content TEXT NOT NULL,
            zone TEXT,
            paused TEXT,
            paused_at INTEGER,
            skip INTEGER,
            next_due INTEGER,
            PRIMARY KEY (guild, name)
        ) STRICT;
        CREATE INDEX place_schedules_due ON place_schedules (next_due) WHERE next_due IS NOT NULL;
        CREATE INDEX place_schedules_channel ON place_schedules (channel);
        """;

    private const string Operators = """
        ALTER TABLE posts ADD COLUMN retry_of TEXT;
        ALTER TABLE posts ADD COLUMN told_at INTEGER;
        CREATE UNIQUE INDEX posts_retries ON posts (retry_of) WHERE retry_of IS NOT NULL;
        CREATE INDEX posts_untold ON posts (occurrence) WHERE told_at IS NULL AND state IN ('refused', 'missed', 'unknown');
        CREATE TABLE withdrawn (
            item TEXT NOT NULL PRIMARY KEY,
            since INTEGER NOT NULL
        ) STRICT;
        """;

    private const string Senders = """
        CREATE TABLE senders (
            name TEXT NOT NULL PRIMARY KEY,
            owner TEXT NOT NULL,
            lease_until INTEGER NOT NULL
        ) STRICT;
        """;
}
