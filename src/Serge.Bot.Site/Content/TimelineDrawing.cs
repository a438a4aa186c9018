using System.Globalization;

namespace Serge.Bot.Site.Content;

/// <summary>The timeline as rows of marks: one row per year, or per several where the years are many.</summary>
public sealed record TimelineDrawing
{
    /// <summary>More rows would make the page larger than it may be.</summary>
    private const int MaxRows = 100;

    private const int MaxMarks = 22;
    private const int RowHeight = 30;
    private const int FirstMark = 100;

    /// <summary>As <c>stroke-dasharray</c> in the stylesheet.</summary>
    private const int MarkWidth = 18;

    private TimelineDrawing(IReadOnlyList<TimelineRow> rows)
    {
        Rows = rows;
    }

    public IReadOnlyList<TimelineRow> Rows { get; }

    /// <summary>In units of the drawing, as are all coordinates.</summary>
    public int Width { get; } = FirstMark + (MaxMarks * MarkWidth) + 40;

    public int Height => (Rows.Count * RowHeight) + 8;

    /// <summary>Draws events that are sorted by time.</summary>
    /// <param name="events">Oldest first.</param>
    /// <param name="lived">The author's life; null when it is not known.</param>
    public static TimelineDrawing Create(IReadOnlyList<Event> events, EdtfDate? lived)
    {
        if (events.Count == 0)
        {
            return new([]);
        }

        var step = FindStep(events);
        List<TimelineRow> rows = [];
        foreach (var group in events.GroupBy(known => SiteContent.GetYear(known) / step * step))
        {
            var top = (rows.Count * RowHeight) + 4;
            var isDecade = rows.Count == 0 || rows[^1].Year / 10 != group.Key / 10;
            var row = CreateRow(group.Key, step, [.. group], top);
            rows.Add(row with { StartsDecade = isDecade, IsLived = IsLived(group.Key, step, lived) });
        }

        return new(rows);
    }

    /// <summary>The marks of one kind are one line, which the stylesheet draws as dots: the shortest way to draw
    /// many.</summary>
    private static IEnumerable<(string Class, string Path)> CreatePaths(
        EventKind kind,
        IReadOnlyList<int> marks,
        int middle
    )
    {
        // One unit more than to the last mark, so that it is certainly drawn.
        var length = ((marks.Count - 1) * MarkWidth) + 1;
        var path = string.Create(CultureInfo.InvariantCulture, $"M{marks[0]} {middle}h{length}");
        switch (kind)
        {
            case EventKind.Life:
                yield return ("life", path);
                break;
            case EventKind.Context:
                // A ring is a disc with a smaller one in the colour of the paper.
                yield return ("times", path);
                yield return ("hole", path);
                break;
            default:
                yield return ("person", path);
                break;
        }
    }

    /// <summary>The years of a row: 1 where that gives few enough rows.</summary>
    private static int FindStep(IReadOnlyList<Event> events)
    {
        int[] steps = [1, 10, 100];
        return steps.FirstOrDefault(
            step => events.Select(known => SiteContent.GetYear(known) / step).Distinct().Count() <= MaxRows,
            1000
        );
    }

    private static bool IsLived(int year, int step, EdtfDate? lived)
    {
        if (lived is null)
        {
            return false;
        }

        var birth = lived.Earliest?.Year ?? int.MinValue;
        var death = lived.Latest?.Year ?? int.MaxValue;
        return year + step > birth && year <= death;
    }

    private static TimelineRow CreateRow(int year, int step, IReadOnlyList<Event> events, int top)
    {
        var shown = events.OrderBy(known => known.Kind).Take(MaxMarks);
        var middle = top + (RowHeight / 2);
        var marks = shown.Select((known, i) => (known.Kind, X: FirstMark + (i * MarkWidth)));
        var paths = marks
            .GroupBy(mark => mark.Kind, mark => mark.X)
            .SelectMany(group => CreatePaths(group.Key, [.. group], middle));
        return new()
        {
            Year = year,
            FirstYearWithEvents = SiteContent.GetYear(events[0]),
            Label = step == 1 ? $"{year}" : $"{year}–{year + step - 1}",
            Count = events.Count,
            Hidden = Math.Max(0, events.Count - MaxMarks),
            Top = top,
            Middle = middle,
            Paths = [.. paths],
        };
    }
}

/// <summary>A row of the timeline, which leads to the page of its year.</summary>
public sealed record TimelineRow
{
    public required int Year { get; init; }

    /// <summary>The year whose page it leads to.</summary>
    public required int FirstYearWithEvents { get; init; }

    public required string Label { get; init; }

    public required int Count { get; init; }

    /// <summary>Events without a mark.</summary>
    public required int Hidden { get; init; }

    public required int Top { get; init; }

    public required int Middle { get; init; }

    public bool StartsDecade { get; init; }

    /// <summary>Whether the author lived in one of its years.</summary>
    public bool IsLived { get; init; }

    /// <summary>The marks of its events: a class of the stylesheet and the path of an SVG.</summary>
    public required IReadOnlyList<(string Class, string Path)> Paths { get; init; }
}
