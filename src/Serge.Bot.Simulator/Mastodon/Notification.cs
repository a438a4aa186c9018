namespace Serge.Bot.Simulator.Mastodon;

/// <summary>A notification of an account that a post mentions it.</summary>
/// <param name="Id">The id, digits as text.</param>
/// <param name="Account">The mentioned account.</param>
/// <param name="Status">The status that mentions it.</param>
/// <param name="CreatedAt">When it was created.</param>
internal sealed record Notification(string Id, Account Account, Status Status, DateTimeOffset CreatedAt)
{
    public const string Type = "mention";

    /// <summary>Returns the notification object of the API.</summary>
    /// <remarks>Source: Mastodon docs, entities/Notification.</remarks>
    public JsonObject ToJson(MastodonRequest request) =>
        new()
        {
            ["id"] = Id,
            ["type"] = Type,
            ["group_key"] = $"ungrouped-{Id}",
            ["created_at"] = Iso8601.FormatMilliseconds(CreatedAt),
            ["account"] = request.ToJson(Status.Account),
            ["status"] = request.ToJson(request.World.FindStatus(Status.Id) ?? Status),
        };
}
