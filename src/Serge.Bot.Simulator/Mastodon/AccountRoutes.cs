namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Accounts and their statuses, read-only.</summary>
/// <remarks>Source: Mastodon docs, methods/accounts and methods/apps.</remarks>
internal static class AccountRoutes
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 40;
    private const string RedirectUri = "urn:ietf:wg:oauth:2.0:oob";

    public static IEnumerable<MastodonRoute> All { get; } =
    [
        new("GET", "/api/v1/accounts/verify_credentials", VerifyCredentials)
        {
            Scopes = ["read", "read:accounts", "profile"],
        },
        new("GET", "/api/v1/accounts/lookup", LookUp),
        new("GET", "/api/v1/accounts/{id}", Get) { OptionalScopes = ["read", "read:accounts"] },
        new("GET", "/api/v1/accounts/{id}/statuses", GetStatuses) { OptionalScopes = ["read", "read:statuses"] },
        new("GET", "/api/v1/accounts/{id}/featured_tags", GetFeaturedTags),
        new("GET", "/api/v1/apps/verify_credentials", VerifyApplication) { NeedsToken = true },
    ];

    private static MastodonResponse VerifyCredentials(MastodonRequest request)
    {
        var json = request.ToJson(request.Account);
        request.Account.AddOwnFields(json);
        return MastodonResponse.Ok(json);
    }

    private static MastodonResponse VerifyApplication(MastodonRequest request)
    {
        JsonObject json = new()
        {
            ["id"] = "1",
            ["name"] = request.Token!.Application,
            ["website"] = null,
            ["scopes"] = Json.ToArray(request.Token.Scopes),
            ["redirect_uris"] = new JsonArray(RedirectUri),
            ["redirect_uri"] = RedirectUri,
            ["vapid_key"] = "",
        };
        return MastodonResponse.Ok(json);
    }

    private static MastodonResponse LookUp(MastodonRequest request)
    {
        var name = request.Parameters.GetText("acct") ?? "";
        var account = request.World.FindAccountByName(name.TrimStart('@'));
        return CreateResponse(request, account);
    }

    /// <summary>The account of the simulator features one hashtag.</summary>
    private static MastodonResponse GetFeaturedTags(MastodonRequest request)
    {
        if (request.World.FindAccount(request.GetText("id")) is null)
        {
            return CreateResponse(request, account: null);
        }

        JsonObject tag = new()
        {
            ["id"] = "1",
            ["name"] = "VictorSerge",
            ["statuses_count"] = "0",
        };
        return MastodonResponse.Ok(new JsonArray(tag));
    }

    private static MastodonResponse Get(MastodonRequest request)
    {
        var account = request.World.FindAccount(request.GetText("id"));
        return CreateResponse(request, account);
    }

    private static MastodonResponse CreateResponse(MastodonRequest request, Account? account)
    {
        if (account is null)
        {
            return MastodonResponse.NotFound;
        }

        return MastodonResponse.Ok(request.ToJson(account));
    }

    private static MastodonResponse GetStatuses(MastodonRequest request)
    {
        if (request.World.FindAccount(request.GetText("id")) is not { } account)
        {
            return MastodonResponse.NotFound;
        }

        var visible = request.World.GetStatuses(account).Where(status => IsListed(request, status)).ToList();
        if (!request.World.Options.Profile.SupportsPaging)
        {
            visible.RemoveAll(status => status.Visibility != "public");
            visible.Reverse();
            return MastodonResponse.Ok(request.ToJson(visible));
        }

        var limit = (int)(ParseNumber(request.Parameters.GetText("limit")) ?? DefaultLimit);
        limit = Math.Clamp(limit, 1, MaxLimit);
        var page = GetPage(visible, request.Parameters, limit);
        AddLinkHeader(request, page, limit);
        return MastodonResponse.Ok(request.ToJson(page));
    }

    private static bool IsListed(MastodonRequest request, Status status)
    {
        var parameters = request.Parameters;
        // No status of the simulator has media or is pinned.
        if (parameters.GetFlag("only_media") == true || parameters.GetFlag("pinned") == true)
        {
            return false;
        }

        var isReplyToOther = status.InReplyTo is { } other && other.Account != status.Account;
        if (parameters.GetFlag("exclude_replies") == true && isReplyToOther)
        {
            return false;
        }

        var tag = parameters.GetText("tagged");
        var hasTag = tag is null || status.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase);
        return hasTag && request.CanSee(status);
    }

    /// <summary>Returns one page, newest first. <c>since_id</c> selects the newest of the later statuses,
    /// <c>min_id</c> the oldest.</summary>
    private static List<Status> GetPage(IEnumerable<Status> oldestFirst, RequestParameters parameters, int limit)
    {
        var max = ParseNumber(parameters.GetText("max_id")) ?? long.MaxValue;
        var since = ParseNumber(parameters.GetText("since_id")) ?? -1;
        var min = ParseNumber(parameters.GetText("min_id"));
        var after = Math.Max(since, min ?? -1);
        var within = oldestFirst.Where(status => ParseNumber(status.Id) is { } id && id < max && id > after);
        var selected = min is null ? within.TakeLast(limit) : within.Take(limit);
        return [.. selected.Reverse()];
    }

    /// <remarks>Source: Mastodon docs, api/guidelines, Paginating through API responses.</remarks>
    private static void AddLinkHeader(MastodonRequest request, List<Status> page, int limit)
    {
        if (page.Count == 0)
        {
            return;
        }

        var address = $"{request.Server}api/v1/accounts/{request.GetText("id")}/statuses?{GetKeptQuery(request)}";
        var link = $"<{address}min_id={page[0].Id}>; rel=\"prev\"";
        if (page.Count == limit)
        {
            link = $"<{address}max_id={page[^1].Id}>; rel=\"next\", {link}";
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
