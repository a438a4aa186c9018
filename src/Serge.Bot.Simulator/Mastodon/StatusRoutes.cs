using System.Globalization;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Statuses: post, read, change, delete.</summary>
/// <remarks>Source: Mastodon docs, methods/statuses.</remarks>
internal static class StatusRoutes
{
    private static readonly string[] Writing = ["write", "write:statuses"];

    public static IEnumerable<MastodonRoute> All { get; } =
    [
        new("POST", "/api/v1/statuses", Create) { Scopes = Writing },
        new("GET", "/api/v1/statuses/{id}", Get) { OptionalScopes = ["read", "read:statuses"] },
        new("PUT", "/api/v1/statuses/{id}", Edit) { Scopes = Writing },
        new("DELETE", "/api/v1/statuses/{id}", Delete) { Scopes = Writing },
    ];

    private static MastodonAnswer Create(MastodonRequest request)
    {
        var world = request.World;
        world.Limits.StatusesLeft(request.Account).AddTo(request.Headers);
        var key = request.Context.Request.Headers["Idempotency-Key"].ToString();
        if (
            key.Length > 0
            && world.Options.Profile.SupportsIdempotency
            && world.Keys.Find(request.Account, key) is { } made
        )
        {
            return Replay(request, made);
        }

        var scheduledAt = request.Parameters.Text("scheduled_at");
        DateTimeOffset due = default;
        if (
            !string.IsNullOrEmpty(scheduledAt)
            && !DateTimeOffset.TryParse(
                scheduledAt,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out due
            )
        )
        {
            return MastodonAnswer.Error(422, "Invalid date supplied");
        }

        var (status, refusal) = StatusForm.Read(request, old: null);
        if (status is null)
        {
            return refusal!;
        }

        // A moment that is past already means now.
        return due > world.Clock.GetUtcNow() ? Schedule(request, status, due, key) : Publish(request, status, key);
    }

    private static MastodonAnswer Replay(MastodonRequest request, string made)
    {
        if (request.World.Options.ReplayFails)
        {
            return MastodonAnswer.Error(500, "Internal Server Error");
        }

        // The look-up knows published statuses only: a scheduled one is not found again.
        return request.World.FindStatus(made) is { } existing
            ? MastodonAnswer.Ok(request.Json(existing))
            : MastodonAnswer.NotFound;
    }

    private static MastodonAnswer Publish(MastodonRequest request, Status status, string key)
    {
        var allowance = request.World.Limits.Status(request.Account);
        allowance.AddTo(request.Headers);
        if (allowance.Over)
        {
            return MastodonAnswer.TooMany;
        }

        request.World.Add(status);
        Remember(request, key, status.Id);
        return MastodonAnswer.Ok(request.Json(status));
    }

    private static MastodonAnswer Schedule(MastodonRequest request, Status status, DateTimeOffset due, string key)
    {
        var world = request.World;
        if (due <= world.Clock.GetUtcNow() + world.Options.MinScheduleAhead)
        {
            return MastodonAnswer.Invalid("Scheduled at date must be in the future");
        }

        if (world.Schedule(status, due) is not { } scheduled)
        {
            return MastodonAnswer.Invalid("You have exceeded the limit of scheduled posts");
        }

        Remember(request, key, scheduled.Id);
        return MastodonAnswer.Ok(scheduled.ToJson());
    }

    private static void Remember(MastodonRequest request, string key, string id)
    {
        if (key.Length > 0)
        {
            request.World.Keys.Add(request.Account, key, id);
        }
    }

    private static MastodonAnswer Get(MastodonRequest request) =>
        request.World.FindStatus(request.Text("id")) is { } status && request.MaySee(status)
            ? MastodonAnswer.Ok(request.Json(status))
            : MastodonAnswer.NoSuchRoute;

    private static MastodonAnswer Edit(MastodonRequest request)
    {
        request.World.Limits.StatusesLeft(request.Account).AddTo(request.Headers);
        if (request.World.FindStatus(request.Text("id")) is not { } status || status.Account != request.Account)
        {
            return MastodonAnswer.NotFound;
        }

        var (changed, refusal) = StatusForm.Read(request, status);
        if (changed is null)
        {
            return refusal!;
        }

        var allowance = request.World.Limits.Status(request.Account);
        allowance.AddTo(request.Headers);
        if (allowance.Over)
        {
            return MastodonAnswer.TooMany;
        }

        request.World.Replace(changed);
        return MastodonAnswer.Ok(request.Json(changed));
    }

    private static MastodonAnswer Delete(MastodonRequest request)
    {
        if (!request.World.Options.Profile.SupportsDelete)
        {
            return MastodonAnswer.NoSuchPage;
        }

        var allowance = request.World.Limits.Delete(request.Account);
        allowance.AddTo(request.Headers);
        if (allowance.Over)
        {
            return MastodonAnswer.TooMany;
        }

        if (request.World.FindStatus(request.Text("id")) is not { } status || status.Account != request.Account)
        {
            return MastodonAnswer.NotFound;
        }

        request.World.Erase(status);
        // What is deleted comes back with its source, to be drafted anew.
        var json = request.Json(status);
        json.Remove("content");
        json["text"] = status.Text;
        return MastodonAnswer.Ok(json);
    }
}
