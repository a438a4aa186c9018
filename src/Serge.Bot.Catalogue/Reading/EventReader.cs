namespace Serge.Bot.Catalogue.Reading;

/// <summary>Reads <c>events.yaml</c>.</summary>
/// <param name="file">The file.</param>
/// <param name="sources">The sources that events may name.</param>
internal sealed class EventReader(QuoteFile file, SourceList sources)
{
    private static readonly string[] Keys =
    [
        "id",
        "date",
        "oldStyle",
        "text",
        "kind",
        "sources",
        "mentionedBy",
        "status",
        "note",
        "warning",
        "quote",
        "post",
    ];

    private readonly List<LocatedText> _quotes = [];

    public List<Event> Events { get; } = [];

    public DuplicateCheck Duplicates { get; } = new("event", file.Problems);

    /// <summary>Reads the entries into <see cref="Events"/>.</summary>
    public void Read()
    {
        foreach (var entry in file.ReadEntries(Keys))
        {
            var @event = ReadEvent(entry);
            Events.Add(@event);
            Duplicates.CheckId(entry, @event.Id);
            Duplicates.AddText(entry, @event.Id, @event.Text, hasNote: @event.Note is not null);
        }
    }

    /// <summary>Reports quotations that events name and that do not exist.</summary>
    public void CheckQuotes(IReadOnlyList<Quote> quotes)
    {
        var known = quotes.Select(quote => quote.Id).ToHashSet();
        foreach (var (id, location) in _quotes.Where(quote => !known.Contains(quote.Text)))
        {
            var hint = file.Problems.CreateHint(location, id, known, ProblemSeverity.Warning);
            file.Problems.AddWarning(
                location,
                $"There is no quotation '{id}', so the event is posted without one.",
                $"{hint}Correct it, or add a quotation with this id to quotes.yaml."
            );
        }
    }

    private Event ReadEvent(EntryReader entry)
    {
        var text = entry.ReadText("text", TextRule.Line(TextRule.MaxQuoteLength));
        var location = entry.GetLocation("text");
        Typography.CheckStraightMarks(text, location, file.Problems);
        Typography.CheckSentenceEnd(text, location, file.Problems);
        var date = entry.ReadDate("date");
        Event @event = new()
        {
            Id = entry.ReadId(),
            Date = date ?? EntryReader.DatePlaceholder,
            OldStyle = ReadOldStyle(entry, date),
            Text = text,
            Kind = entry.ReadKeyword<EventKind>("kind") ?? default,
            Sources = entry.ReadSources("sources", sources, SourceKind.Reference, SourceKind.Work, SourceKind.Essay),
            MentionedBy = entry.ReadSources("mentionedBy", sources, SourceKind.Essay),
            Status = entry.ReadKeyword<EventStatus>("status") ?? default,
            Note = entry.ReadOptionalText("note", TextRule.Line(500)),
            Warning = entry.ReadOptionalText("warning", TextRule.Line(100)),
            Quote = entry.ReadOptionalText("quote", TextRule.Id),
            IsPosted = entry.ReadFlag("post", whenMissing: true),
            Location = entry.Location,
        };
        if (@event.Quote is { Length: > 0 } quote)
        {
            var ofQuote = entry.GetLocation("quote");
            _quotes.Add(new(quote, ofQuote));
        }

        CheckSupport(entry, @event);
        return @event;
    }

    private void CheckSupport(EntryReader entry, Event @event)
    {
        if (@event.Status == EventStatus.Disputed && @event.Note is null)
        {
            file.Problems.AddError(
                entry.GetLocation("status"),
                "The event is disputed, but has no note.",
                "Add 'note: …' with what other sources say."
            );
        }

        if (entry.IsMissingOrEmpty("sources"))
        {
            file.Problems.AddWarning(
                entry.Location,
                "The event names nothing that its date rests on.",
                "Add a reference, or an essay that gives the date, to 'sources'."
            );
        }
    }

    private JulianDay? ReadOldStyle(EntryReader entry, EdtfDate? date)
    {
        var text = entry.ReadOptionalText("oldStyle", TextRule.Date);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var location = entry.GetLocation("oldStyle");
        if (!JulianDay.TryParse(text, out var oldStyle))
        {
            file.Problems.AddError(
                location,
                $"'{text}' is not a day of the Julian calendar.",
                "Write a day such as 1917-10-25, or remove the line."
            );
        }
        else if (date is { Precision: not EdtfPrecision.Day })
        {
            file.Problems.AddError(
                location,
                "The entry has an old-style day, but its date is not a day.",
                "Write the exact day in 'date', or remove 'oldStyle'."
            );
        }
        else if (date?.Earliest is { } day)
        {
            CheckOldStyle(oldStyle, day, location);
        }

        return oldStyle;
    }

    private void CheckOldStyle(JulianDay oldStyle, DateOnly day, FileLocation location)
    {
        var gregorian = oldStyle.ToGregorian();
        if (gregorian == day)
        {
            return;
        }

        file.Problems.AddError(
            location,
            $"The old-style day {oldStyle} is {gregorian:O} in the Gregorian calendar, not {day:O}.",
            $"Write {JulianDay.FromGregorian(day)} here, or correct 'date'."
        );
    }
}
