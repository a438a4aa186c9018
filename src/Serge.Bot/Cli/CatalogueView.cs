namespace Serge.Bot.Cli;

/// <summary>What the quote files hold and what of it is withdrawn, for a verb that only shows it.</summary>
/// <param name="Whole">As the files have it.</param>
/// <param name="Withdrawn">What an operator has withdrawn, and since when.</param>
/// <param name="Settings">The bot's.</param>
internal sealed record CatalogueView(
    QuoteCatalogue Whole,
    IReadOnlyDictionary<string, DateTimeOffset> Withdrawn,
    BotSettings Settings
)
{
    /// <summary>What members and followers may get.</summary>
    public QuoteCatalogue Served { get; } = Whole.Without(Withdrawn.Keys.ToHashSet(StringComparer.Ordinal));

    /// <summary>Reads both. A ledger that is not there yet is not made; one that cannot be read is told of, and nothing counts as withdrawn.</summary>
    public static async Task<CatalogueView> ReadAsync(
        string home,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var whole = LiveCatalogue.Open(Path.Combine(home, "quotes")).Current;
        var settings = SettingsReader.Read(home).Settings;
        if (settings.PostgreSql is null && !File.Exists(settings.LedgerPath))
        {
            return new(whole, NothingWithdrawn, settings);
        }

        try
        {
            await using var database = await Database.OpenAsync(settings, cancellationToken);
            return new(whole, await new OperatorLedger(database).GetWithdrawalsAsync(cancellationToken), settings);
        }
        catch (LedgerException e)
        {
            await context.Error.WriteLineAsync($"What is withdrawn could not be seen: {e.Message}");
            return new(whole, NothingWithdrawn, settings);
        }
    }

    /// <summary>The quotations that have these words and this topic.</summary>
    /// <param name="search">Words; <see langword="null"/> for all.</param>
    /// <param name="topic">One of the topics; <see langword="null"/> for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="of">Where to look. Default: <see cref="Whole"/>.</param>
    /// <exception cref="CommandException">There is no such topic.</exception>
    public IReadOnlyList<Quote> Find(
        string? search,
        string? topic,
        int limit = int.MaxValue,
        QuoteCatalogue? of = null
    ) =>
        topic is null || Whole.Topics.Any(known => known.Name == topic)
            ? (of ?? Whole).Search(search ?? "", topic, limit)
            : throw new CommandException(
                $"There is no topic {topic}. Topics: {string.Join(", ", Whole.Topics.Select(known => known.Name))}."
            );

    /// <summary>Since when something is withdrawn; <see langword="null"/> when it is not.</summary>
    public DateTimeOffset? SinceOf(string id) => Withdrawn.TryGetValue(id, out var since) ? since : null;

    /// <summary>What is said of a withdrawn item, wherever it is shown all the same.</summary>
    public static string Remark(string id, DateTimeOffset since) =>
        FormattableString.Invariant(
            $"Withdrawn since {since:yyyy-MM-dd HH:mm} UTC: it is neither posted nor shown to anybody. serge retract --undo {id} puts it back."
        );

    private static readonly IReadOnlyDictionary<string, DateTimeOffset> NothingWithdrawn = new Dictionary<
        string,
        DateTimeOffset
    >(StringComparer.Ordinal);
}
