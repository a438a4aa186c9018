using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>A status that waits for its time.</summary>
/// <param name="Id">Its own id, which is not the one the status will have.</param>
/// <param name="Status">What will be posted.</param>
/// <param name="DueAt">When.</param>
internal sealed record ScheduledStatus(string Id, Status Status, DateTimeOffset DueAt)
{
    public JsonObject ToJson() =>
        new()
        {
            ["id"] = Id,
            ["scheduled_at"] = Moments.Of(DueAt),
            ["params"] = new JsonObject
            {
                ["text"] = Status.Text,
                ["media_ids"] = null,
                ["sensitive"] = Status.IsSensitive,
                ["spoiler_text"] = Status.SpoilerText.Length == 0 ? null : Status.SpoilerText,
                ["visibility"] = Status.Visibility,
                ["language"] = Status.Language,
                ["scheduled_at"] = null,
                ["poll"] = null,
                ["allowed_mentions"] = null,
                ["quoted_status_id"] = null,
                ["quote_approval_policy"] = "public",
                ["idempotency"] = null,
                ["with_rate_limit"] = false,
                ["in_reply_to_id"] = Status.InReplyTo?.Id,
                ["application_id"] = 1,
            },
            ["media_attachments"] = new JsonArray(),
        };
}

/// <summary>What waits for its time: list, read, call off.</summary>
/// <remarks>Source: Mastodon docs, methods/scheduled_statuses. Moving one to another time is not simulated.</remarks>
internal static class ScheduledStatusRoutes
{
    private static readonly string[] Reading = ["read", "read:statuses"];

    public static IEnumerable<MastodonRoute> All { get; } =
    [
        new("GET", "/api/v1/scheduled_statuses", List) { Scopes = Reading },
        new("GET", "/api/v1/scheduled_statuses/{id}", Get) { Scopes = Reading },
        new("DELETE", "/api/v1/scheduled_statuses/{id}", Cancel) { Scopes = ["write", "write:statuses"] },
    ];

    private static MastodonAnswer List(MastodonRequest request) =>
        MastodonAnswer.Ok(
            Json.ArrayOf(request.World.ScheduledBy(request.Account).Select(scheduled => scheduled.ToJson()))
        );

    private static MastodonAnswer Get(MastodonRequest request) =>
        Find(request) is { } scheduled ? MastodonAnswer.Ok(scheduled.ToJson()) : MastodonAnswer.NotFound;

    private static MastodonAnswer Cancel(MastodonRequest request)
    {
        if (Find(request) is not { } scheduled)
        {
            return MastodonAnswer.NotFound;
        }

        request.World.CallOff(scheduled);
        return MastodonAnswer.Ok(new JsonObject());
    }

    private static ScheduledStatus? Find(MastodonRequest request) =>
        request.World.ScheduledBy(request.Account).FirstOrDefault(scheduled => scheduled.Id == request.Text("id"));
}
