namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>A registered application command.</summary>
public sealed record RegisteredCommand
{
    internal const int SlashCommand = 1;
    internal const int UserMenu = 2;
    internal const int MessageMenu = 3;

    /// <summary>The id; it stays the same as long as the name does.</summary>
    public required Snowflake Id { get; init; }

    public required Snowflake ApplicationId { get; init; }

    /// <summary>The version; it changes with every change of the command.</summary>
    public required Snowflake Version { get; init; }

    /// <summary>The guild of the command; <see langword="null"/> for a global command.</summary>
    public Snowflake? Guild { get; init; }

    /// <summary>1 for a slash command, 2 for a user menu, 3 for a message menu.</summary>
    public required int Type { get; init; }

    public required string Name { get; init; }

    /// <summary>Whether members type it; otherwise it is in the menu of a user or of a message.</summary>
    public bool IsSlashCommand => Type == SlashCommand;

    /// <summary>The name in other languages, by locale; <see langword="null"/> if there are none.</summary>
    public Localizations? NameLocalizations { get; init; }

    /// <summary>The description; empty for menus.</summary>
    public required string Description { get; init; }

    /// <summary>The description in other languages, by locale; <see langword="null"/> if there are none.</summary>
    public Localizations? DescriptionLocalizations { get; init; }

    /// <summary>The options or subcommands.</summary>
    public IReadOnlyList<RegisteredOption> Options { get; init; } = [];

    /// <summary>The permissions that a member needs; <see langword="null"/> for none, 0 for administrators
    /// only.</summary>
    public Permissions? DefaultMemberPermissions { get; init; }

    /// <summary>Where the command can be used: 0 guilds, 1 direct messages with the bot, 2 other direct messages;
    /// <see langword="null"/> for all.</summary>
    public IReadOnlyList<int>? Contexts { get; init; }

    /// <summary>Where the command can be installed: 0 guilds, 1 users.</summary>
    public IReadOnlyList<int> IntegrationTypes { get; init; } = [0, 1];

    public bool IsNsfw { get; init; }

    internal bool HasName(string name, string locale) =>
        name == Name || name == LocalizedText.Find(NameLocalizations, locale);

    /// <summary>Returns the command object of Discord's API.</summary>
    /// <param name="withLocalizations">Whether to add the texts in other languages. Lists have them only on
    /// request.</param>
    public JsonObject ToJson(bool withLocalizations)
    {
        JsonObject json = new()
        {
            ["id"] = Id.ToString(),
            ["application_id"] = ApplicationId.ToString(),
            ["version"] = Version.ToString(),
            ["default_member_permissions"] = DefaultMemberPermissions?.ToBits(),
            ["type"] = Type,
            ["name"] = Name,
            ["description"] = Description,
            ["nsfw"] = IsNsfw,
        };
        if (Options.Count > 0)
        {
            json["options"] = RegisteredOption.ToJson(Options, withLocalizations);
        }

        Json.AddIfPresent(json, "guild_id", Guild?.ToString());
        if (Guild is null)
        {
            AddGlobalFields(json);
        }

        if (withLocalizations)
        {
            LocalizedText.AddTo(json, NameLocalizations, DescriptionLocalizations);
        }

        return json;
    }

    private void AddGlobalFields(JsonObject json)
    {
        json["integration_types"] = Json.ToArray(IntegrationTypes);
        json["dm_permission"] = Contexts is null || Contexts.Contains(1);
        json["contexts"] = null;
        if (Contexts is not null)
        {
            json["contexts"] = Json.ToArray(Contexts);
        }
    }
}
