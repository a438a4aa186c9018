namespace Serge.Bot.Simulator.Discord;

/// <summary>Converts the text of a command's options to values, as a Discord client does before it sends
/// them.</summary>
/// <param name="guild">The guild whose channels, members and roles can be values.</param>
/// <param name="locale">The member's language, in which options and choices can be named.</param>
/// <param name="typed">The text per option.</param>
/// <param name="focused">For autocomplete: the option that the member types. Its text is sent unconverted.</param>
internal sealed class CommandInput(Guild? guild, string locale, Localizations typed, string? focused = null)
{
    private const int MaxTextLength = 6000;

    /// <summary>The largest integer that a double holds exactly. Source: Discord docs, Application Commands, Option
    /// Type.</summary>
    private const long MaxInteger = (1L << 53) - 1;
    private readonly JsonObject _resolved = [];

    /// <summary>The first error, for the member; <see langword="null"/> if the input is valid.</summary>
    public string? Error { get; private set; }

    /// <summary>The objects to which the ids among the values refer; <see langword="null"/> if there are
    /// none.</summary>
    public JsonObject? Resolved => _resolved.Count == 0 ? null : _resolved;

    /// <summary>Returns the options as the interaction carries them.</summary>
    public JsonArray Convert(IReadOnlyList<RegisteredOption> options)
    {
        CheckNames(options);
        CheckFocused(options);
        JsonArray converted = [];
        foreach (var option in options)
        {
            var text = FindText(option);
            if (text is not null)
            {
                converted.Add((JsonNode)Convert(option, text));
            }
            else if (option.IsRequired && focused is null)
            {
                AddError(option, "This option is required. Specify a value.");
            }
        }

        return converted;
    }

    private void CheckNames(IReadOnlyList<RegisteredOption> options)
    {
        foreach (var name in typed.Keys)
        {
            if (!options.Any(option => option.HasName(name, locale)))
            {
                Error ??= $"There is no option \"{name}\".";
            }
        }
    }

    private void CheckFocused(IReadOnlyList<RegisteredOption> options)
    {
        if (focused is null)
        {
            return;
        }

        var option = options.FirstOrDefault(option => option.Name == focused);
        if (option is not { Autocomplete: true } || FindText(option) is null)
        {
            Error ??= $"The option \"{focused}\" has no autocomplete.";
        }
    }

    private string? FindText(RegisteredOption option)
    {
        var names = typed.Keys.Where(name => option.HasName(name, locale));
        return names.FirstOrDefault() is { } found ? typed[found] : null;
    }

    private JsonObject Convert(RegisteredOption option, string text)
    {
        JsonObject json = new() { ["name"] = option.Name, ["type"] = option.Type };
        if (option.Name == focused)
        {
            json["value"] = text;
            json["focused"] = true;
        }
        else
        {
            json["value"] = ConvertValue(option, text);
        }

        return json;
    }

    private JsonNode? ConvertValue(RegisteredOption option, string text)
    {
        if (option.Choices.Count > 0)
        {
            return ConvertChoice(option, text);
        }

        return option.Type switch
        {
            OptionType.Text => ConvertText(option, text),
            OptionType.Integer => ConvertInteger(option, text),
            OptionType.Boolean => ConvertBoolean(option, text),
            OptionType.User => Resolve(option, text, "users"),
            OptionType.Channel => Resolve(option, text, "channels"),
            OptionType.Role => Resolve(option, text, "roles"),
            OptionType.Number => ConvertNumber(option, text),
            _ => AddError(option, $"The simulator does not support options of type {option.Type}."),
        };
    }

    private JsonNode? ConvertChoice(RegisteredOption option, string text)
    {
        foreach (var choice in option.Choices)
        {
            if (choice.HasName(text, locale) || choice.Value.ToString() == text)
            {
                return Json.ToNode(choice.Value);
            }
        }

        return AddError(option, "Select one of the choices.");
    }

    private JsonNode? ConvertText(RegisteredOption option, string text)
    {
        var length = text.EnumerateRunes().Count();
        var min = option.MinLength ?? 0;
        var max = option.MaxLength ?? MaxTextLength;
        if (length < min || length > max)
        {
            return AddError(option, $"Enter between {min} and {max} characters.");
        }

        return text;
    }

    private JsonNode? ConvertInteger(RegisteredOption option, string text)
    {
        var isInteger = long.TryParse(
            text,
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var number
        );
        if (!isInteger || Math.Abs(number) > MaxInteger)
        {
            return AddError(option, "Enter a valid integer.");
        }

        return CheckRange(option, number) ? number : null;
    }

    private JsonNode? ConvertNumber(RegisteredOption option, string text)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        if (!isNumber || !double.IsFinite(number))
        {
            return AddError(option, "Enter a valid number.");
        }

        return CheckRange(option, number) ? number : null;
    }

    private bool CheckRange(RegisteredOption option, double number)
    {
        FormattableString? error = null;
        if (number < option.MinValue)
        {
            error = $"Enter a number of {option.MinValue} or more.";
        }
        else if (number > option.MaxValue)
        {
            error = $"Enter a number of {option.MaxValue} or less.";
        }

        if (error is null)
        {
            return true;
        }

        AddError(option, FormattableString.Invariant(error));
        return false;
    }

    private JsonNode? ConvertBoolean(RegisteredOption option, string text)
    {
        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        return AddError(option, "Choose True or False.");
    }

    private IEnumerable<Candidate> GetCandidates(Guild guild, RegisteredOption option)
    {
        switch (option.Type)
        {
            case OptionType.User:
                var users = guild.Members.Values.Select(member => member.User);
                return users.Select(Candidate.Create);
            case OptionType.Channel:
                var channels = guild.Channels.Values.Where(channel => IsAllowed(option, channel));
                return channels.Select(Candidate.Create);
            default:
                return guild.Roles.Values.Select(Candidate.Create);
        }
    }

    private static bool IsAllowed(RegisteredOption option, Channel channel) =>
        option.ChannelTypes.Count == 0 || option.ChannelTypes.Contains((int)channel.Type);

    /// <summary>Finds an object by its name, its id or its mention.</summary>
    private JsonNode? Resolve(RegisteredOption option, string text, string kind)
    {
        var candidates = guild is null ? [] : GetCandidates(guild, option);
        var nameOrId = text.Trim('<', '>', '#', '@', '&', '!');
        foreach (var (id, name, json) in candidates)
        {
            if (name == text || name == nameOrId || id.ToString() == nameOrId)
            {
                _resolved[kind] ??= new JsonObject();
                _resolved[kind]![id.ToString()] = json;
                return id.ToString();
            }
        }

        return AddError(option, $"\"{text}\" was not found.");
    }

    private JsonNode? AddError(RegisteredOption option, string error)
    {
        Error ??= $"{option.Name}: {error}";
        return null;
    }

    /// <summary>An object that can be the value of an option.</summary>
    private sealed record Candidate(Snowflake Id, string Name, JsonObject Json)
    {
        public static Candidate Create(User user) => new(user.Id, user.Name, user.ToJson());

        public static Candidate Create(Channel channel) => new(channel.Id, channel.Name, channel.ToJson());

        public static Candidate Create(Role role, int position) => new(role.Id, role.Name, role.ToJson(position));
    }
}
