using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Discord.Interactions;

/// <summary>An interaction that went out to a bot. Used under the world's lock.</summary>
internal sealed class PendingInteraction
{
    public const int Command = 2;
    public const int Component = 3;
    public const int Autocomplete = 4;

    public required Snowflake Id { get; init; }

    public required string Token { get; init; }

    public required Application Application { get; init; }

    public required int Type { get; init; }

    /// <summary>The command with its subcommands, or the button's custom id.</summary>
    public required string Name { get; init; }

    public required User User { get; init; }

    public required Channel Channel { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>For a press: the message with the button.</summary>
    public Message? Source { get; init; }

    /// <summary>The type of the first answer; <see langword="null"/> until there is one.</summary>
    public int? CallbackType { get; set; }

    /// <summary>Whether its time was over before an answer came.</summary>
    public bool Expired { get; set; }

    /// <summary>Whether the first answer was ephemeral, which holds for the "thinking" and what fills it.</summary>
    public bool Ephemeral { get; set; }

    /// <summary>The first answer's message.</summary>
    public Snowflake? OriginalId { get; set; }

    /// <summary>The messages that answer it, ephemeral ones included.</summary>
    public Dictionary<Snowflake, Message> Messages { get; } = [];

    /// <summary>Its way to an endpoint, where the application has one.</summary>
    public Task Delivery { get; set; } = Task.CompletedTask;

    /// <summary>Ends with the first answer.</summary>
    public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when there is something to show.</summary>
    public TaskCompletionSource<InteractionResult> Result { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InteractionOrigin Origin =>
        new(Application.Id, Id, Type, User, Type == Command ? Name : null, Channel.Guild?.Id);

    /// <summary>As INTERACTION_CREATE brings it.</summary>
    public JsonObject ToJson(JsonObject data, Permissions memberPermissions, Permissions appPermissions)
    {
        var guild = Channel.Guild;
        JsonObject json = new()
        {
            ["id"] = Id.ToString(),
            ["application_id"] = Application.Id.ToString(),
            ["type"] = Type,
            ["data"] = data,
            ["channel_id"] = Channel.Id.ToString(),
            ["channel"] = Channel.ToJson(),
            ["token"] = Token,
            ["version"] = 1,
            ["app_permissions"] = Bits(appPermissions),
            ["locale"] = User.Locale,
            ["entitlements"] = new JsonArray(),
            ["entitlement_sku_ids"] = new JsonArray(),
            ["authorizing_integration_owners"] = InteractionOrigin.OwnersJson(guild?.Id),
            ["context"] = guild is null ? 1 : 0,
            ["attachment_size_limit"] = 10 * 1024 * 1024,
        };
        if (guild is null)
        {
            json["user"] = User.ToJson();
        }
        else
        {
            var member = guild.Members[User.Id].ToJson();
            member["permissions"] = Bits(memberPermissions);
            json["member"] = member;
            json["guild_id"] = guild.Id.ToString();
            json["guild_locale"] = guild.Locale;
            json["guild"] = new JsonObject
            {
                ["id"] = guild.Id.ToString(),
                ["locale"] = guild.Locale,
                ["features"] = new JsonArray(),
            };
        }

        if (Source is not null)
        {
            json["message"] = Source.ToJson();
        }

        return json;
    }

    private static string Bits(Permissions permissions) =>
        ((ulong)permissions).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
