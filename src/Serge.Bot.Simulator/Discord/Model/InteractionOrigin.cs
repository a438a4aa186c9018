namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>The interaction to which a message responds.</summary>
/// <param name="Application">The application that responds; also the id of the webhook.</param>
/// <param name="InteractionId">The interaction's id.</param>
/// <param name="InteractionType">2 for a command, 3 for a component.</param>
/// <param name="User">The user who caused the interaction.</param>
/// <param name="CommandName">For commands: the name with its subcommands.</param>
/// <param name="Guild">The guild of the interaction.</param>
public sealed record InteractionOrigin(
    Snowflake Application,
    Snowflake InteractionId,
    int InteractionType,
    User User,
    string? CommandName,
    Snowflake? Guild
)
{
    internal void AddTo(JsonObject message)
    {
        message["application_id"] = Application.ToString();
        message["webhook_id"] = Application.ToString();
        message["interaction_metadata"] = new JsonObject
        {
            ["id"] = InteractionId.ToString(),
            ["type"] = InteractionType,
            ["user"] = User.ToJson(),
            ["authorizing_integration_owners"] = OwnersToJson(Guild),
        };
        if (CommandName is not null)
        {
            message["interaction"] = new JsonObject
            {
                ["id"] = InteractionId.ToString(),
                ["type"] = InteractionType,
                ["name"] = CommandName,
                ["user"] = User.ToJson(),
            };
        }
    }

    /// <summary>Returns the owner of the installation: the guild, or 0 for direct messages with the bot.</summary>
    internal static JsonObject OwnersToJson(Snowflake? guild) => new() { ["0"] = guild?.ToString() ?? "0" };
}
