namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>An option or subcommand of a command.</summary>
public sealed record RegisteredOption
{
    /// <summary>Discord's option type: 1 subcommand, 2 group, 3 text, 4 integer, 5 boolean, 6 user, 7 channel, 8 role,
    /// 9 mentionable, 10 number, 11 attachment.</summary>
    public required int Type { get; init; }

    public required string Name { get; init; }

    /// <summary>The name in other languages, by locale.</summary>
    public Localizations? NameLocalizations { get; init; }

    public required string Description { get; init; }

    /// <summary>The description in other languages, by locale.</summary>
    public Localizations? DescriptionLocalizations { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Whether the bot suggests values while a member types.</summary>
    public bool Autocomplete { get; init; }

    /// <summary>The fixed values; empty if there are none.</summary>
    public IReadOnlyList<RegisteredChoice> Choices { get; init; } = [];

    /// <summary>The smallest number.</summary>
    public double? MinValue { get; init; }

    /// <summary>The largest number.</summary>
    public double? MaxValue { get; init; }

    /// <summary>The shortest text, in code points.</summary>
    public int? MinLength { get; init; }

    /// <summary>The longest text, in code points.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The allowed channel types; empty for all.</summary>
    public IReadOnlyList<int> ChannelTypes { get; init; } = [];

    /// <summary>The options of a subcommand, or the subcommands of a group.</summary>
    public IReadOnlyList<RegisteredOption> Options { get; init; } = [];

    internal bool IsSubcommand => Type is OptionType.Subcommand or OptionType.SubcommandGroup;

    internal bool HasName(string name, string locale) =>
        name == Name || name == LocalizedText.Find(NameLocalizations, locale);

    internal static JsonArray ToJson(IEnumerable<RegisteredOption> options, bool withLocalizations) =>
        Json.ToArray(options, option => option.ToJson(withLocalizations));

    private JsonObject ToJson(bool withLocalizations)
    {
        JsonObject json = new()
        {
            ["type"] = Type,
            ["name"] = Name,
            ["description"] = Description,
        };
        if (withLocalizations)
        {
            LocalizedText.AddTo(json, NameLocalizations, DescriptionLocalizations);
        }

        AddFlags(json);
        AddLimits(json);
        AddLists(json, withLocalizations);
        return json;
    }

    private void AddFlags(JsonObject json)
    {
        if (IsRequired)
        {
            json["required"] = true;
        }

        if (Autocomplete)
        {
            json["autocomplete"] = true;
        }
    }

    private void AddLimits(JsonObject json)
    {
        AddNumber(json, "min_value", MinValue);
        AddNumber(json, "max_value", MaxValue);
        Json.AddIfPresent(json, "min_length", MinLength);
        Json.AddIfPresent(json, "max_length", MaxLength);
    }

    private void AddNumber(JsonObject json, string name, double? value)
    {
        if (value is null)
        {
            return;
        }

        if (Type == OptionType.Integer)
        {
            json[name] = (long)value;
        }
        else
        {
            json[name] = value;
        }
    }

    private void AddLists(JsonObject json, bool withLocalizations)
    {
        if (Choices.Count > 0)
        {
            json["choices"] = Json.ToArray(Choices, choice => choice.ToJson(withLocalizations));
        }

        if (ChannelTypes.Count > 0)
        {
            json["channel_types"] = Json.ToArray(ChannelTypes);
        }

        if (Options.Count > 0)
        {
            json["options"] = ToJson(Options, withLocalizations);
        }
    }
}

/// <remarks>Source: Discord docs, Interactions/Application Commands, Application Command Option Type.</remarks>
internal static class OptionType
{
    public const int Subcommand = 1;
    public const int SubcommandGroup = 2;
    public const int Text = 3;
    public const int Integer = 4;
    public const int Boolean = 5;
    public const int User = 6;
    public const int Channel = 7;
    public const int Role = 8;
    public const int Number = 10;
}
