namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Pages of a list, selected by ids.</summary>
/// <remarks>Source: Mastodon docs, api/guidelines, Paginating through API responses.</remarks>
internal static class Paging
{
    /// <summary>Returns one page, newest first. <c>since_id</c> selects the newest of the later items, <c>min_id</c>
    /// the oldest.</summary>
    public static Page<T> GetPage<T>(
        IEnumerable<T> oldestFirst,
        Func<T, string> getId,
        RequestParameters parameters,
        int defaultLimit,
        int maxLimit
    )
    {
        var wanted = GetNumber("limit") ?? defaultLimit;
        var limit = (int)Math.Clamp(wanted, 1, maxLimit);
        var max = GetNumber("max_id") ?? long.MaxValue;
        var since = GetNumber("since_id") ?? -1;
        var min = GetNumber("min_id") ?? -1;
        var after = Math.Max(since, min);
        var selected = oldestFirst.Where(IsSelected);
        selected = min == -1 ? selected.TakeLast(limit) : selected.Take(limit);
        List<T> items = [.. selected.Reverse()];
        var ids = items.Select(getId);
        return new Page<T>(items, [.. ids], IsFull: items.Count == limit);

        long? GetNumber(string name) => ParseNumber(parameters.GetText(name));

        bool IsSelected(T item)
        {
            var id = ParseNumber(getId(item));
            return id < max && id > after;
        }
    }

    /// <summary>Adds the addresses of the pages before and after this one.</summary>
    public static void AddLinkHeader<T>(MastodonRequest request, string path, Page<T> page)
    {
        if (page.Ids.Count == 0)
        {
            return;
        }

        var address = $"{request.Server}{path}?{GetKeptQuery(request)}";
        var link = $"<{address}min_id={page.Ids[0]}>; rel=\"prev\"";
        if (page.IsFull)
        {
            link = $"<{address}max_id={page.Ids[^1]}>; rel=\"next\", {link}";
        }

        request.Headers["Link"] = link;
    }

    /// <summary>Returns the query parameters that the links to other pages keep.</summary>
    private static string GetKeptQuery(MastodonRequest request)
    {
        StringBuilder query = new();
        foreach (var (name, values) in request.Context.Request.Query)
        {
            if (name is not ("max_id" or "since_id" or "min_id"))
            {
                var value = Uri.EscapeDataString(values.ToString());
                query.Append(CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(name)}={value}&");
            }
        }

        return query.ToString();
    }

    private static long? ParseNumber(string? text)
    {
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return isNumber ? number : null;
    }
}

/// <param name="Items">Newest first.</param>
/// <param name="Ids">Their ids.</param>
/// <param name="IsFull">Whether there may be older items.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, IReadOnlyList<string> Ids, bool IsFull);
