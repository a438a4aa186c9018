namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Notifications of the account, read-only.</summary>
/// <remarks>Source: Mastodon docs, methods/notifications.</remarks>
internal static class NotificationRoutes
{
    private const int DefaultLimit = 40;
    private const int MaxLimit = 80;

    public static IEnumerable<MastodonRoute> All { get; } =
    [new("GET", "/api/v1/notifications", GetAll) { Scopes = ["read", "read:notifications"] }];

    private static MastodonResponse GetAll(MastodonRequest request)
    {
        IEnumerable<Notification> all = [];
        if (WantsMentions(request.Parameters))
        {
            all = request.World.GetNotifications(request.Account);
        }

        var page = Paging.GetPage(all, one => one.Id, request.Parameters, DefaultLimit, MaxLimit);
        Paging.AddLinkHeader(request, "api/v1/notifications", page);
        return MastodonResponse.Ok(Json.ToArray(page.Items, one => one.ToJson(request)));
    }

    /// <summary>The simulator has only mentions.</summary>
    private static bool WantsMentions(RequestParameters parameters)
    {
        var types = parameters.GetList("types");
        var excluded = parameters.GetList("exclude_types") ?? [];
        return types?.Contains(Notification.Type) != false && !excluded.Contains(Notification.Type);
    }
}
