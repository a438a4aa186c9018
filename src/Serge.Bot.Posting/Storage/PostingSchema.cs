namespace Serge.Bot.Posting.Storage;

/// <summary>The engine's tables, as migration steps. <c>docs/ledger.md</c> explains them.</summary>
/// <remarks>Written in SQLite's dialect; <see cref="IDatabaseEngine.Translate"/> translates it. A database stores the
/// number of applied steps. A released step never changes; a change is a further step.</remarks>
public static class PostingSchema
{
    /// <summary>The first step.</summary>
    public const string Initial = """
        CREATE TABLE posts (
            key TEXT NOT NULL PRIMARY KEY,
            owner TEXT NOT NULL,
            schedule TEXT NOT NULL,
            kind TEXT NOT NULL,
            occurrence INTEGER NOT NULL,
            destination TEXT NOT NULL,
            state TEXT NOT NULL,
            items TEXT NOT NULL,
            payload TEXT,
            deadline INTEGER NOT NULL,
            not_before INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            lookups INTEGER NOT NULL,
            misses INTEGER NOT NULL,
            needs_operator INTEGER NOT NULL,
            copy_check_pending INTEGER NOT NULL,
            first_attempt_at INTEGER,
            last_attempt_at INTEGER,
            refused_at INTEGER,
            claimed_by TEXT,
            lease_until INTEGER,
            remote_id TEXT,
            url TEXT,
            reason TEXT,
            cancel_cause TEXT,
            retry_of TEXT,
            alerted_at INTEGER,
            UNIQUE (owner, schedule, occurrence, destination)
        ) STRICT;
        CREATE INDEX posts_open ON posts (state, occurrence, key)
            WHERE state IN ('planned', 'sending', 'unknown');
        CREATE INDEX posts_used ON posts (destination, occurrence);
        CREATE UNIQUE INDEX posts_retries ON posts (retry_of) WHERE retry_of IS NOT NULL;
        CREATE INDEX posts_failed ON posts (occurrence)
            WHERE state IN ('refused', 'missed', 'unknown') OR needs_operator = 1 OR cancel_cause = 'daily-limit';
        CREATE INDEX posts_alerts ON posts (occurrence) WHERE kind = 'alert';
        CREATE INDEX posts_attempted ON posts (last_attempt_at);
        CREATE INDEX posts_refused ON posts (refused_at) WHERE refused_at IS NOT NULL;
        CREATE INDEX posts_copy_checks ON posts (not_before) WHERE copy_check_pending = 1;
        CREATE TABLE follow_ups (
            post TEXT NOT NULL,
            kind TEXT NOT NULL,
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            was_refused INTEGER NOT NULL,
            not_before INTEGER NOT NULL,
            reason TEXT,
            PRIMARY KEY (post, kind)
        ) STRICT;
        CREATE INDEX follow_ups_due ON follow_ups (not_before) WHERE state = 'pending';
        CREATE TABLE schedules (
            name TEXT NOT NULL PRIMARY KEY,
            timing TEXT NOT NULL,
            next_due INTEGER
        ) STRICT;
        CREATE TABLE withdrawn (
            item TEXT NOT NULL PRIMARY KEY,
            since INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE senders (
            name TEXT NOT NULL PRIMARY KEY,
            owner TEXT NOT NULL,
            lease_until INTEGER NOT NULL
        ) STRICT;
        """;

    /// <summary>When an operator dismissed a failed post. The index of failed posts is without those.</summary>
    public const string Dismissals = """
        ALTER TABLE posts ADD COLUMN dismissed_at INTEGER;
        DROP INDEX posts_failed;
        CREATE INDEX posts_failed ON posts (occurrence)
            WHERE (state IN ('refused', 'missed', 'unknown') OR needs_operator = 1 OR cancel_cause = 'daily-limit')
                AND dismissed_at IS NULL;
        """;
}
