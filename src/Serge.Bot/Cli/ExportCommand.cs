using System.CommandLine;
using System.Text;

namespace Serge.Bot.Cli;

/// <summary><c>serge export</c>: prints the catalogue for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create(CommandContext context)
    {
        Option<string> format = new("--format") { Description = "json", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json");
        Command command = new("export", "Print the catalogue as one JSON object: quotes, events, sources.") { format };
        command.SetAction(
            async (result, _) =>
            {
                var folder = HomeDirectory.GetQuotes(context.GetHome(result));
                var catalogue = LiveCatalogue.Open(folder).Current;
                using MemoryStream json = new();
                CatalogueExport.WriteJson(catalogue, json);
                var text = Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
                await context.Output.WriteLineAsync(text);
                return 0;
            }
        );
        return command;
    }
}
