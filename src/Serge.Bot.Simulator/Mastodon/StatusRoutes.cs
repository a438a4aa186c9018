namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Statuses: post, get, edit, delete.</summary>
/// <remarks>Source: Mastodon docs, methods/statuses.</remarks>
internal static class StatusRoutes
{
    private static readonly string[] WriteScopes = ["write", "write:statuses"];

    public static IEnumerable<MastodonRoute> All { get; } =
    [
        new("POST", "/api/v1/statuses", Create) { Scopes = WriteScopes },
        new("GET", "/api/v1/statuses/{id}", Get) { OptionalScopes = ["read", "read:statuses"] },
        new("PUT", "/api/v1/statuses/{id}", Edit) { Scopes = WriteScopes },
        new("DELETE", "/api/v1/statuses/{id}", Delete) { Scopes = WriteScopes },
    ];

    private static MastodonResponse Create(MastodonRequest request)
    {
        AddStatusAllowance(request);
        var key = request.Context.Request.Headers["Idempotency-Key"].ToString();
        if (FindReplayed(request, key) is { } id)
        {
            return Replay(request, id);
        }

        if (!TryReadScheduledAt(request, out var due))
        {
            return MastodonResponse.Error(422, "Invalid date supplied");
        }

        if (!StatusForm.TryRead(request, old: null, out var status, out var error))
        {
            return error;
        }

        // A time in the past means now.
        if (due > request.World.Clock.GetUtcNow())
        {
            return Schedule(request, status, due, key);
        }

        return Post(request, status, key);
    }

    private static void AddStatusAllowance(MastodonRequest request)
    {
        var allowance = request.World.RateLimiter.GetStatusAllowance(request.Account);
        allowance.AddTo(request.Headers);
    }

    private static string? FindReplayed(MastodonRequest request, string key)
    {
        if (key.Length == 0 || !request.World.Options.Profile.SupportsIdempotency)
        {
            return null;
        }

        request.World.Keys.TryFind(new AccountKey(request.Account, key), out var id);
        return id;
    }

    private static MastodonResponse Replay(MastodonRequest request, string id)
    {
        if (request.World.Options.ReplayFails)
        {
            return MastodonResponse.Error(500, "Internal Server Error");
        }

        // As in Mastodon, only posted statuses are found; a scheduled one is not.
        if (request.World.FindStatus(id) is not { } existing)
        {
            return MastodonResponse.NotFound;
        }

        return MastodonResponse.Ok(request.ToJson(existing));
    }

    /// <summary>Reads <c>scheduled_at</c>; the default value if it is missing.</summary>
    private static bool TryReadScheduledAt(MastodonRequest request, out DateTimeOffset due)
    {
        due = default;
        var text = request.Parameters.GetText("scheduled_at");
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out due);
    }

    private static MastodonResponse Post(MastodonRequest request, Status status, string key)
    {
        if (!TryCountStatus(request))
        {
            return MastodonResponse.TooManyRequests;
        }

        request.World.AddStatus(status);
        AddKey(request, key, status.Id);
        return MastodonResponse.Ok(request.ToJson(status));
    }

    private static bool TryCountStatus(MastodonRequest request)
    {
        var allowance = request.World.RateLimiter.CountStatus(request.Account);
        allowance.AddTo(request.Headers);
        return !allowance.IsExceeded;
    }

    private static MastodonResponse Schedule(MastodonRequest request, Status status, DateTimeOffset due, string key)
    {
        var world = request.World;
        var earliest = world.Clock.GetUtcNow() + world.Options.MinScheduleAhead;
        if (due <= earliest)
        {
            return MastodonResponse.Invalid("Scheduled at date must be in the future");
        }

        if (world.ScheduleStatus(status, due) is not { } scheduled)
        {
            return MastodonResponse.Invalid("You have exceeded the limit of scheduled posts");
        }

        AddKey(request, key, scheduled.Id);
        return MastodonResponse.Ok(scheduled.ToJson());
    }

    private static void AddKey(MastodonRequest request, string key, string id)
    {
        if (key.Length > 0)
        {
            request.World.Keys.Add(new AccountKey(request.Account, key), id);
        }
    }

    private static MastodonResponse Get(MastodonRequest request)
    {
        var status = request.World.FindStatus(request.GetText("id"));
        if (status is null || !request.CanSee(status))
        {
            return MastodonResponse.RouteNotFound;
        }

        return MastodonResponse.Ok(request.ToJson(status));
    }

    private static Status? FindOwnStatus(MastodonRequest request)
    {
        var status = request.World.FindStatus(request.GetText("id"));
        return status?.Account == request.Account ? status : null;
    }

    private static MastodonResponse Edit(MastodonRequest request)
    {
        AddStatusAllowance(request);
        if (FindOwnStatus(request) is not { } status)
        {
            return MastodonResponse.NotFound;
        }

        if (!StatusForm.TryRead(request, status, out var edited, out var error))
        {
            return error;
        }

        if (!TryCountStatus(request))
        {
            return MastodonResponse.TooManyRequests;
        }

        request.World.ReplaceStatus(edited);
        return MastodonResponse.Ok(request.ToJson(edited));
    }

    private static MastodonResponse Delete(MastodonRequest request)
    {
        if (!request.World.Options.Profile.SupportsDelete)
        {
            return MastodonResponse.PageNotFound;
        }

        var allowance = request.World.RateLimiter.CountDelete(request.Account);
        allowance.AddTo(request.Headers);
        if (allowance.IsExceeded)
        {
            return MastodonResponse.TooManyRequests;
        }

        if (FindOwnStatus(request) is not { } status)
        {
            return MastodonResponse.NotFound;
        }

        request.World.RemoveStatus(status);
        // The response has the text instead of the HTML, for a new draft.
        var json = request.ToJson(status);
        json.Remove("content");
        json["text"] = status.Text;
        return MastodonResponse.Ok(json);
    }
}
