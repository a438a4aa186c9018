using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge verify --essay FILE</c>: compares the quotations with the essays.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommandContext context)
    {
        Option<FileInfo> essay = new("--essay")
        {
            Description = "A text file with one or more of the essays, each under its title and author.",
            Required = true,
        };
        Command command = new("verify", "Compare every quotation, word for word, with the essay that prints it.")
        {
            essay,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var catalogue = LiveCatalogue.Open(Path.Combine(context.GetHome(result), "quotes")).Current;
                var text = await ReadAsync(result.GetValue(essay)!, cancellationToken);
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
        var summary = $"All {compared} quotations are word for word in the essays.";
        if (compared == quotes.Count)
        {
            return summary;
        }

        var others = Plural.Of(quotes.Count - compared, "quotation");
        return $"{summary} Not compared: {others} without an essay (via), taken from the work itself.";
    }

    private static async Task<string> ReadAsync(FileInfo essay, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(essay.FullName, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The essay cannot be read: {e.Message}");
        }
    }
}
