using System.Globalization;
using System.Text.Json.Nodes;
using Serge.Bot.Simulator.Discord.Rest;

namespace Serge.Bot.Simulator.Discord.Interactions;

/// <summary>What a Discord client does with the text in a command's options before anything is sent.</summary>
/// <param name="guild">Where names of channels, people and roles are looked up.</param>
/// <param name="locale">The member's language, in which options and choices may be named.</param>
/// <param name="typed">The text by option.</param>
/// <param name="focused">For completion: the option that is being typed, whose text goes out as it is.</param>
internal sealed class CommandInput(
    Guild? guild,
    string locale,
    IReadOnlyDictionary<string, string> typed,
    string? focused = null
)
{
    private readonly JsonObject _resolved = [];

    /// <summary>Why it cannot be sent; <see langword="null"/> if it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>What the ids among the values stand for; <see langword="null"/> where there are none.</summary>
    public JsonObject? Resolved => _resolved.Count == 0 ? null : _resolved;

    /// <summary>The options of a command or subcommand as the interaction carries them.</summary>
    public JsonArray Read(IReadOnlyList<RegisteredOption> options)
    {
        JsonArray sent = [];
        foreach (var name in typed.Keys.Where(name => !options.Any(option => option.IsCalled(name, locale))))
        {
            Problem ??= $"There is no option \"{name}\".";
        }

        if (
            focused is not null
            && !options.Any(option => option.Name == focused && option.Autocomplete && Typed(option) is not null)
        )
        {
            Problem ??= $"The option \"{focused}\" has no completion.";
        }

        foreach (var option in options)
        {
            if (Typed(option) is not { } text)
            {
                if (option.IsRequired && focused is null)
                {
                    Problem ??= $"{option.Name}: This option is required. Specify a value.";
                }

                continue;
            }

            JsonObject json = new() { ["name"] = option.Name, ["type"] = option.Type };
            if (option.Name == focused)
            {
                json["value"] = text;
                json["focused"] = true;
            }
            else
            {
                json["value"] = Value(option, text);
            }

            sent.Add((JsonNode)json);
        }

        return sent;
    }

    private string? Typed(RegisteredOption option) =>
        typed.FirstOrDefault(pair => option.IsCalled(pair.Key, locale)).Value;

    private JsonNode? Value(RegisteredOption option, string text)
    {
        if (option.Choices.Count > 0)
        {
            var choice = option.Choices.FirstOrDefault(choice =>
                choice.IsCalled(text, locale) || choice.Value.ToString() == text
            );
            return choice is null ? Refuse(option, "Select one of the choices.") : Json.Thaw(choice.Value);
        }

        return option.Type switch
        {
            3 => Text(option, text),
            4 => Integer(option, text),
            5 => Boolean(option, text),
            6 => Lookup(option, text, "users", Users()),
            7 => Lookup(option, text, "channels", Channels(option)),
            8 => Lookup(option, text, "roles", Roles()),
            10 => Number(option, text),
            _ => Refuse(option, $"The simulator has no input for options of type {option.Type}."),
        };
    }

    private JsonNode? Text(RegisteredOption option, string text)
    {
        var length = Form.CodePoints(text);
        if (length < (option.MinLength ?? 0) || length > (option.MaxLength ?? 6000))
        {
            return Refuse(option, $"Enter between {option.MinLength ?? 0} and {option.MaxLength ?? 6000} characters.");
        }

        return text;
    }

    private JsonNode? Integer(RegisteredOption option, string text)
    {
        // Whole numbers that a double holds exactly. Source: Discord docs, Application Commands, Option Type.
        const long most = (1L << 53) - 1;
        return
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) <= most
            ? InRange(option, number)
                ? number
                : null
            : Refuse(option, "Enter a valid integer.");
    }

    private JsonNode? Number(RegisteredOption option, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? InRange(option, number)
                ? number
                : null
            : Refuse(option, "Enter a valid number.");

    private bool InRange(RegisteredOption option, double number)
    {
        if (number < option.MinValue)
        {
            Refuse(
                option,
                string.Create(CultureInfo.InvariantCulture, $"Enter a number of {option.MinValue} or more.")
            );
            return false;
        }

        if (number > option.MaxValue)
        {
            Refuse(
                option,
                string.Create(CultureInfo.InvariantCulture, $"Enter a number of {option.MaxValue} or less.")
            );
            return false;
        }

        return true;
    }

    private JsonNode? Boolean(RegisteredOption option, string text) =>
        bool.TryParse(text, out var value) ? value : Refuse(option, "Choose True or False.");

    private IEnumerable<Known> Users() =>
        guild?.Members.Values.Select(member => new Known(member.User.Id, member.User.Name, member.User.ToJson())) ?? [];

    private IEnumerable<Known> Channels(RegisteredOption option) =>
        guild
            ?.Channels.Values.Where(channel =>
                option.ChannelTypes.Count == 0 || option.ChannelTypes.Contains((int)channel.Type)
            )
            .Select(channel => new Known(channel.Id, channel.Name, channel.ToJson()))
        ?? [];

    private IEnumerable<Known> Roles() =>
        guild?.Roles.Values.Select((role, position) => new Known(role.Id, role.Name, role.ToJson(position))) ?? [];

    private JsonNode? Lookup(RegisteredOption option, string text, string kind, IEnumerable<Known> known)
    {
        var wanted = text.Trim('<', '>', '#', '@', '&', '!');
        foreach (var (id, name, json) in known)
        {
            if (name == text || name == wanted || id.ToString() == wanted)
            {
                if (_resolved[kind] is not JsonObject all)
                {
                    _resolved[kind] = all = [];
                }

                all[id.ToString()] = json;
                return id.ToString();
            }
        }

        return Refuse(option, $"\"{text}\" was not found.");
    }

    private JsonNode? Refuse(RegisteredOption option, string reason)
    {
        Problem ??= $"{option.Name}: {reason}";
        return null;
    }

    /// <summary>Something that a member can name.</summary>
    private sealed record Known(Snowflake Id, string Name, JsonObject Json);
}
