namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>A user's membership in a guild.</summary>
public sealed record Member(User User, IReadOnlyList<Role> Roles, DateTimeOffset JoinedAt)
{
    private static readonly JsonElement ConstantFields = JsonElement.Parse(
        """
        {
          "avatar": null,
          "banner": null,
          "communication_disabled_until": null,
          "flags": 0,
          "pending": false,
          "premium_since": null,
          "mute": false,
          "deaf": false
        }
        """
    );

    /// <summary>The name in the guild, if it is not the user's own.</summary>
    public string? Nick { get; init; }

    internal JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["joined_at"] = Timestamps.Format(JoinedAt),
            ["nick"] = Nick,
            ["roles"] = Json.ToArray(Roles, role => role.Id.ToString()),
            ["user"] = User.ToJson(),
        };
        Json.AddFields(json, ConstantFields);
        return json;
    }
}
