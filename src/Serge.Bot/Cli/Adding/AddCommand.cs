using System.CommandLine;

namespace Serge.Bot.Cli.Adding;

/// <summary><c>serge add quote|event</c>: asks for one thing after the other and puts a tidy entry at the end of the file.</summary>
internal static class AddCommand
{
    public static Command Create(CommandContext context) =>
        new("add", "Add a quotation or an event to the quote files, question by question.")
        {
            For("quote", "Add a quotation to quotes.yaml.", Questionnaire.Quote, context),
            For("event", "Add an event to events.yaml.", Questionnaire.Event, context),
        };

    private static Command For(string name, string description, Questionnaire questionnaire, CommandContext context)
    {
        var command = new Command(name, description);
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var folder = Path.Combine(context.GetHome(result), "quotes");
                var catalogue = LiveCatalogue.Open(folder).Current;
                try
                {
                    var file = OpenFile.Read(Path.Combine(folder, questionnaire.FileName));
                    // Answers may be piped as well as typed.
                    EntryPrompt interview = new(
                        questionnaire,
                        folder,
                        file,
                        catalogue,
                        context.Output,
                        context.Input ?? Console.In
                    );
                    return await interview.RunAsync(cancellationToken) ? 0 : 1;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw new CommandException($"{questionnaire.FileName} cannot be changed: {e.Message}");
                }
            }
        );
        return command;
    }
}
