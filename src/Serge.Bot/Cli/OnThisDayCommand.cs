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
                await WriteAsync(view, day, today, context.Output);
                return 0;
            }
        );
        return command;
    }

    private static DateOnly ReadDay(string typed, DateOnly today)
    {
        var (day, impossible) = OnThisDaySlashCommand.ParseDay(typed, today);
        return day ?? throw new CommandException($"\"{typed}\" {DescribeProblem(typed, impossible)}");
    }

    private static string DescribeProblem(string typed, DateInput? impossible)
    {
        var english = Strings.English;
        if (DateInput.FindAmbiguity(typed) is var (dayFirst, monthFirst))
        {
            return $"can mean {english.DayOfYear(dayFirst)} or {english.DayOfYear(monthFirst)}. Write one of these.";
        }

        const string Examples = "Write it like \"1 February\", 02-01 (month first) or 2027-02-01.";
        if (impossible is { Month: { } month })
        {
            return $"does not exist: {english.Month(month)} has {impossible.DaysInMonth} days. {Examples}";
        }

        return $"is not a day of the year. {Examples}";
    }

    private static async Task WriteAsync(CatalogueView view, DateOnly day, DateOnly today, TextWriter output)
    {
        var served = view.Served.GetOnThisDay(day);
        var report = EventFormatter.FormatReport(served, today, Markup.Plain, Strings.English, fits: _ => true);
        await output.WriteLineAsync(report);
        var all = view.Unfiltered.GetOnThisDay(day);
        foreach (var e in all.Events.Except(served.Events))
        {
            var since = view.GetWithdrawnSince(e.Id)!.Value;
            var remark = CatalogueView.FormatWithdrawal(e.Id, since);
            await output.WriteLineAsync($"Not shown: {e.Id}. {remark}");
        }
    }
}
