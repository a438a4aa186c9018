namespace Serge.Bot.Hosting;

/// <summary>Opens the database that the settings name.</summary>
internal static class LedgerDatabase
{
    /// <summary>All migration steps in the order of their release, from every owner of tables.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [PostingSchema.Initial, GuildSchema.Initial, PostingSchema.Dismissals];

    /// <summary>Opens the ledger; creates it if there is none.</summary>
    /// <exception cref="LedgerException">It cannot be opened, is not a ledger, or was written by
    /// a newer version.</exception>
    public static Task<Database> OpenAsync(BotSettings settings, CancellationToken cancellationToken) =>
        Database.OpenAsync(CreateEngine(settings), Steps, cancellationToken);

    /// <summary>Opens the ledger to read it. Where there is no file, the ledger is empty and in memory: a command that
    /// only reads creates no file, which a worker could take for the ledger.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public static Task<Database> OpenExistingAsync(BotSettings settings, CancellationToken cancellationToken)
    {
        var engine = IsMissing(settings) ? SqliteFile.CreateEmpty(settings.LedgerPath) : CreateEngine(settings);
        return Database.OpenAsync(engine, Steps, cancellationToken);
    }

    /// <summary>Whether the ledger is a file that has not been created yet.</summary>
    public static bool IsMissing(BotSettings settings) =>
        settings.PostgreSql is null && SqliteFile.IsMissing(settings.LedgerPath);

    private static IDatabaseEngine CreateEngine(BotSettings settings)
    {
        if (settings.PostgreSql is { } server)
        {
            return new PostgresServer(server);
        }

        return new SqliteFile(settings.LedgerPath);
    }
}
