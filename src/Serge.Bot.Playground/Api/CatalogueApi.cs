namespace Serge.Bot.Playground.Api;

/// <summary>The upcoming posts, and the quotations and events with their sources. Uses the services of the worker, as
/// <c>serge plan</c> and <c>serge preview</c> do.</summary>
internal sealed class CatalogueApi(PlaygroundContext playground)
{
    private const int DefaultWeeks = 4;
    private const int MaxWeeks = 12;

    /// <summary>Reads <c>weeks</c>; <see langword="null"/> if it is invalid.</summary>
    public static int? ReadWeeks(HttpRequest request)
    {
        var text = request.Query["weeks"].ToString();
        if (text.Length == 0)
        {
            return DefaultWeeks;
        }

        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var weeks);
        return isNumber && weeks is >= 1 and <= MaxWeeks ? weeks : null;
    }

    /// <summary><c>GET /api/upcoming?weeks=4</c>: the posts of 1 to 12 weeks from the date of the schedule
    /// clock.</summary>
    public async Task<UpcomingView> GetUpcomingAsync(int weeks, CancellationToken cancellationToken)
    {
        var zone = playground.Settings.TimeZone;
        var today = ClockJumps.GetDay(playground.ScheduleClock.GetUtcNow(), zone);
        var days = weeks * 7;
        if (playground.Worker.Services is not { } services)
        {
            return UpcomingView.Create(plan: null, today, days, zone, catalogue: null);
        }

        var builder = services.GetRequiredService<PlanBuilder>();
        var plan = await TryAsync(() => builder.BuildAsync(TimeSpan.FromDays(days), cancellationToken));
        var catalogue = plan is null ? null : GetCatalogue(services);
        return UpcomingView.Create(plan, today, days, zone, catalogue);
    }

    /// <summary><c>GET /api/items/{id}</c>; <see langword="null"/> if there is no such quotation or event, or no worker
    /// is running.</summary>
    public async Task<ItemView?> GetItemAsync(string id, CancellationToken cancellationToken)
    {
        if (playground.Worker.Services is not { } services)
        {
            return null;
        }

        return await TryAsync(() => GetItemAsync(id, services, cancellationToken));
    }

    private async Task<ItemView?> GetItemAsync(
        string id,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var catalogue = GetCatalogue(services);
        var previewer = services.GetRequiredService<ItemPreviewer>();
        var ledger = services.GetRequiredService<IOperatorLedger>();
        var withdrawn = await ledger.GetWithdrawalsAsync(cancellationToken);
        DateTimeOffset? since = withdrawn.TryGetValue(id, out var withdrawnAt) ? withdrawnAt : null;
        if (catalogue.FindQuote(id) is { } quote)
        {
            var quotePreview = previewer.Preview(quote, catalogue, since);
            return ItemView.Create(quote, catalogue, quotePreview);
        }

        if (catalogue.FindEvent(id) is not { } found)
        {
            return null;
        }

        var others = withdrawn.Keys.Where(other => other != id).ToHashSet();
        var today = ClockJumps.GetDay(playground.ScheduleClock.GetUtcNow(), playground.Settings.TimeZone);
        var preview = previewer.Preview(found, catalogue.Exclude(others), today, since);
        return ItemView.Create(found, catalogue, preview);
    }

    private static QuoteCatalogue GetCatalogue(IServiceProvider services) =>
        services.GetRequiredService<LiveCatalogue>().Unfiltered;

    /// <summary>Returns <see langword="null"/> if the worker is killed meanwhile.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T>> get)
        where T : class?
    {
        try
        {
            return await get();
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException or LedgerException)
        {
            return null;
        }
    }
}
