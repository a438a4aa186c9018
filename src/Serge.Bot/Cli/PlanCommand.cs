using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary><c>serge plan --days N</c>: exactly what will be posted, where and when.</summary>
internal static class PlanCommand
{
    public static Command Create(CommandContext context)
    {
        var days = new Option<int>("--days")
        {
            Description = "How many days ahead, 1 to 400.",
            DefaultValueFactory = _ => 30,
        };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 400)
            {
                result.AddError("--days takes 1 to 400.");
            }
        });
        var brief = new Option<bool>("--brief")
        {
            Description = "One line a post: when, where to, which quotation or events, how long.",
        };
        var json = TablePrinter.JsonOption();
        var command = new Command(
            "plan",
            "Show what will be posted in the next days: the exact text for each destination, and its length against the limit there."
        )
        {
            days,
            brief,
            json,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                await using var host = await context.BuildWorkerAsync(result, cancellationToken);
                await ServerLimits.LearnAsync(host.Services, context.Error, cancellationToken);
                var plan = await Plan.MakeAsync(
                    host.Services,
                    TimeSpan.FromDays(result.GetValue(days)),
                    cancellationToken
                );
                await TellAsideAsync(host.Services, plan, context.Error);
                if (result.GetValue(json))
                {
                    await context.Output.WriteLineAsync(ListJson.Of(plan, ListJson.Readable.IReadOnlyListPlanEntry));
                }
                else if (plan.Count == 0)
                {
                    await context.Output.WriteLineAsync(
                        "Nothing is planned: there are no schedules, or none falls due in these days."
                    );
                }
                else if (result.GetValue(brief))
                {
                    Brief(plan).WriteTo(context.Output, context.Terminal);
                }
                else if (context.Terminal is null)
                {
                    await context.Output.WriteLineAsync(Text(plan));
                }
                else
                {
                    Table(plan).WriteTo(context.Output, context.Terminal);
                }

                return 0;
            }
        );
        return command;
    }

    /// <summary>Beside the plan, not in it: what will not go out after all, and what is not in it for being too long.</summary>
    private static async Task TellAsideAsync(IServiceProvider services, IReadOnlyList<PlanEntry> plan, TextWriter error)
    {
        foreach (var destination in plan.Select(planned => planned.Destination).Distinct(StringComparer.Ordinal))
        {
            var to = Destination.TryParse(destination, out var parsed)
                ? parsed.Value
                : throw new InvalidOperationException($"Unknown destination {destination}.");
            if (!services.GetRequiredService<Publisher>().IsEnabled(to))
            {
                await error.WriteLineAsync(
                    $"Nothing goes out to {destination} as long as {(to.Channel is null ? "Mastodon" : "Discord")} has no credentials."
                );
            }

            foreach (
                var (quote, length, limit) in services
                    .GetRequiredService<PostRenderer>()
                    .TooLong(services.GetRequiredService<LiveCatalogue>().Current, to)
            )
            {
                await error.WriteLineAsync(
                    $"{quote.Id} is too long for {destination} ({length} characters of {limit}) and is never chosen there."
                );
            }
        }
    }

    private static TablePrinter Brief(IReadOnlyList<PlanEntry> plan)
    {
        var list = new TablePrinter("when", "schedule", "to", "length", "what");
        foreach (var planned in plan)
        {
            list.Add(
                When(planned),
                planned.Schedule,
                planned.Destination,
                Length(planned),
                planned.Text is null
                    ? new Cell($"nothing: {planned.Reason}", TextStyle.Quiet)
                    : new Cell(string.Join(' ', planned.Items))
            );
        }

        return list;
    }

    private static TablePrinter Table(IReadOnlyList<PlanEntry> plan)
    {
        var list = new TablePrinter("when and where", "what") { HasLines = true, WrapColumn = 1 };
        foreach (var planned in plan)
        {
            list.Add(
                $"{When(planned)}\n{planned.Schedule}\n→ {planned.Destination}\n{Length(planned)}".TrimEnd(),
                new Cell(
                    string.Join('\n', [Said(planned), .. planned.Notes.Select(note => $"Note: {note}")]),
                    planned.Text is null ? TextStyle.Quiet : TextStyle.Plain
                )
            );
        }

        return list;
    }

    private static string Text(IReadOnlyList<PlanEntry> plan) =>
        string.Join(
            "\n\n",
            plan.Select(planned =>
                $"{When(planned)}  {planned.Schedule} → {planned.Destination}{(planned.Length is null ? "" : $"  ({Length(planned)})")}\n"
                + string.Join('\n', [Indented(Said(planned)), .. planned.Notes.Select(note => $"  Note: {note}")])
            )
        );

    private static string Said(PlanEntry planned) =>
        planned.Text is null ? $"nothing: {planned.Reason}"
        : planned.Warning is null ? planned.Text
        : $"[content warning: {planned.Warning}]\n{planned.Text}";

    private static string When(PlanEntry planned) =>
        planned.Local.ToString("ddd d MMM yyyy HH:mm zzz", CultureInfo.InvariantCulture);

    private static string Length(PlanEntry planned) =>
        planned.Length is { } length ? string.Create(CultureInfo.InvariantCulture, $"{length} of {planned.Limit}") : "";

    private static string Indented(string text) => "  " + text.Replace("\n", "\n  ", StringComparison.Ordinal);
}
