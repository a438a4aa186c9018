using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge add quote|event</c>: asks for the values of an entry and adds it to a quote file.</summary>
internal static class AddCommand
{
    public static Command Create(CommandContext context) =>
        new("add", "Add a quotation or an event to the quote files, question by question.")
        {
            Create("quote", "Add a quotation to quotes.yaml.", Questionnaire.OfQuote, context),
            Create("event", "Add an event to events.yaml.", Questionnaire.OfEvent, context),
        };

    private static Command Create(
        string name,
        string description,
        Func<Author, Questionnaire> getQuestions,
        CommandContext context
    )
    {
        Command command = new(name, description);
        command.SetAction(
            (result, cancellationToken) =>
            {
                var folder = HomeDirectory.GetQuotes(context.GetHome(result));
                return RunAsync(folder, getQuestions, context, cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        string folder,
        Func<Author, Questionnaire> getQuestions,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var catalogue = LiveCatalogue.Open(folder).Current;
        var questionnaire = getQuestions(catalogue.Author);
        try
        {
            var file = OpenFile.Read(Path.Combine(folder, questionnaire.FileName));
            EntryValidator validator = new(questionnaire.FileName, folder, file);
            // Without a terminal the answers come from standard input.
            var input = context.Input ?? Console.In;
            EntryPrompt prompt = new(questionnaire, validator, file, catalogue, context.Output, input);
            return CommandLine.GetExitCode(await prompt.RunAsync(cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{questionnaire.FileName} cannot be changed: {e.Message}");
        }
    }
}
