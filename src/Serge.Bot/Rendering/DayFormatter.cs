namespace Serge.Bot.Rendering;

/// <summary>Formats the events of a day as one text, from everything that is known to the least that must be
/// said.</summary>
/// <param name="markup">The platform's.</param>
/// <param name="strings">The reader's language.</param>
/// <param name="links">Where the link leads; <see langword="null"/> where readers cannot follow one in the
/// text.</param>
internal sealed class DayFormatter(Markup markup, Strings strings, PageLinks? links = null)
{
    private static readonly DayParts[] WithoutQuotation =
    [
        DayParts.All,
        DayParts.All with
        {
            HasMentions = false,
        },
        DayParts.All with
        {
            HasMentions = false,
            HasLink = false,
        },
        DayParts.All with
        {
            HasMentions = false,
            HasLink = false,
            HasRemarks = false,
        },
        DayParts.Least with
        {
            HasFullSources = true,
        },
        DayParts.Least,
    ];

    /// <summary>Whether the day is today for the reader. Default true, as in posts. On another day no anniversary is
    /// named, because its heading says "today".</summary>
    public bool IsToday { get; init; } = true;

    /// <summary>From the longest to the shortest. Remarks and names of sources are shortened before an event is left
    /// out, and the last events are left out first.</summary>
    /// <returns>Empty when there are no events.</returns>
    public IEnumerable<DayText> GetVariants(DayContent day)
    {
        for (var count = day.Events.Count; count > 0; count--)
        {
            var shown = day.Take(count);
            if (shown.FirstQuote is { } quote)
            {
                // The words that belong to the day are worth more than a link, less than what explains the date.
                yield return Format(shown, WithoutQuotation[0], quote);
                yield return Format(shown, WithoutQuotation[1], quote);
                yield return Format(shown, WithoutQuotation[2], quote);
            }

            foreach (var parts in WithoutQuotation)
            {
                yield return Format(shown, parts, quote: null);
            }
        }
    }

    private DayText Format(DayContent day, DayParts parts, Quote? quote)
    {
        var paragraphs = FormatEvents(day, parts);
        if (quote is not null)
        {
            paragraphs.Add(QuoteFormatter.FormatBriefly(quote, markup, strings));
        }

        AddSources(paragraphs, day.Events, parts);
        if (parts.HasLink && links?.Find(day) is { } link)
        {
            paragraphs.Add(markup.Link(link));
        }

        var text = string.Join(markup.ParagraphBreak, paragraphs);
        return new(text, day.Events, quote);
    }

    private List<string> FormatEvents(DayContent day, DayParts parts)
    {
        var lines = day.Events.Select(e => EventFormatter.FormatLine(e, markup, strings, parts.HasRemarks)).ToList();
        var anniversary = IsToday && parts.HasAnniversary ? Anniversary.Find(day) : null;
        if (lines is [var only])
        {
            return [FormatOnly(only, anniversary)];
        }

        lines.Insert(0, FormatHeading(day, anniversary));
        return lines;
    }

    private string FormatOnly(string line, Anniversary? anniversary)
    {
        if (anniversary is null)
        {
            return strings.OnThisDay(line);
        }

        var years = strings.Years(anniversary.Years);
        return strings.Anniversary(years, line);
    }

    private string FormatHeading(DayContent day, Anniversary? anniversary)
    {
        if (anniversary is null)
        {
            return strings.OnThisDaySeveral;
        }

        var years = strings.Years(anniversary.Years);
        var date = strings.Date(anniversary.Event.Date);
        if (day.Events.All(e => e.Date == anniversary.Event.Date))
        {
            return strings.AnniversaryOfAll(years, date);
        }

        return strings.AnniversarySeveral(years, date);
    }

    private void AddSources(List<string> paragraphs, IReadOnlyList<Event> events, DayParts parts)
    {
        var sources = events.SelectMany(e => e.Sources.Take(1)).Distinct().ToArray();
        if (sources.Length > 0)
        {
            var names = JoinNames(sources, parts.HasFullSources);
            var text = sources.Length == 1 ? strings.SourceOf(names) : strings.SourcesOf(names);
            paragraphs.Add(markup.Subtext(text));
        }

        if (parts.HasMentions)
        {
            AddMentions(paragraphs, events, sources, parts.HasFullSources);
        }
    }

    /// <summary>Adds the essays that mention the events, without those that are sources.</summary>
    private void AddMentions(List<string> paragraphs, IReadOnlyList<Event> events, Source[] sources, bool isFull)
    {
        var mentions = events.SelectMany(e => e.MentionedBy).Distinct();
        var essays = mentions.Except(sources).ToArray();
        if (essays.Length > 0)
        {
            var names = JoinNames(essays, isFull);
            var mention = strings.MentionedIn(names);
            paragraphs.Add(markup.Subtext(mention));
        }
    }

    private string JoinNames(IEnumerable<Source> sources, bool isFull)
    {
        var names = sources.Select(source => EventFormatter.FormatName(source, strings, isFull));
        return string.Join(strings.Separator, names.Distinct(StringComparer.Ordinal));
    }

    /// <summary>What a text has besides the events and their sources.</summary>
    private sealed record DayParts
    {
        public static readonly DayParts Least = new();

        public static readonly DayParts All = new()
        {
            HasMentions = true,
            HasLink = true,
            HasRemarks = true,
            HasAnniversary = true,
            HasFullSources = true,
        };

        public bool HasMentions { get; init; }

        public bool HasLink { get; init; }

        /// <summary>What sources differ about, and the name of an old-style day.</summary>
        public bool HasRemarks { get; init; }

        public bool HasAnniversary { get; init; }

        /// <summary>Whether sources have their titles; otherwise the shortest name is enough.</summary>
        public bool HasFullSources { get; init; }
    }
}

/// <summary>A text about the events of a day.</summary>
/// <param name="Text">The text.</param>
/// <param name="Shown">The events in it.</param>
/// <param name="Quote">The quotation in it; <see langword="null"/> when there is none.</param>
internal sealed record DayText(string Text, IReadOnlyList<Event> Shown, Quote? Quote)
{
    /// <summary>The subjects of all content warnings in it, each once; <see langword="null"/> when there is
    /// none.</summary>
    /// <remarks>A warning lists its subjects with commas: "hunger, famine".</remarks>
    public string? Warning
    {
        get
        {
            var warnings = Shown.Select(e => e.Warning).Append(Quote?.Warning).OfType<string>();
            var subjects = warnings.SelectMany(warning => warning.Split(',', StringSplitOptions.TrimEntries));
            var all = string.Join(", ", subjects.Distinct(StringComparer.OrdinalIgnoreCase));
            return all.Length == 0 ? null : all;
        }
    }
}
