namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Scheduled statuses: list, get and cancel.</summary>
/// <remarks>Source: Mastodon docs, methods/scheduled_statuses. Changing the time is not simulated.</remarks>
internal static class ScheduledStatusRoutes
{
    private static readonly string[] ReadScopes = ["read", "read:statuses"];

    public static IEnumerable<MastodonRoute> All { get; } =
    [
        new("GET", "/api/v1/scheduled_statuses", GetAll) { Scopes = ReadScopes },
        new("GET", "/api/v1/scheduled_statuses/{id}", Get) { Scopes = ReadScopes },
        new("DELETE", "/api/v1/scheduled_statuses/{id}", Cancel) { Scopes = ["write", "write:statuses"] },
    ];

    private static MastodonResponse GetAll(MastodonRequest request)
    {
        var scheduled = request.World.GetScheduled(request.Account);
        var json = Json.ToArray(scheduled, status => status.ToJson());
        return MastodonResponse.Ok(json);
    }

    private static MastodonResponse Get(MastodonRequest request)
    {
        if (Find(request) is not { } scheduled)
        {
            return MastodonResponse.NotFound;
        }

        return MastodonResponse.Ok(scheduled.ToJson());
    }

    private static MastodonResponse Cancel(MastodonRequest request)
    {
        if (Find(request) is not { } scheduled)
        {
            return MastodonResponse.NotFound;
        }

        request.World.CancelScheduled(scheduled);
        return MastodonResponse.Ok(new JsonObject());
    }

    private static ScheduledStatus? Find(MastodonRequest request)
    {
        var id = request.GetText("id");
        var scheduled = request.World.GetScheduled(request.Account);
        return scheduled.FirstOrDefault(status => status.Id == id);
    }
}
