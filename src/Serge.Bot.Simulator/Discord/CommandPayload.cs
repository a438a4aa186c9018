namespace Serge.Bot.Simulator.Discord;

/// <summary>The data of an interaction for a typed command.</summary>
/// <param name="FullName">The command with its subcommands, in their default names.</param>
/// <param name="Data">The interaction's data.</param>
/// <param name="Error">Why the command cannot be sent, for the member; <see langword="null"/> if it can.</param>
internal sealed record CommandPayload(string FullName, JsonObject Data, string? Error = null)
{
    /// <summary>Creates the data from a typed line.</summary>
    /// <param name="command">The command of the line.</param>
    /// <param name="user">The user who types.</param>
    /// <param name="guild">The guild; <see langword="null"/> for direct messages.</param>
    /// <param name="line">The typed line.</param>
    /// <param name="focused">For autocomplete: the option that the user types.</param>
    public static CommandPayload Create(
        RegisteredCommand command,
        User user,
        Guild? guild,
        string line,
        string? focused
    )
    {
        var locale = user.Locale;
        var valueOptions = GetValueOptions(command.Options);
        var parsed = SlashCommandLine.Parse(line, IsValueOption);
        var data = CreateData(command);
        var (fullName, parent, options) = (command.Name, data, command.Options);
        foreach (var word in parsed.Words.Skip(1))
        {
            var subcommand = options.FirstOrDefault(option => option.IsSubcommand && option.HasName(word, locale));
            if (subcommand is null)
            {
                return new CommandPayload(fullName, data, $"/{fullName} has no option or subcommand \"{word}\".");
            }

            JsonObject child = new() { ["name"] = subcommand.Name, ["type"] = subcommand.Type };
            parent["options"] = new JsonArray(child);
            (fullName, parent, options) = ($"{fullName} {subcommand.Name}", child, subcommand.Options);
        }

        if (options.Any(option => option.IsSubcommand))
        {
            return new CommandPayload(fullName, data, $"/{fullName} needs a subcommand.");
        }

        CommandInput input = new(guild, locale, parsed.Options, focused);
        var values = input.Convert(options);
        if (values.Count > 0 || parent != data)
        {
            parent["options"] = values;
        }

        Json.AddIfPresent(data, "resolved", input.Resolved);
        return new CommandPayload(fullName, data, input.Error);

        bool IsValueOption(string word) => valueOptions.Any(option => option.HasName(word, locale));
    }

    /// <summary>Creates the data for a command of the menu of a message.</summary>
    public static JsonObject CreateForMessage(RegisteredCommand command, ChannelMessage message)
    {
        var id = message.Id.ToString();
        var data = CreateData(command);
        data["target_id"] = id;
        data["resolved"] = new JsonObject { ["messages"] = new JsonObject { [id] = message.ToJson() } };
        return data;
    }

    private static JsonObject CreateData(RegisteredCommand command)
    {
        JsonObject data = new()
        {
            ["id"] = command.Id.ToString(),
            ["name"] = command.Name,
            ["type"] = command.Type,
        };
        Json.AddIfPresent(data, "guild_id", command.Guild?.ToString());
        return data;
    }

    /// <summary>Returns the options that take a value, those of subcommands included.</summary>
    private static List<RegisteredOption> GetValueOptions(IEnumerable<RegisteredOption> options)
    {
        List<RegisteredOption> found = [];
        foreach (var option in options)
        {
            if (option.IsSubcommand)
            {
                found.AddRange(GetValueOptions(option.Options));
            }
            else
            {
                found.Add(option);
            }
        }

        return found;
    }
}
