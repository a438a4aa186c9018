using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge on-this-day [DATE]</c>: prints the events of a day.</summary>
internal static class OnThisDayCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string?> date = new("DATE")
        {
            Description = "A day such as \"1 February\", 02-01 or 2027-02-01. Default: today.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command command = new("on-this-day", "Print the events of a day of the year.") { date };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var view = await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken);
                var now = context.Clocks.Schedule.GetUtcNow();
                var local = TimeZoneInfo.ConvertTime(now, view.Settings.TimeZone);
                var today = DateOnly.FromDateTime(local.DateTime);
                var day = result.GetValue(date) is { } typed ? ReadDay(typed, today) : today;
                await WriteAsync(view, day, context.Output);
                return 0;
            }
        );
        return command;
    }

    private static DateOnly ReadDay(string typed, DateOnly today) =>
        OnThisDaySlashCommand.ParseDay(typed, today).Day
        ?? throw new CommandException(
            $"\"{typed}\" is not a day of the year. Write it like \"1 February\", 02-01 (month first) or 2027-02-01."
        );

    private static async Task WriteAsync(CatalogueView view, DateOnly day, TextWriter output)
    {
        var served = view.Served.GetOnThisDay(day);
        await output.WriteLineAsync(EventFormatter.FormatReport(served, Markup.Plain, Strings.English, _ => true));
        foreach (var e in view.Unfiltered.GetOnThisDay(day).Events.Except(served.Events))
        {
            var remark = CatalogueView.FormatWithdrawal(e.Id, view.GetWithdrawnSince(e.Id)!.Value);
            await output.WriteLineAsync($"Not shown: {e.Id}. {remark}");
        }
    }
}
