using System.Globalization;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Accounts and what they posted, to read.</summary>
/// <remarks>Source: Mastodon docs, methods/accounts and methods/apps.</remarks>
internal static class AccountRoutes
{
    private const int DefaultLimit = 20;
    private const int MostLimit = 40;

    public static IEnumerable<MastodonRoute> All { get; } =
    [
        new("GET", "/api/v1/accounts/verify_credentials", VerifyCredentials)
        {
            Scopes = ["read", "read:accounts", "profile"],
        },
        new("GET", "/api/v1/accounts/lookup", Lookup),
        new("GET", "/api/v1/accounts/{id}", Get) { OptionalScopes = ["read", "read:accounts"] },
        new("GET", "/api/v1/accounts/{id}/statuses", Statuses) { OptionalScopes = ["read", "read:statuses"] },
        new("GET", "/api/v1/apps/verify_credentials", VerifyApplication) { AnyToken = true },
    ];

    private static MastodonAnswer VerifyCredentials(MastodonRequest request)
    {
        var json = request.Json(request.Account);
        request.Account.AddOwn(json);
        return MastodonAnswer.Ok(json);
    }

    private static MastodonAnswer VerifyApplication(MastodonRequest request) =>
        MastodonAnswer.Ok(
            new System.Text.Json.Nodes.JsonObject
            {
                ["id"] = "1",
                ["name"] = request.Token!.Application,
                ["website"] = null,
                ["scopes"] = Json.ArrayOf(request.Token.Scopes),
                ["redirect_uris"] = Json.ArrayOf(["urn:ietf:wg:oauth:2.0:oob"]),
                ["redirect_uri"] = "urn:ietf:wg:oauth:2.0:oob",
                ["vapid_key"] = "",
            }
        );

    private static MastodonAnswer Lookup(MastodonRequest request) =>
        request.World.FindByName(request.Parameters.Text("acct")?.TrimStart('@') ?? "") is { } account
            ? MastodonAnswer.Ok(request.Json(account))
            : MastodonAnswer.NotFound;

    private static MastodonAnswer Get(MastodonRequest request) =>
        request.World.FindAccount(request.Text("id")) is { } account
            ? MastodonAnswer.Ok(request.Json(account))
            : MastodonAnswer.NotFound;

    private static MastodonAnswer Statuses(MastodonRequest request)
    {
        if (request.World.FindAccount(request.Text("id")) is not { } account)
        {
            return MastodonAnswer.NotFound;
        }

        var parameters = request.Parameters;
        var limit = Math.Clamp((int)(Number(parameters.Text("limit")) ?? DefaultLimit), 1, MostLimit);
        var seen = request
            .World.StatusesOf(account)
            .Where(request.MaySee)
            .Where(status =>
                parameters.Flag("exclude_replies") != true
                || status.InReplyTo is null
                || status.InReplyTo.Account == account
            )
            .Where(status => parameters.Flag("only_media") != true && parameters.Flag("pinned") != true)
            .Where(status =>
                parameters.Text("tagged") is not { } tag || status.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase)
            );
        if (!request.World.Options.Profile.SupportsPaging)
        {
            return MastodonAnswer.Ok(
                Json.ArrayOf(seen.Where(status => status.Visibility == "public").Reverse().Select(request.Json))
            );
        }

        var page = Page(seen, parameters, limit);
        AddLink(request, page, limit);
        return MastodonAnswer.Ok(Json.ArrayOf(page.Select(request.Json)));
    }

    /// <summary>Newest first. <c>since_id</c> keeps the newest of those after it, <c>min_id</c> the oldest.</summary>
    private static List<Status> Page(IEnumerable<Status> oldestFirst, Parameters parameters, int limit)
    {
        var (max, since, min) = (
            Number(parameters.Text("max_id")),
            Number(parameters.Text("since_id")),
            Number(parameters.Text("min_id"))
        );
        var within = oldestFirst.Where(status =>
            Number(status.Id) is { } id
            && (max is null || id < max)
            && (since is null || id > since)
            && (min is null || id > min)
        );
        var page = (min is null ? within.TakeLast(limit) : within.Take(limit)).ToList();
        page.Reverse();
        return page;
    }

    /// <summary>Source: Mastodon docs, api/guidelines, Paginating through API responses.</summary>
    private static void AddLink(MastodonRequest request, List<Status> page, int limit)
    {
        if (page.Count == 0)
        {
            return;
        }

        var address = new Uri(request.Server, $"api/v1/accounts/{request.Text("id")}/statuses");
        var kept = string.Concat(
            request
                .Context.Request.Query.Where(pair => pair.Key is not ("max_id" or "since_id" or "min_id"))
                .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}&")
        );
        var previous = $"<{address}?{kept}min_id={page[0].Id}>; rel=\"prev\"";
        request.Headers["Link"] =
            page.Count < limit ? previous : $"<{address}?{kept}max_id={page[^1].Id}>; rel=\"next\", {previous}";
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
