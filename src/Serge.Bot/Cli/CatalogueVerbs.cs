using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge verify --essay FILE</c>: whether the quotations are what the essays print.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommandContext context)
    {
        var essay = new Option<FileInfo>("--essay")
        {
            Description = "A text file with one or more of the essays, each under its title and author.",
            Required = true,
        };
        var command = new Command("verify", "Compare every quotation, word for word, with the essay that prints it.")
        {
            essay,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var catalogue = LiveCatalogue.Open(Path.Combine(context.GetHome(result), "quotes")).Current;
                string text;
                try
                {
                    text = await File.ReadAllTextAsync(result.GetValue(essay)!.FullName, cancellationToken);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw new CommandException($"The essay cannot be read: {e.Message}");
                }

                var verification = EssayVerifier.Verify(catalogue, text);
                foreach (var problem in verification.Problems)
                {
                    await context.Output.WriteLineAsync(problem.ToString());
                }

                foreach (var remark in verification.ForAHuman)
                {
                    await context.Output.WriteLineAsync(remark.ToString());
                }

                await context.Output.WriteLineAsync(
                    verification.IsClean
                        ? $"All {catalogue.Quotes.Count} quotations stand word for word in the essays."
                        : $"{verification.Problems.Count} problems."
                );
                return verification.IsClean ? 0 : 1;
            }
        );
        return command;
    }
}

/// <summary><c>serge export</c>: the catalogue for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create(CommandContext context)
    {
        var format = new Option<string>("--format") { Description = "json", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json");
        var command = new Command("export", "Print the catalogue as one JSON object: quotes, events, sources.")
        {
            format,
        };
        command.SetAction(
            async (result, _) =>
            {
                using var json = new MemoryStream();
                CatalogueExport.ToJson(
                    LiveCatalogue.Open(Path.Combine(context.GetHome(result), "quotes")).Current,
                    json
                );
                await context.Output.WriteLineAsync(
                    System.Text.Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length)
                );
                return 0;
            }
        );
        return command;
    }
}
