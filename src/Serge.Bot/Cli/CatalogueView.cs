using System.Collections.ObjectModel;
using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary>The quote files and what is withdrawn, for commands that only show them.</summary>
/// <param name="Unfiltered">All that the files contain.</param>
/// <param name="Withdrawn">Ids that an operator has withdrawn, and since when.</param>
/// <param name="Settings">The bot's settings.</param>
internal sealed record CatalogueView(
    QuoteCatalogue Unfiltered,
    IReadOnlyDictionary<string, DateTimeOffset> Withdrawn,
    BotSettings Settings
)
{
    /// <summary>What the bot serves: all but what is withdrawn.</summary>
    public QuoteCatalogue Served { get; } = Unfiltered.Exclude(Withdrawn.Keys.ToHashSet(StringComparer.Ordinal));

    /// <summary>Reads both. A ledger that does not exist is not created. When the ledger cannot be read, the error is
    /// written to <see cref="CommandContext.Error"/> and nothing counts as withdrawn.</summary>
    /// <exception cref="CatalogueException">The quote files are invalid.</exception>
    /// <exception cref="SettingsException">The settings are invalid.</exception>
    public static async Task<CatalogueView> ReadAsync(
        string home,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var files = ReadFiles(home);
        try
        {
            await using var database = await LedgerDatabase.OpenExistingAsync(files.Settings, cancellationToken);
            return await files.ReadWithdrawalsAsync(database, cancellationToken);
        }
        catch (LedgerException e)
        {
            await context.Error.WriteLineAsync($"The withdrawn items could not be read: {e.Message}");
            return files;
        }
    }

    /// <summary>Reads the quote files and the settings. Nothing counts as withdrawn.</summary>
    /// <exception cref="CatalogueException">The quote files are invalid.</exception>
    /// <exception cref="SettingsException">The settings are invalid.</exception>
    public static CatalogueView ReadFiles(string home)
    {
        var catalogue = LiveCatalogue.Open(HomeDirectory.GetQuotes(home)).Current;
        var settings = SettingsReader.Read(home).Settings;
        return new CatalogueView(catalogue, ReadOnlyDictionary<string, DateTimeOffset>.Empty, settings);
    }

    /// <summary>Reads what is withdrawn.</summary>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public async Task<CatalogueView> ReadWithdrawalsAsync(Database database, CancellationToken cancellationToken)
    {
        OperatorLedger ledger = new(database);
        var withdrawn = await ledger.GetWithdrawalsAsync(cancellationToken);
        return new CatalogueView(Unfiltered, withdrawn, Settings);
    }

    /// <summary>Searches <see cref="Unfiltered"/>, best match first.</summary>
    /// <inheritdoc cref="Search"/>
    public IReadOnlyList<Quote> SearchUnfiltered(string? words, string? topic) =>
        Search(Unfiltered, words, topic, int.MaxValue);

    /// <summary>Searches <see cref="Served"/>, best match first.</summary>
    /// <inheritdoc cref="Search"/>
    public IReadOnlyList<Quote> SearchServed(string? words, string? topic, int limit) =>
        Search(Served, words, topic, limit);

    /// <summary>Since when an item is withdrawn; <see langword="null"/> when it is not.</summary>
    public DateTimeOffset? GetWithdrawnSince(string id) => Withdrawn.TryGetValue(id, out var since) ? since : null;

    /// <summary>The remark on a withdrawn item that is shown nevertheless.</summary>
    public static string FormatWithdrawal(string id, DateTimeOffset since)
    {
        var time = since.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"Withdrawn since {time} UTC: neither posted nor shown. To restore it: serge retract --undo {id}.";
    }

    /// <param name="catalogue">Where to search.</param>
    /// <param name="words">Words; <see langword="null"/> for all quotations.</param>
    /// <param name="topic">A topic; <see langword="null"/> for all topics.</param>
    /// <param name="limit">The maximum number of quotations.</param>
    /// <exception cref="CommandException">There is no such topic.</exception>
    private IReadOnlyList<Quote> Search(QuoteCatalogue catalogue, string? words, string? topic, int limit)
    {
        var topics = Unfiltered.Topics.Select(known => known.Name);
        if (topic is not null && !topics.Contains(topic))
        {
            throw new CommandException($"There is no topic {topic}. Topics: {string.Join(", ", topics)}.");
        }

        return catalogue.Search(words ?? "", topic, limit);
    }
}
