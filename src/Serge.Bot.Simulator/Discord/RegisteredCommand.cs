using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Discord;

/// <summary>A command as Discord keeps it.</summary>
public sealed record RegisteredCommand
{
    /// <summary>Its id; kept as long as its name is.</summary>
    public required Snowflake Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Snowflake ApplicationId { get; init; }

    /// <summary>Changes with every change of the command.</summary>
    public required Snowflake Version { get; init; }

    /// <summary>The guild it is for; <see langword="null"/> for a global one.</summary>
    public Snowflake? Guild { get; init; }

    /// <summary>1 for a slash command, 2 and 3 for the menus of users and messages.</summary>
    public required int Type { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The name in other languages, by locale; <see langword="null"/> where none are given.</summary>
    public IReadOnlyDictionary<string, string>? NameLocalizations { get; init; }

    /// <summary>What it does; empty for menus.</summary>
    public required string Description { get; init; }

    /// <summary>The description in other languages, by locale; <see langword="null"/> where none are given.</summary>
    public IReadOnlyDictionary<string, string>? DescriptionLocalizations { get; init; }

    /// <summary>Its options or subcommands.</summary>
    public IReadOnlyList<RegisteredOption> Options { get; init; } = [];

    /// <summary>What a member needs to be offered it; <see langword="null"/> for nothing, 0 for administrators only.</summary>
    public Permissions? DefaultMemberPermissions { get; init; }

    /// <summary>Where it can be used: 0 guilds, 1 direct messages with the bot, 2 other direct messages; <see langword="null"/> for
    /// all.</summary>
    public IReadOnlyList<int>? Contexts { get; init; }

    /// <summary>Who can install it: 0 guilds, 1 people.</summary>
    public IReadOnlyList<int> IntegrationTypes { get; init; } = [0, 1];

    /// <summary>Whether it is for adults.</summary>
    public bool IsNsfw { get; init; }

    internal bool IsCalled(string name, string locale) =>
        name == Name || name == Localized.Choose(NameLocalizations, locale);

    /// <summary>The command object of Discord's API.</summary>
    /// <param name="localizations">Whether the other languages are listed; reading endpoints leave them out unless asked.</param>
    public JsonObject ToJson(bool localizations)
    {
        JsonObject json = new()
        {
            ["id"] = Id.ToString(),
            ["application_id"] = ApplicationId.ToString(),
            ["version"] = Version.ToString(),
            ["default_member_permissions"] = ((ulong?)DefaultMemberPermissions)?.ToString(CultureInfo.InvariantCulture),
            ["type"] = Type,
            ["name"] = Name,
            ["description"] = Description,
            ["dm_permission"] = Contexts is null || Contexts.Contains(1),
            ["contexts"] = Contexts is null ? null : Numbers(Contexts),
            ["integration_types"] = Numbers(IntegrationTypes),
            ["nsfw"] = IsNsfw,
        };
        if (Options.Count > 0)
        {
            json["options"] = Json.ArrayOf(Options.Select(option => option.ToJson(localizations)));
        }

        if (Guild is { } guild)
        {
            json["guild_id"] = guild.ToString();
            json.Remove("dm_permission");
            json.Remove("contexts");
            json.Remove("integration_types");
        }

        Localized.AddTo(json, localizations, NameLocalizations, DescriptionLocalizations);
        return json;
    }

    private static JsonArray Numbers(IEnumerable<int> numbers) =>
        new([.. numbers.Select(number => JsonValue.Create(number))]);
}

/// <summary>An option or subcommand of a command.</summary>
public sealed record RegisteredOption
{
    /// <summary>Discord's option type: 1 subcommand, 2 group, 3 text, 4 integer, 5 boolean, 6 user, 7 channel, 8 role, 9 mentionable,
    /// 10 number, 11 attachment.</summary>
    public required int Type { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The name in other languages.</summary>
    public IReadOnlyDictionary<string, string>? NameLocalizations { get; init; }

    /// <summary>What it is for.</summary>
    public required string Description { get; init; }

    /// <summary>The description in other languages.</summary>
    public IReadOnlyDictionary<string, string>? DescriptionLocalizations { get; init; }

    /// <summary>Whether the command cannot be sent without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether keystrokes in it are sent to the bot.</summary>
    public bool Autocomplete { get; init; }

    /// <summary>Its fixed values.</summary>
    public IReadOnlyList<RegisteredChoice> Choices { get; init; } = [];

    /// <summary>The least number.</summary>
    public double? MinValue { get; init; }

    /// <summary>The greatest number.</summary>
    public double? MaxValue { get; init; }

    /// <summary>The shortest text, in code points.</summary>
    public int? MinLength { get; init; }

    /// <summary>The longest text, in code points.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The kinds of channel it takes; empty for all.</summary>
    public IReadOnlyList<int> ChannelTypes { get; init; } = [];

    /// <summary>The options of a subcommand, or the subcommands of a group.</summary>
    public IReadOnlyList<RegisteredOption> Options { get; init; } = [];

    internal bool IsSubcommand => Type is 1 or 2;

    internal bool IsCalled(string name, string locale) =>
        name == Name || name == Localized.Choose(NameLocalizations, locale);

    internal JsonObject ToJson(bool localizations)
    {
        JsonObject json = new()
        {
            ["type"] = Type,
            ["name"] = Name,
            ["description"] = Description,
        };
        Localized.AddTo(json, localizations, NameLocalizations, DescriptionLocalizations);
        AddIf(json, "required", IsRequired, true);
        AddIf(json, "autocomplete", Autocomplete, true);
        AddIf(json, "min_value", MinValue is not null, Number(MinValue));
        AddIf(json, "max_value", MaxValue is not null, Number(MaxValue));
        AddIf(json, "min_length", MinLength is not null, MinLength);
        AddIf(json, "max_length", MaxLength is not null, MaxLength);
        AddIf(json, "choices", Choices.Count > 0, Json.ArrayOf(Choices.Select(choice => choice.ToJson(localizations))));
        AddIf(
            json,
            "channel_types",
            ChannelTypes.Count > 0,
            new JsonArray([.. ChannelTypes.Select(type => JsonValue.Create(type))])
        );
        AddIf(json, "options", Options.Count > 0, Json.ArrayOf(Options.Select(option => option.ToJson(localizations))));
        return json;
    }

    private JsonValue? Number(double? value) => Type == 4 ? JsonValue.Create((long?)value) : JsonValue.Create(value);

    private static void AddIf(JsonObject json, string name, bool wanted, JsonNode? value)
    {
        if (wanted)
        {
            json[name] = value;
        }
    }
}

/// <summary>A fixed value of an option, or one that a bot offers while a member types.</summary>
/// <param name="Name">What the member sees.</param>
/// <param name="Value">What the bot gets: a text or a number.</param>
/// <param name="NameLocalizations">The name in other languages.</param>
public sealed record RegisteredChoice(
    string Name,
    JsonElement Value,
    IReadOnlyDictionary<string, string>? NameLocalizations = null
)
{
    internal bool IsCalled(string name, string locale) =>
        name == Name || name == Localized.Choose(NameLocalizations, locale);

    internal JsonObject ToJson(bool localizations)
    {
        JsonObject json = new() { ["name"] = Name, ["value"] = Json.Thaw(Value) };
        if (localizations)
        {
            json["name_localizations"] = Localized.ToJson(NameLocalizations);
        }

        return json;
    }
}

internal static class Localized
{
    public static void AddTo(
        JsonObject json,
        bool wanted,
        IReadOnlyDictionary<string, string>? names,
        IReadOnlyDictionary<string, string>? descriptions
    )
    {
        if (wanted)
        {
            json["name_localizations"] = ToJson(names);
            json["description_localizations"] = ToJson(descriptions);
        }
    }

    /// <summary>The text that somebody with this locale sees, if it is not the default one.</summary>
    /// <remarks>Source: Discord docs, Interactions/Application Commands, Localization: some locales stand in for each other.</remarks>
    public static string? Choose(IReadOnlyDictionary<string, string>? texts, string locale)
    {
        var second = locale switch
        {
            "en-US" => "en-GB",
            "en-GB" => "en-US",
            "es-419" => "es-ES",
            _ => null,
        };
        return texts?.GetValueOrDefault(locale) ?? (second is null ? null : texts?.GetValueOrDefault(second));
    }

    public static JsonObject? ToJson(IReadOnlyDictionary<string, string>? texts) =>
        texts is null
            ? null
            : new JsonObject(
                texts.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)JsonValue.Create(text.Value)))
            );
}
