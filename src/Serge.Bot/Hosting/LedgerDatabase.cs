namespace Serge.Bot.Hosting;

/// <summary>Opens the database that the settings name.</summary>
internal static class LedgerDatabase
{
    /// <summary>All migration steps in the order of their release, from every owner of tables.</summary>
    public static IReadOnlyList<string> Steps { get; } = [PostingSchema.Initial, GuildSchema.Initial];

    /// <exception cref="LedgerException">It cannot be opened, is not a ledger, or was written by
    /// a newer version.</exception>
    public static Task<Database> OpenAsync(BotSettings settings, CancellationToken cancellationToken)
    {
        if (settings.PostgreSql is { } server)
        {
            return Database.OpenAsync(new PostgresServer(server), Steps, cancellationToken);
        }

        return Database.OpenAsync(new SqliteFile(settings.LedgerPath), Steps, cancellationToken);
    }
}
