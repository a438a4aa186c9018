namespace Serge.Bot.Catalogue.Reading;

/// <summary><c>events.yaml</c>: the dated events.</summary>
internal static class EventList
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

    public static (IReadOnlyList<Event> Events, Duplicates Texts) Read(
        YamlNode root,
        SourceList? sources,
        ProblemList problems
    )
    {
        List<Event> events = [];
        Duplicates duplicates = new("event", problems);
        foreach (var entry in Entry.All(root, Keys, problems))
        {
            var @event = ReadEvent(entry, sources, problems);
            events.Add(@event);
            duplicates.Add(@event.Id, entry.AtOf("id"));
            duplicates.AddText(@event.Id, @event.Text, entry.AtOf("text"), mayBeNear: @event.Note is not null);
        }

        return (events, duplicates);
    }

    private static Event ReadEvent(Entry entry, SourceList? sources, ProblemList problems)
    {
        var text = entry.Text("text", TextRule.Line(TextRule.MaxQuoteLength));
        Typography.Check(text, entry.AtOf("text"), problems);
        Typography.CheckSentence(text, entry.AtOf("text"), problems);
        var date = entry.Date("date");
        Event @event = new()
        {
            Id = entry.Id(),
            Date = date ?? Entry.NoDate,
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
            At = entry.At,
        };
        CheckSupport(entry, @event, problems);
        return @event;
    }

    private static void CheckSupport(Entry entry, Event @event, ProblemList problems)
    {
        if (@event.Status == EventStatus.Disputed && @event.Note is null)
        {
            problems.Error(
                entry.AtOf("status"),
                "The event is disputed, but nothing says how.",
                "Add 'note: …' with what other sources say."
            );
        }

        if (entry.NamesNothing("via") && entry.NamesNothing("sources"))
        {
            problems.Warning(
                entry.At,
                "Nothing says where the event is known from.",
                "Name an essay under 'via' or a reference under 'sources'."
            );
        }
    }

    private static JulianDay? OldStyle(Entry entry, EdtfDate? date, ProblemList problems)
    {
        var text = entry.OptionalText("oldStyle", TextRule.Line(40));
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var at = entry.AtOf("oldStyle");
        if (!JulianDay.TryParse(text, out var oldStyle))
        {
            problems.Error(
                at,
                $"'{text}' is not a day of the Julian calendar.",
                "Write a day such as 1917-10-25, or take the line away."
            );
        }
        else if (date is { Precision: not EdtfPrecision.Day })
        {
            problems.Error(
                at,
                "An old-style day stands beside a date that is no day.",
                "Give the exact day as 'date', or take 'oldStyle' away."
            );
        }
        else if (date?.Earliest is { } day && oldStyle.ToGregorian() != day)
        {
            problems.Error(
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
