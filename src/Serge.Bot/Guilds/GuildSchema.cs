namespace Serge.Bot.Guilds;

/// <summary>The tables of <see cref="GuildStore"/>, as a migration step. <c>docs/ledger.md</c> explains them.</summary>
internal static class GuildSchema
{
    public const string Initial = """
        CREATE TABLE guilds (
            guild INTEGER NOT NULL PRIMARY KEY,
            zone TEXT,
            left_at INTEGER,
            missing_since INTEGER
        ) STRICT;
        CREATE TABLE guild_schedules (
            guild INTEGER NOT NULL,
            name TEXT NOT NULL,
            channel INTEGER NOT NULL,
            time INTEGER NOT NULL,
            days INTEGER NOT NULL,
            content TEXT NOT NULL,
            zone TEXT,
            buttons INTEGER NOT NULL DEFAULT 1,
            picture INTEGER NOT NULL DEFAULT 0,
            thread INTEGER NOT NULL DEFAULT 0,
            crosspost INTEGER NOT NULL DEFAULT 0,
            mention TEXT,
            forum INTEGER NOT NULL DEFAULT 0,
            paused TEXT,
            paused_at INTEGER,
            skip INTEGER,
            next_due INTEGER,
            PRIMARY KEY (guild, name)
        ) STRICT;
        CREATE INDEX guild_schedules_due ON guild_schedules (next_due, guild, name) WHERE next_due IS NOT NULL;
        CREATE INDEX guild_schedules_channel ON guild_schedules (channel);
        CREATE INDEX guild_schedules_paused ON guild_schedules (paused_at) WHERE paused_at IS NOT NULL;
        CREATE INDEX guild_schedules_skipped ON guild_schedules (skip) WHERE skip IS NOT NULL;
        CREATE INDEX guilds_left ON guilds (left_at) WHERE left_at IS NOT NULL;
        CREATE INDEX guilds_missing ON guilds (missing_since) WHERE missing_since IS NOT NULL;
        """;
}
