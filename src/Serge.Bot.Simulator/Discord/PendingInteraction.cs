namespace Serge.Bot.Simulator.Discord;

/// <summary>An interaction that was sent to a bot. Use it under the world's lock.</summary>
internal sealed class PendingInteraction
{
    public const int Command = 2;
    public const int Component = 3;
    public const int Autocomplete = 4;

    /// <summary>The type of a first response that shows nothing; an edit of the message with the button may
    /// follow.</summary>
    public const int DeferredUpdate = 6;

    private const int GuildContext = 0;
    private const int DirectMessageContext = 1;

    public required Snowflake Id { get; init; }

    public required string Token { get; init; }

    public required Application Application { get; init; }

    public required int Type { get; init; }

    /// <summary>The command with its subcommands, or the button's custom id.</summary>
    public required string Name { get; init; }

    public required User User { get; init; }

    public required Channel Channel { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>For a button: the message with the button. For a command of a message's menu: that message.</summary>
    public ChannelMessage? Source { get; init; }

    /// <summary>The type of the first response; <see langword="null"/> until there is one.</summary>
    public int? CallbackType { get; set; }

    /// <summary>Whether the timeout passed before the first response.</summary>
    public bool HasTimedOut { get; set; }

    /// <summary>Whether the first response was ephemeral. A deferred response stays as it was deferred.</summary>
    public bool IsEphemeral { get; set; }

    /// <summary>The message of the first response.</summary>
    public Snowflake? OriginalId { get; set; }

    /// <summary>The messages of the responses, ephemeral ones included.</summary>
    public Dictionary<Snowflake, ChannelMessage> Messages { get; } = [];

    /// <summary>The request to the interactions endpoint, if the application has one.</summary>
    public Task Delivery { get; set; } = Task.CompletedTask;

    /// <summary>Completes with the first response.</summary>
    public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when there is a result for the member.</summary>
    public TaskCompletionSource<InteractionResult> Result { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InteractionOrigin Origin
    {
        get
        {
            var commandName = Type == Command ? Name : null;
            return new InteractionOrigin(Application.Id, Id, Type, User, commandName, Channel.Guild?.Id);
        }
    }

    /// <summary>Returns the data of INTERACTION_CREATE.</summary>
    public JsonObject ToJson(JsonObject data)
    {
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
            ["app_permissions"] = Channel.GetPermissions(Application).ToBits(),
            ["locale"] = User.Locale,
            ["entitlements"] = new JsonArray(),
            ["entitlement_sku_ids"] = new JsonArray(),
            ["authorizing_integration_owners"] = InteractionOrigin.OwnersToJson(Channel.Guild?.Id),
            ["attachment_size_limit"] = 10 * 1024 * 1024,
        };
        if (Channel.Guild is { } guild)
        {
            json["context"] = GuildContext;
            AddGuildFields(json, guild);
        }
        else
        {
            json["context"] = DirectMessageContext;
            json["user"] = User.ToJson();
        }

        if (Type == Component)
        {
            Json.AddIfPresent(json, "message", Source?.ToJson());
        }

        return json;
    }

    private void AddGuildFields(JsonObject json, Guild guild)
    {
        var member = guild.Members[User.Id];
        var memberJson = member.ToJson();
        memberJson["permissions"] = Channel.GetPermissions(member).ToBits();
        json["member"] = memberJson;
        json["guild_id"] = guild.Id.ToString();
        json["guild_locale"] = guild.Locale;
        json["guild"] = new JsonObject
        {
            ["id"] = guild.Id.ToString(),
            ["locale"] = guild.Locale,
            ["features"] = new JsonArray(),
        };
    }
}
