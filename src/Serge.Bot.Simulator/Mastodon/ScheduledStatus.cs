namespace Serge.Bot.Simulator.Mastodon;

/// <summary>A scheduled status.</summary>
/// <param name="Id">The id of the schedule; the status gets its own id when it is posted.</param>
/// <param name="Status">The status.</param>
/// <param name="DueAt">The time of the post.</param>
internal sealed record ScheduledStatus(string Id, Status Status, DateTimeOffset DueAt)
{
    private static readonly JsonElement ConstantParameters = JsonElement.Parse(
        """
        {
          "media_ids": null,
          "scheduled_at": null,
          "poll": null,
          "allowed_mentions": null,
          "quoted_status_id": null,
          "quote_approval_policy": "public",
          "idempotency": null,
          "with_rate_limit": false,
          "application_id": 1
        }
        """
    );

    public JsonObject ToJson()
    {
        JsonObject parameters = new()
        {
            ["text"] = Status.Text,
            ["sensitive"] = Status.IsSensitive,
            ["spoiler_text"] = Status.SpoilerText.Length == 0 ? null : Status.SpoilerText,
            ["visibility"] = Status.Visibility,
            ["language"] = Status.Language,
            ["in_reply_to_id"] = Status.InReplyTo?.Id,
        };
        Json.AddFields(parameters, ConstantParameters);
        return new JsonObject
        {
            ["id"] = Id,
            ["scheduled_at"] = Iso8601.FormatMilliseconds(DueAt),
            ["params"] = parameters,
            ["media_attachments"] = new JsonArray(),
        };
    }
}
