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
        Command command = new(
            "verify",
            "Compare each quotation that names an essay (via) with that essay, letter by letter."
        )
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
                    summary = DescribeClean(verification.Compared, catalogue.Quotes);
                }

                await context.Output.WriteLineAsync(summary);
                return CommandLine.GetExitCode(verification.IsClean);
            }
        );
        return command;
    }

    private static string DescribeClean(int compared, IReadOnlyList<Quote> quotes)
    {
        var quotations = Plural.Of(compared, "quotation");
        if (compared == quotes.Count)
        {
            return $"The essays contain every quotation word for word: {quotations}.";
        }

        List<string> others = [];
        var withoutEssay = quotes.Count(quote => quote.Via is null);
        var ofMissingEssays = quotes.Count - compared - withoutEssay;
        if (ofMissingEssays > 0)
        {
            others.Add($"{Plural.Of(ofMissingEssays, "quotation")} whose essay is not in the file");
        }

        if (withoutEssay > 0)
        {
            others.Add($"{Plural.Of(withoutEssay, "quotation")} without an essay (via), taken from the work itself");
        }

        return $"The essays contain {quotations} word for word. Not compared: {string.Join("; ", others)}.";
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
