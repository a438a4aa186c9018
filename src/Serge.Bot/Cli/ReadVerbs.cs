using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge quote</c>: a quotation on the terminal.</summary>
internal static class QuoteCommand
{
    public static Command Create(CommandContext context)
    {
        var topic = new Option<string?>("--topic") { Description = "About this." };
        var search = new Option<string?>("--search") { Description = "With these words." };
        var id = new Option<string?>("--id") { Description = "This very one, withdrawn or not." };
        var command = new Command("quote", "Print a quotation with its source.") { topic, search, id };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var view = await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken);
                var quote = Pick(
                    view,
                    result.GetValue(id),
                    result.GetValue(search),
                    result.GetValue(topic),
                    context.Dependencies.Chance
                );
                await context.Output.WriteLineAsync(
                    $"{QuoteFormatter.Of(quote, Markup.Plain, Strings.English)}\n[{quote.Id}]"
                );
                if (view.SinceOf(quote.Id) is { } since)
                {
                    await context.Output.WriteLineAsync(CatalogueView.Remark(quote.Id, since));
                }

                return 0;
            }
        );
        return command;
    }

    /// <summary>One that is withdrawn only to whoever asks for it by name.</summary>
    private static Quote Pick(CatalogueView view, string? id, string? search, string? topic, Random chance)
    {
        if (id is not null)
        {
            return view.Whole.FindQuote(id)
                ?? throw new CommandException(
                    $"There is no quotation with the id {id}. {DidYouMean.Hint(id, view.Whole.Quotes.Select(quote => quote.Id))}"
                );
        }

        var found = view.Find(search, topic, search is null ? int.MaxValue : 1, of: view.Served);
        return found.Count > 0
            ? found[chance.Next(found.Count)]
            : throw new CommandException(
                view.Find(search, topic).Count > 0
                    ? "All quotations that answer to this are withdrawn. serge quotes lists them."
                    : $"No quotation has the words {search}. Try fewer words."
            );
    }
}

/// <summary><c>serge on-this-day [DATE]</c>: a day's events on the terminal.</summary>
internal static class OnThisDayCommand
{
    public static Command Create(CommandContext context)
    {
        var date = new Argument<string?>("DATE")
        {
            Description = "A day such as \"1 February\", 02-01 or 2027-02-01. Default: today.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("on-this-day", "Print what happened on a day of the year.") { date };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var view = await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken);
                var day = DateOnly.FromDateTime(
                    TimeZoneInfo.ConvertTime(context.Clocks.Schedule.GetUtcNow(), view.Settings.TimeZone).DateTime
                );
                if (result.GetValue(date) is { } typed)
                {
                    day =
                        OnThisDaySlashCommand.Read(typed, day).Day
                        ?? throw new CommandException(
                            $"\"{typed}\" is no day of the year. Write it like \"1 February\", 02-01 (month first) or 2027-02-01."
                        );
                }

                await context.Output.WriteLineAsync(
                    EventFormatter.Report(view.Served.On(day), Markup.Plain, Strings.English, _ => true)
                );
                foreach (var e in view.Whole.On(day).Events.Except(view.Served.On(day).Events))
                {
                    await context.Output.WriteLineAsync(
                        $"Not shown: {e.Id}. {CatalogueView.Remark(e.Id, view.SinceOf(e.Id)!.Value)}"
                    );
                }

                return 0;
            }
        );
        return command;
    }
}
