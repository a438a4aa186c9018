using System.CommandLine;
using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary><c>serge topics</c>: lists the topics.</summary>
internal static class TopicsCommand
{
    public static Command Create(CommandContext context)
    {
        var json = TablePrinter.JsonOption();
        Command command = new("topics", "List the topics and the number of quotations about each.") { json };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var view = await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken);
                var topics = view.Served.Topics;
                if (result.GetValue(json))
                {
                    await context.Output.WriteLineAsync(ListJson.Of(topics, ListJson.Readable.IReadOnlyListTopic));
                    return 0;
                }

                TablePrinter table = new("topic", "quotations");
                foreach (var topic in topics)
                {
                    table.Add(topic.Name, topic.Count.ToString(CultureInfo.InvariantCulture));
                }

                await table.WriteAsync(context, QuotesCommand.NoQuotations);
                return 0;
            }
        );
        return command;
    }
}
