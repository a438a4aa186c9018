using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Discord.Interactions;

/// <summary>What a typed command becomes on its way to the bot.</summary>
/// <param name="FullName">The command with its subcommands, in their default names.</param>
/// <param name="Data">The interaction's data.</param>
/// <param name="Problem">Why it cannot be sent, for the member; <see langword="null"/> if it can.</param>
internal sealed record CommandPayload(string FullName, JsonObject Data, string? Problem = null)
{
    /// <summary>Reads a line.</summary>
    /// <param name="command">The command it begins with.</param>
    /// <param name="user">Who types.</param>
    /// <param name="guild">Where; <see langword="null"/> for direct messages.</param>
    /// <param name="line">As it is typed.</param>
    /// <param name="focused">For completion: the option being typed.</param>
    public static CommandPayload Build(RegisteredCommand command, User user, Guild? guild, string line, string? focused)
    {
        var parsed = SlashCommandLine.Parse(
            line,
            word => Fields(command.Options).Any(option => option.IsCalled(word, user.Locale))
        );
        JsonObject data = new()
        {
            ["id"] = command.Id.ToString(),
            ["name"] = command.Name,
            ["type"] = command.Type,
        };
        if (command.Guild is { } home)
        {
            data["guild_id"] = home.ToString();
        }

        var (fullName, inner, options) = (command.Name, data, command.Options);
        foreach (var word in parsed.Words.Skip(1))
        {
            if (
                options.FirstOrDefault(option => option.IsSubcommand && option.IsCalled(word, user.Locale))
                is not { } subcommand
            )
            {
                return new CommandPayload(fullName, data, $"\"{word}\" belongs to no option of /{fullName}.");
            }

            JsonObject step = new() { ["name"] = subcommand.Name, ["type"] = subcommand.Type };
            inner["options"] = new JsonArray(step);
            (fullName, inner, options) = ($"{fullName} {subcommand.Name}", step, subcommand.Options);
        }

        if (options.Any(option => option.IsSubcommand))
        {
            return new CommandPayload(fullName, data, $"/{fullName} needs a subcommand.");
        }

        CommandInput input = new(guild, user.Locale, parsed.Options, focused);
        var values = input.Read(options);
        if (values.Count > 0 || inner != data)
        {
            inner["options"] = values;
        }

        if (input.Resolved is { } resolved)
        {
            data["resolved"] = resolved;
        }

        return new CommandPayload(fullName, data, input.Problem);
    }

    private static IEnumerable<RegisteredOption> Fields(IEnumerable<RegisteredOption> options) =>
        options.SelectMany(option => option.IsSubcommand ? Fields(option.Options) : [option]);
}
