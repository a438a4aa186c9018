using System.CommandLine;
using Serge.Bot.Commands;
using Serge.Bot.Rendering;
using Serge.Bot.Settings;

namespace Serge.Bot.Operators;

/// <summary><c>serge verify --essay FILE</c>: whether the quotations are what the essays print.</summary>
internal static class VerifyVerb
{
    public static Command Create(VerbContext context)
    {
        var essay = new Option<FileInfo>("--essay") { Description = "A text file with one or more of the essays, each under its title and author.", Required = true };
        var command = new Command("verify", "Compare every quotation, word for word, with the essay that prints it.") { essay };
        command.SetAction(async (result, cancellationToken) =>
        {
            var catalogue = LiveCatalogue.Open(Path.Combine(context.HomeOf(result), "quotes")).Current;
            string text;
            try
            {
                text = await File.ReadAllTextAsync(result.GetValue(essay)!.FullName, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new VerbException($"The essay cannot be read: {e.Message}");
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

            await context.Output.WriteLineAsync(verification.IsClean
                ? $"All {catalogue.Quotes.Count} quotations stand word for word in the essays."
                : $"{verification.Problems.Count} problems.");
            return verification.IsClean ? 0 : 1;
        });
        return command;
    }
}

/// <summary><c>serge export</c>: the catalogue for other programs.</summary>
internal static class ExportVerb
{
    public static Command Create(VerbContext context)
    {
        var format = new Option<string>("--format") { Description = "json", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json");
        var command = new Command("export", "Print the catalogue as one JSON object: quotes, events, sources.") { format };
        command.SetAction(async (result, _) =>
        {
            using var json = new MemoryStream();
            CatalogueExport.ToJson(LiveCatalogue.Open(Path.Combine(context.HomeOf(result), "quotes")).Current, json);
            await context.Output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length));
            return 0;
        });
        return command;
    }
}

/// <summary><c>serge quote</c>: a quotation on the terminal.</summary>
internal static class QuoteVerb
{
    public static Command Create(VerbContext context)
    {
        var topic = new Option<string?>("--topic") { Description = "About this." };
        var search = new Option<string?>("--search") { Description = "With these words." };
        var id = new Option<string?>("--id") { Description = "This very one." };
        var command = new Command("quote", "Print a quotation with its source.") { topic, search, id };
        command.SetAction(async (result, _) =>
        {
            var catalogue = LiveCatalogue.Open(Path.Combine(context.HomeOf(result), "quotes")).Current;
            var quote = Pick(catalogue, result.GetValue(id), result.GetValue(search), result.GetValue(topic), new SystemChance());
            await context.Output.WriteLineAsync($"{QuoteText.Of(quote, Markup.Plain, Words.English)}\n[{quote.Id}]");
            return 0;
        });
        return command;
    }

    private static Quote Pick(QuoteCatalogue catalogue, string? id, string? search, string? topic, Random chance)
    {
        if (id is not null)
        {
            return catalogue.FindQuote(id) ?? throw new VerbException($"There is no quotation with the id {id}. {Nearest.Hint(id, catalogue.Quotes.Select(quote => quote.Id))}");
        }

        if (topic is not null && catalogue.Topics.All(known => known.Name != topic))
        {
            throw new VerbException($"There is no topic {topic}. Topics: {string.Join(", ", catalogue.Topics.Select(known => known.Name))}.");
        }

        var found = catalogue.Search(search ?? "", topic, search is null ? int.MaxValue : 1);
        return found.Count > 0 ? found[chance.Next(found.Count)] : throw new VerbException($"No quotation has the words {search}. Try fewer words.");
    }
}

/// <summary><c>serge on-this-day [DATE]</c>: a day's events on the terminal.</summary>
internal static class OnThisDayVerb
{
    public static Command Create(VerbContext context)
    {
        var date = new Argument<string?>("DATE") { Description = "A day such as \"1 February\", 02-01 or 2027-02-01. Default: today.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("on-this-day", "Print what happened on a day of the year.") { date };
        command.SetAction(async (result, _) =>
        {
            var home = context.HomeOf(result);
            var zone = SettingsReader.Read(home).Settings.TimeZone;
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(context.Clocks.Calendar.GetUtcNow(), zone).DateTime);
            if (result.GetValue(date) is { } typed)
            {
                day = OnThisDayCommand.Read(typed, day).Day
                    ?? throw new VerbException($"\"{typed}\" is no day of the year. Write it like \"1 February\", 02-01 (month first) or 2027-02-01.");
            }

            var catalogue = LiveCatalogue.Open(Path.Combine(home, "quotes")).Current;
            await context.Output.WriteLineAsync(EventText.Report(catalogue.On(day), Markup.Plain, Words.English, _ => true));
            return 0;
        });
        return command;
    }
}
