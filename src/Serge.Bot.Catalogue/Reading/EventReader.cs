namespace Serge.Bot.Catalogue.Reading;

/// <summary><c>events.yaml</c>: the dated events.</summary>
internal static class EventReader
{
    private static readonly string[] Keys =
    [
        "id",
        "date",
        "oldStyle",
        "text",
        "kind",
        "via",
        "sources",
        "status",
        "note",
    ];

    public static (IReadOnlyList<Event> Events, DuplicateCheck Texts) Read(
        YamlNode root,
        SourceList? sources,
        ProblemList problems
    )
    {
        List<Event> events = [];
        DuplicateCheck duplicates = new("event", problems);
        foreach (var entry in EntryReader.All(root, Keys, problems))
        {
            var @event = ReadEvent(entry, sources, problems);
            events.Add(@event);
            duplicates.CheckId(@event.Id, entry.AtOf("id"));
            duplicates.AddText(@event.Id, @event.Text, entry.AtOf("text"), mayBeNear: @event.Note is not null);
        }

        return (events, duplicates);
    }

    private static Event ReadEvent(EntryReader entry, SourceList? sources, ProblemList problems)
    {
        var text = entry.Text("text", TextRule.Line(TextRule.MaxQuoteLength));
        Typography.CheckStraightMarks(text, entry.AtOf("text"), problems);
        Typography.CheckSentenceEnd(text, entry.AtOf("text"), problems);
        var date = entry.Date("date");
        Event @event = new()
        {
            Id = entry.Id(),
            Date = date ?? EntryReader.NoDate,
            OldStyle = OldStyle(entry, date, problems),
            Text = text,
            Kind = entry.Choice("kind", KeywordTable.EventKinds) ?? default,
            Via =
            [
                .. entry
                    .List("via")
                    .Select(named => entry.SourceCalled("via", named.Text, named.At, sources, SourceKind.Essay)),
            ],
            Sources =
            [
                .. entry
                    .List("sources")
                    .Select(named =>
                        entry.SourceCalled(
                            "sources",
                            named.Text,
                            named.At,
                            sources,
                            SourceKind.Reference,
                            SourceKind.Work
                        )
                    ),
            ],
            Status = entry.Choice("status", KeywordTable.EventStatuses) ?? default,
            Note = entry.OptionalText("note", TextRule.Line(500)),
            Location = entry.At,
        };
        CheckSupport(entry, @event, problems);
        return @event;
    }

    private static void CheckSupport(EntryReader entry, Event @event, ProblemList problems)
    {
        if (@event.Status == EventStatus.Disputed && @event.Note is null)
        {
            problems.AddError(
                entry.AtOf("status"),
                "The event is disputed, but nothing says how.",
                "Add 'note: …' with what other sources say."
            );
        }

        if (entry.NamesNothing("via") && entry.NamesNothing("sources"))
        {
            problems.AddWarning(
                entry.At,
                "Nothing says where the event is known from.",
                "Name an essay under 'via' or a reference under 'sources'."
            );
        }
    }

    private static JulianDay? OldStyle(EntryReader entry, EdtfDate? date, ProblemList problems)
    {
        var text = entry.OptionalText("oldStyle", TextRule.Line(40));
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var at = entry.AtOf("oldStyle");
        if (!JulianDay.TryParse(text, out var oldStyle))
        {
            problems.AddError(
                at,
                $"'{text}' is not a day of the Julian calendar.",
                "Write a day such as 1917-10-25, or take the line away."
            );
        }
        else if (date is { Precision: not EdtfPrecision.Day })
        {
            problems.AddError(
                at,
                "An old-style day stands beside a date that is no day.",
                "Give the exact day as 'date', or take 'oldStyle' away."
            );
        }
        else if (date?.Earliest is { } day && oldStyle.ToGregorian() != day)
        {
            problems.AddError(
                at,
                FormattableString.Invariant(
                    $"The old-style day {oldStyle} is {oldStyle.ToGregorian():yyyy-MM-dd} in our calendar, not {day:yyyy-MM-dd}."
                ),
                $"Write {JulianDay.FromGregorian(day)} here, or correct 'date'."
            );
        }

        return oldStyle;
    }
}
