using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge init [DIR]</c>: creates a home directory, and says what to do next.</summary>
internal static class InitCommand
{
    /// <param name="context">What the commands share.</param>
    /// <param name="home">The option <c>--home</c>, another way to name the folder.</param>
    public static Command Create(CommandContext context, Option<string?> home)
    {
        Argument<string?> folder = new("DIR")
        {
            Description = "The folder; it is created if it does not exist. Default: --home, else the current folder.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command command = new(
            "init",
            "Create a home directory: quote files, settings, a folder for secrets. Existing files are not changed."
        )
        {
            folder,
        };
        command.SetAction(result =>
        {
            var path = GetFolder(result.GetValue(folder), result.GetValue(home));
            Init(path, context);
        });
        return command;
    }

    /// <exception cref="CommandException">Two folders are named, or it is a file.</exception>
    /// <exception cref="DirectoryNotFoundException">It is the folder of the program.</exception>
    private static string GetFolder(string? argument, string? option)
    {
        if (argument is not null && option is not null)
        {
            throw new CommandException(
                $"DIR and --home name two folders. Write serge init {argument}, without --home."
            );
        }

        var folder = argument ?? option ?? Directory.GetCurrentDirectory();
        if (folder.Length == 0)
        {
            throw new CommandException("The name of the folder is empty. Write serge init DIR.");
        }

        if (File.Exists(folder))
        {
            throw new CommandException($"{folder} is a file. Name a folder that is new, or that exists.");
        }

        return HomeDirectory.CheckIsNotProgram(ToFolder(folder));
    }

    /// <summary>The complete path, without a slash at its end.</summary>
    private static string ToFolder(string path)
    {
        var complete = Path.GetFullPath(path);
        return Path.TrimEndingDirectorySeparator(complete);
    }

    private static void Init(string home, CommandContext context)
    {
        var files = HomeTemplate.Write(home);
        context.Output.WriteLine($"{home} is a home directory now.");
        Print("Written:", files.Written, context.Output);
        Print("Existed before, not changed:", files.Kept, context.Output);
        Print("Not written, because quotes/ has quote files already:", files.LeftOut, context.Output);
        context.Output.WriteLine();
        context.Output.WriteLine("Next:");
        var steps = GetNextSteps(home);
        var width = steps.Max(step => step.Command.Length);
        foreach (var (command, purpose) in steps)
        {
            context.Output.WriteLine($"  {command.PadRight(width)}  {purpose}");
        }
    }

    private static void Print(string heading, IReadOnlyList<string> names, TextWriter output)
    {
        if (names.Count == 0)
        {
            return;
        }

        output.WriteLine(heading);
        foreach (var name in names)
        {
            output.WriteLine($"  {name}");
        }
    }

    private static List<(string Command, string Purpose)> GetNextSteps(string home)
    {
        List<(string, string)> steps = [];
        if (home != Directory.GetCurrentDirectory())
        {
            steps.Add(($"cd {Quote(home)}", "serge finds the home in the current folder"));
        }

        var variable = Environment.GetEnvironmentVariable(HomeDirectory.Variable);
        if (!string.IsNullOrEmpty(variable) && ToFolder(variable) != home)
        {
            steps.Add(($"unset {HomeDirectory.Variable}", $"it names another home: {variable}"));
        }

        steps.Add(("serge check", "check the quote files"));
        if (FindQuote(home) is { } id)
        {
            steps.Add(($"serge preview {id}", "show a quotation as it will be posted"));
        }

        steps.AddRange([
            ("serge plan --days 7", "show the posts of the next seven days"),
            ($"install -m 600 /dev/stdin {Credentials.DefaultFolder}/Discord__Token", "paste the token, Enter, Ctrl+D"),
            (
                $"install -m 600 /dev/stdin {Credentials.DefaultFolder}/Mastodon__AccessToken",
                "the same; also set Mastodon:Address in appsettings.json"
            ),
            ("serge doctor", "check settings, tokens and channels"),
            ("serge run", "run the bot until Ctrl+C"),
        ]);
        return steps;
    }

    /// <summary>The files may be the operator's own, with other quotations or with errors.</summary>
    private static string? FindQuote(string home)
    {
        var (catalogue, _) = CatalogueReader.Read(HomeDirectory.GetQuotes(home));
        return catalogue?.Quotes is [var first, ..] ? first.Id : null;
    }

    /// <summary>A path as a shell reads it.</summary>
    private static string Quote(string path)
    {
        var isPlain = path.All(static character => char.IsAsciiLetterOrDigit(character) || "/._-+".Contains(character));
        if (isPlain)
        {
            return path;
        }

        return $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
