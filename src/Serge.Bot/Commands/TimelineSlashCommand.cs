using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary><c>/timeline</c>: the events of a stretch of time, page by page.</summary>
/// <remarks>Only the member who asked sees it, for it is leafed through. The buttons carry the span and a page; the pages are reckoned anew at each press.</remarks>
internal sealed class TimelineSlashCommand(LiveCatalogue catalogue) : ISlashCommand
{
    private const int MostOnAPage = 8;

    public CommandDefinition Definition { get; } =
        CommandText.Command(
            "timeline",
            CommandText.Option("timeline from") with
            {
                MaxLength = 40,
            },
            CommandText.Option("timeline to") with
            {
                MaxLength = 40,
            }
        );

    public bool IsEphemeral(Interaction interaction) => true;

    public ValueTask<Reply> HandleAsync(Interaction.Command command, Strings words, CancellationToken cancellationToken)
    {
        var ends = new EdtfDate?[2];
        foreach (var (index, option) in (IEnumerable<(int, string)>)[(0, "from"), (1, "to")])
        {
            if (command.Options.GetValueOrDefault(option) is not { } typed)
            {
                continue;
            }

            var date = DateInput.Read(typed);
            if (date?.Edtf is not { } edtf)
            {
                var shown = Replies.Typed(typed, words);
                return new(
                    Replies.Ephemeral(
                        date is { Exists: false }
                            ? words.NoSuchDate(shown, words.Month(date.Month!.Value), words.Number(date.DaysInMonth))
                            : words.NoDate(shown)
                    )
                );
            }

            ends[index] = edtf;
        }

        var span = Span.Of(ends[0], ends[1]);
        return new(
            span.From?.Earliest > span.To?.Latest
                ? Replies.Ephemeral(words.EndsBeforeItBegins(span.To!.Text, span.From!.Text))
            : Page(span, 1, words) is { } page ? new Reply.Message(page, Ephemeral: true)
            : NothingThere(span, words)
        );
    }

    public ValueTask<Reply> HandleButtonAsync(
        Interaction.ButtonPress press,
        Strings words,
        CancellationToken cancellationToken
    ) =>
        new(
            press.CustomId.Split(':') is ["timeline", var from, var to, var number]
            && Span.TryRead(from, to, out var span)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            && Page(span, page, words) is { } shown
                ? new Reply.Update(shown)
                : Replies.Ephemeral(words.ButtonIsGone)
        );

    /// <summary>One page; the last when there are not so many. <see langword="null"/> when nothing is dated to the span.</summary>
    private DiscordMessage? Page(Span span, int number, Strings words)
    {
        var events = catalogue
            .Current.Events.Where(e => span.Holds(e.Date))
            .OrderBy(e => e.Date.Earliest ?? DateOnly.MinValue)
            .ThenBy(e => e.Date.Latest ?? DateOnly.MaxValue)
            .ToArray();
        var pages = Pages(events.Select(e => EventFormatter.Line(e, Markup.Discord, words)));
        if (pages.Count == 0)
        {
            return null;
        }

        number = Math.Clamp(number, 1, pages.Count);
        var heading = words.TimelineHeading(
            words.Date(span.Label(events)),
            words.Events(events.Length),
            words.Number(number),
            words.Number(pages.Count)
        );
        return new DiscordMessage
        {
            Text = EventFormatter.WithRemark(
                $"**{heading}**\n{string.Join('\n', pages[number - 1])}\n-# {words.TimelineHint}",
                Markup.Discord,
                words
            ),
            Buttons =
            [
                .. number > 1 ? [new Button(words.PreviousPage, Button(number - 1))] : (IReadOnlyList<Button>)[],
                .. number < pages.Count ? [new Button(words.NextPage, Button(number + 1))] : (IReadOnlyList<Button>)[],
            ],
        };

        string Button(int page) =>
            string.Create(CultureInfo.InvariantCulture, $"timeline:{span.From}:{span.To}:{page}");
    }

    /// <summary>Lines in pages of a few, none longer than a message with heading and remarks allows. A line that is too long for a page of its own is left out.</summary>
    internal static List<List<string>> Pages(IEnumerable<string> lines)
    {
        const int room = 1600;
        List<List<string>> pages = [];
        foreach (var line in lines.Where(line => line.Length < room))
        {
            if (
                pages is not [.., var last]
                || last.Count == MostOnAPage
                || last.Sum(one => one.Length + 1) + line.Length > room
            )
            {
                pages.Add(last = []);
            }

            last.Add(line);
        }

        return pages;
    }

    private Reply NothingThere(Span span, Strings words)
    {
        var days = catalogue
            .Current.Events.Where(e => e.Date is { Earliest: not null, Latest: not null })
            .Select(e => e.Date)
            .OrderBy(date => date.Earliest)
            .ToArray();
        return days.Length == 0
            ? Replies.Ephemeral(words.NoEventOn(words.Date(span.Label([]))))
            : Replies.Ephemeral(
                words.NoEventsIn(
                    words.Date(span.Label([])),
                    words.Date(days[0]),
                    words.Date(days.MaxBy(date => date.Latest)!)
                )
            );
    }

    /// <summary>A stretch of time; an end that is <see langword="null"/> is open.</summary>
    private sealed record Span(EdtfDate? From, EdtfDate? To)
    {
        /// <summary>From the beginning of the one to the end of the other; an interval on its own is both.</summary>
        public static Span Of(EdtfDate? from, EdtfDate? to) =>
            new(
                from is { Precision: EdtfPrecision.Interval } ? from.Start : from,
                to is { Precision: EdtfPrecision.Interval }
                    ? to.End
                    : to ?? (from is { Precision: EdtfPrecision.Interval } ? from.End : null)
            );

        public static bool TryRead(string from, string to, out Span span)
        {
            span = new Span(
                EdtfDate.TryParse(from, out var first, out _) ? first : null,
                EdtfDate.TryParse(to, out var last, out _) ? last : null
            );
            return (from.Length == 0 || span.From is not null) && (to.Length == 0 || span.To is not null);
        }

        /// <summary>Whether a date may lie in it.</summary>
        public bool Holds(EdtfDate date) => !(date.Latest < From?.Earliest) && !(date.Earliest > To?.Latest);

        /// <summary>How it is called; open at both ends it goes by the years of the events.</summary>
        public EdtfDate Label(IReadOnlyList<Event> events) =>
            (From, To) switch
            {
                (null, null) when events is [{ Date.Earliest: { } first }, .., { Date.Earliest: { } last }] =>
                    EdtfDate.Parse(string.Create(CultureInfo.InvariantCulture, $"{first.Year:D4}/{last.Year:D4}")),
                (null, null) => EdtfDate.Parse("0001/.."),
                ({ } one, { } same) when one == same => one,
                _ => EdtfDate.Parse($"{From?.Text ?? ".."}/{To?.Text ?? ".."}"),
            };
    }
}
