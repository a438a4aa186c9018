using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge verify --essay FILE</c>: compares the quotations with the essays.</summary>
internal static class VerifyCommand
{
    /// <summary>16 MiB: many times the length of all essays together.</summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    public static Command Create(CommandContext context)
    {
        Option<string> essay = new("--essay")
        {
            Description = "A text file with one or more of the essays, each under its title and author.",
            Required = true,
        };
        Command command = new("verify", "Compare every quotation, word for word, with the essay that prints it.")
        {
            essay,
        };
        command.SetAction(
            async (result, _) =>
            {
                var folder = HomeDirectory.GetQuotes(context.GetHome(result));
                var catalogue = LiveCatalogue.Open(folder).Current;
                var text = Read(result.GetValue(essay)!);
                var verification = EssayVerifier.Verify(catalogue, text);
                foreach (var problem in verification.Problems)
                {
                    await context.Output.WriteLineAsync(problem.ToString());
                }

                foreach (var remark in verification.ReviewNotes)
                {
                    await context.Output.WriteLineAsync(remark.ToString());
                }

                var summary = $"{Plural.Of(verification.Problems.Count, "problem")}.";
                if (verification.IsClean)
                {
                    summary = DescribeClean(catalogue.Quotes);
                }

                await context.Output.WriteLineAsync(summary);
                return CommandLine.GetExitCode(verification.IsClean);
            }
        );
        return command;
    }

    private static string DescribeClean(IReadOnlyList<Quote> quotes)
    {
        var compared = quotes.Count(quote => quote.Via is not null);
        var quotations = Plural.Of(compared, "quotation");
        var summary = $"The essays contain every quotation word for word: {quotations}.";
        if (compared == quotes.Count)
        {
            return summary;
        }

        var others = Plural.Of(quotes.Count - compared, "quotation");
        return $"{summary} Not compared: {others} without an essay (via), taken from the work itself.";
    }

    private static string Read(string path)
    {
        try
        {
            return BoundedFile.ReadText(path, MaxBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"The essay cannot be read: {e.Message}");
        }
    }
}
