using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Serge.Bot.Cli;

/// <summary>Prints the commands by group, as <c>serge</c> without a command and <c>serge --help</c> do.</summary>
/// <param name="groups">The commands.</param>
/// <param name="width">Number of columns; <see langword="null"/> for lines of any length.</param>
internal sealed class CommandOverview(IReadOnlyList<CommandGroup> groups, int? width)
{
    private const string Indent = "  ";

    /// <summary>Prints the overview.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="description">What the program does.</param>
    /// <param name="options">The options of every command; none for a short overview.</param>
    public void Print(TextWriter output, string description, IEnumerable<Option> options)
    {
        output.WriteLine(description);
        output.WriteLine();
        output.WriteLine("Usage: serge COMMAND [OPTIONS]");
        var commandWidth = groups.SelectMany(group => group.Commands).Max(command => GetUsage(command).Length);
        foreach (var group in groups)
        {
            output.WriteLine();
            output.WriteLine($"{group.Heading}:");
            foreach (var command in group.Commands)
            {
                PrintRow(output, GetUsage(command), command.Description ?? "", commandWidth);
            }
        }

        var rows = options.Select(option => (Usage: GetUsage(option), Description: option.Description ?? "")).ToList();
        if (rows.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Options:");
            var optionWidth = rows.Max(row => row.Usage.Length);
            rows.ForEach(row => PrintRow(output, row.Usage, row.Description, optionWidth));
        }

        output.WriteLine();
        output.WriteLine("serge COMMAND --help explains a command and its options.");
    }

    private static string GetUsage(Command command)
    {
        var arguments = command.Arguments.Select(GetUsage);
        return string.Join(' ', arguments.Prepend(command.Name));
    }

    private static string GetUsage(Argument argument)
    {
        var name = argument.Name.ToUpperInvariant();
        if (argument.Arity.MaximumNumberOfValues > 1)
        {
            name = $"{name}...";
        }

        if (argument.Arity.MinimumNumberOfValues > 0)
        {
            return name;
        }

        return $"[{name}]";
    }

    private static string GetUsage(Option option)
    {
        // The aliases that begin with a slash are for Windows.
        var aliases = option.Aliases.Where(alias => alias[0] == '-').Order(StringComparer.Ordinal);
        var names = string.Join(", ", aliases.Append(option.Name));
        if (option.Arity.MaximumNumberOfValues == 0 || option.Arity.MinimumNumberOfValues == 0)
        {
            return names;
        }

        return $"{names} {option.HelpName}";
    }

    private void PrintRow(TextWriter output, string name, string description, int nameWidth)
    {
        var column = Indent.Length + nameWidth + Indent.Length;
        var lines = Wrap(description, Math.Max(20, (width ?? int.MaxValue) - column));
        var left = Indent + name.PadRight(nameWidth) + Indent;
        foreach (var line in lines)
        {
            output.WriteLine(left + line);
            left = new string(' ', column);
        }
    }

    private static List<string> Wrap(string text, int maxLength)
    {
        List<string> lines = [];
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > maxLength)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        lines.Add(line);
        return lines;
    }
}

/// <summary>The action of <c>--help</c>: the overview for <c>serge</c> itself, the usual help for a command.</summary>
internal sealed class OverviewHelpAction(HelpAction commandHelp, Action<ParseResult> printOverview)
    : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult.Command is not RootCommand)
        {
            return commandHelp.Invoke(parseResult);
        }

        printOverview(parseResult);
        return 0;
    }
}
