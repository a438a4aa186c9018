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

        var page = Paging.GetPage(visible, status => status.Id, request.Parameters, DefaultLimit, MaxLimit);
        Paging.AddLinkHeader(request, $"api/v1/accounts/{request.GetText("id")}/statuses", page);
        return MastodonResponse.Ok(request.ToJson(page.Items));
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
}
