using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary><c>/timeline</c>: the events of a period, in pages.</summary>
/// <remarks>The answer is ephemeral, because its pages change. The buttons contain the period and a page number; the
/// pages are created again for each button press.</remarks>
internal sealed class TimelineSlashCommand(LiveCatalogue catalogue) : ISlashCommand
{
    private const int MaxLinesPerPage = 8;

    /// <summary>Leaves room for heading and notes in a message.</summary>
    private const int MaxPageLength = 1600;

    public CommandDefinition Definition { get; } =
        CommandText.CreateCommandOf(catalogue.Current.Author, "timeline", CreateOption("from"), CreateOption("to"));

    public bool IsEphemeral(Interaction interaction) => true;

    public bool ReplacesMessage(Interaction.ButtonPress press) => true;

    public ValueTask<Reply> HandleAsync(
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        if (
            !TryParse(command, "from", strings, out var from, out var problem)
            || !TryParse(command, "to", strings, out var to, out problem)
        )
        {
            return new(Replies.Ephemeral(problem));
        }

        var span = TimelineSpan.Create(from, to);
        if (span.From?.Earliest > span.To?.Latest)
        {
            problem = strings.EndIsBeforeStart(span.To!.Text, span.From!.Text);
            return new(Replies.Ephemeral(problem));
        }

        if (CreatePage(span, 1, strings) is not { } page)
        {
            return new(CreateEmpty(span, strings));
        }

        return new(new Reply.Message(page, Ephemeral: true));
    }

    public ValueTask<Reply> HandleButtonAsync(
        Interaction.ButtonPress press,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        if (
            press.CustomId.Split(':') is ["timeline", var from, var to, var number]
            && TimelineSpan.TryParse(from, to, out var span)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            && CreatePage(span, page, strings) is { } message
        )
        {
            return new(new Reply.Update(message));
        }

        return new(Replies.Ephemeral(strings.UnknownButton));
    }

    private static CommandOption CreateOption(string name) =>
        CommandText.CreateOption($"timeline {name}") with
        {
            MaxLength = 40,
        };

    private static bool TryParse(
        Interaction.Command command,
        string option,
        Strings strings,
        out EdtfDate? date,
        out string problem
    )
    {
        date = null;
        problem = "";
        if (!command.Options.TryGetValue(option, out var typed))
        {
            return true;
        }

        var input = DateInput.Parse(typed);
        if (input?.Edtf is not null)
        {
            date = input.Edtf;
            return true;
        }

        var shown = Replies.FormatInput(typed, strings);
        problem = strings.NoDate(shown);
        if (DateInput.FindAmbiguity(typed) is var (dayFirst, monthFirst))
        {
            problem = strings.AmbiguousDay(shown, strings.DayOfYear(dayFirst), strings.DayOfYear(monthFirst));
        }
        else if (input is { Exists: false, Month: { } month })
        {
            problem = strings.NoSuchDate(shown, strings.Month(month), strings.Number(input.DaysInMonth));
        }

        return false;
    }

    /// <summary>Creates a page; the last one if there are fewer.</summary>
    /// <returns><see langword="null"/> if there are no events in the period.</returns>
    private DiscordMessage? CreatePage(TimelineSpan span, int number, Strings strings)
    {
        var events = catalogue
            .Current.Events.Where(e => span.Contains(e.Date))
            .OrderBy(e => e.Date.Earliest ?? DateOnly.MinValue)
            .ThenBy(e => e.Date.Latest ?? DateOnly.MaxValue)
            .ToArray();
        var allLines = events.Select(e => EventFormatter.FormatLine(e, Markup.Discord, strings));
        var pages = SplitIntoPages(allLines);
        if (pages.Count == 0)
        {
            return null;
        }

        number = Math.Clamp(number, 1, pages.Count);
        var label = span.GetLabel(events);
        var heading = strings.TimelineHeading(
            strings.Date(label),
            strings.Events(events.Length),
            strings.Number(number),
            strings.Number(pages.Count)
        );
        var lines = string.Join('\n', pages[number - 1]);
        var text = $"**{heading}**\n{lines}\n-# {strings.TimelineHint}";
        return new DiscordMessage
        {
            Text = EventFormatter.AddLanguageNote(text, Markup.Discord, strings),
            Buttons = CreateButtons(span, number, pages.Count, strings),
        };
    }

    private static List<Button> CreateButtons(TimelineSpan span, int number, int count, Strings strings)
    {
        List<Button> buttons = [];
        if (number > 1)
        {
            buttons.Add(CreateButton(strings.PreviousPage, number - 1));
        }

        if (number < count)
        {
            buttons.Add(CreateButton(strings.NextPage, number + 1));
        }

        return buttons;

        Button CreateButton(string label, int page)
        {
            var number = page.ToString(CultureInfo.InvariantCulture);
            return new(label, $"timeline:{span.From}:{span.To}:{number}");
        }
    }

    /// <summary>Distributes lines over pages. A line that is too long for a page is left out.</summary>
    internal static List<List<string>> SplitIntoPages(IEnumerable<string> lines)
    {
        List<List<string>> pages = [];
        var length = 0;
        foreach (var line in lines.Where(line => line.Length < MaxPageLength))
        {
            if (pages.Count == 0 || pages[^1].Count == MaxLinesPerPage || length + line.Length > MaxPageLength)
            {
                pages.Add([]);
                length = 0;
            }

            pages[^1].Add(line);
            length += line.Length + 1;
        }

        return pages;
    }

    private Reply CreateEmpty(TimelineSpan span, Strings strings)
    {
        var label = strings.Date(span.GetLabel([]));
        var dates = catalogue
            .Current.Events.Select(e => e.Date)
            .Where(date => date is { Earliest: not null, Latest: not null })
            .ToArray();
        if (dates.Length == 0)
        {
            return Replies.Ephemeral(strings.NoEvents(label));
        }

        var first = dates.Min(date => date.Earliest!.Value.Year);
        var last = dates.Max(date => date.Latest!.Value.Year);
        return Replies.Ephemeral(strings.NoEventsIn(label, first, last));
    }
}
