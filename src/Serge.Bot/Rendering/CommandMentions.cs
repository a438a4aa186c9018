using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Serge.Bot.Rendering;

/// <summary>Turns the names of commands in texts, such as <c>`/quote`</c>, into mentions that a member can click. Until
/// the ids of the commands are known, a text stays as it is.</summary>
/// <remarks>Source: Discord docs, Reference, Message Formatting: <c>&lt;/NAME:COMMAND_ID&gt;</c>.</remarks>
internal sealed partial class CommandMentions
{
    /// <summary>Mentions by the name of the command or subcommand, in every language.</summary>
    private volatile FrozenDictionary<string, string> _mentions = FrozenDictionary<string, string>.Empty;

    /// <summary>Whether ids are known.</summary>
    public bool HasIds => _mentions.Count > 0;

    /// <summary>Sets the ids of the registered commands.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="ids">Their ids, by English name; a command without an id is not mentioned.</param>
    public void SetIds(IReadOnlyList<CommandDefinition> commands, IReadOnlyDictionary<string, ulong> ids)
    {
        Dictionary<string, string> mentions = new(StringComparer.Ordinal);
        foreach (var command in commands.Where(command => command.Type == CommandType.Slash))
        {
            if (!ids.TryGetValue(command.Name, out var id))
            {
                continue;
            }

            foreach (var (typed, path) in GetPaths(command))
            {
                mentions[typed] = $"</{path}:{id}>";
            }
        }

        _mentions = mentions.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Replaces the names of commands by mentions. Options follow as text.</summary>
    /// <param name="text">A text for Discord.</param>
    /// <returns>The same text where the mentions would make it too long for a message.</returns>
    public string Format(string text)
    {
        if (!HasIds)
        {
            return text;
        }

        var formatted = CommandPattern().Replace(text, match => Format(match, _mentions));
        return DiscordMessage.Fits(formatted) ? formatted : text;
    }

    /// <summary>What a member types in any language, and the English name by which a client finds the command. One with
    /// subcommands is not invoked itself.</summary>
    private static IEnumerable<(string Typed, string Path)> GetPaths(CommandDefinition command)
    {
        CommandOption[] subcommands = [.. command.Options.Where(option => option.Type == CommandOptionType.Subcommand)];
        foreach (var locale in Strings.All.Select(strings => strings.DiscordLocale))
        {
            var name = command.NameLocalizations.GetValueOrDefault(locale, command.Name);
            if (subcommands.Length == 0)
            {
                yield return (name, command.Name);
            }

            foreach (var subcommand in subcommands)
            {
                var localized = subcommand.NameLocalizations.GetValueOrDefault(locale, subcommand.Name);
                yield return ($"{name} {localized}", $"{command.Name} {subcommand.Name}");
            }
        }
    }

    /// <summary>The longest known name at the beginning of a command line decides.</summary>
    private static string Format(Match match, FrozenDictionary<string, string> mentions)
    {
        var line = match.Groups["line"].Value;
        var end = line.Length;
        while (end > 0)
        {
            if (mentions.TryGetValue(line[..end], out var mention))
            {
                var options = line[end..].Trim();
                if (options.Length == 0)
                {
                    return mention;
                }

                return $"{mention} `{options}`";
            }

            end = line.LastIndexOf(' ', end - 1);
        }

        return match.Value;
    }

    /// <summary>A command line in a code span. What members typed has a backslash before its backticks.</summary>
    [GeneratedRegex(
        @"(?<![\\`])`/(?<line>[^`\n]+)`(?!`)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex CommandPattern();
}
