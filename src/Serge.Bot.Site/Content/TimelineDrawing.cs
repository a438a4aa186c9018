using System.Globalization;

namespace Serge.Bot.Site.Content;

/// <summary>The timeline as rows of marks: one row per year, or per several where the years are many.</summary>
public sealed record TimelineDrawing
{
    /// <summary>More rows would make the page larger than it may be.</summary>
    private const int MaxRows = 100;

    private const int MaxMarks = 22;

    /// <summary>In units of the drawing, as are all lengths and coordinates.</summary>
    public const int RowHeight = 30;

    /// <summary>Between the centers of two marks.</summary>
    public const int MarkWidth = 18;

    /// <summary>Where the name of a row begins.</summary>
    public const int LabelX = 4;

    /// <summary>Where the bar of the years of the life begins.</summary>
    public const int LivedX = 78;

    public const int LivedWidth = 4;

    /// <summary>The center of the first mark of a row.</summary>
    private const int FirstMark = 100;

    /// <summary>Where the number of events without a mark begins, right of the last mark.</summary>
    public const int HiddenX = Width - 46;

    public const int Width = FirstMark + (MaxMarks * MarkWidth) + 40;

    /// <summary>From the middle of a row to the baseline of its texts.</summary>
    private const int BaselineOffset = 5;

    private TimelineDrawing(IReadOnlyList<TimelineRow> rows, int yearsPerRow)
    {
        Rows = rows;
        YearsPerRow = yearsPerRow;
    }

    public IReadOnlyList<TimelineRow> Rows { get; }

    /// <summary>1 where that gives few enough rows, otherwise 10, 100 or 1000.</summary>
    public int YearsPerRow { get; }

    public int Height => (Rows.Count * RowHeight) + 8;

    /// <summary>Draws events that are sorted by time.</summary>
    /// <param name="events">Oldest first.</param>
    /// <param name="lived">The author's life; null when it is not known.</param>
    public static TimelineDrawing Create(IReadOnlyList<Event> events, EdtfDate? lived)
    {
        if (events.Count == 0)
        {
            return new([], yearsPerRow: 1);
        }

        var step = FindStep(events);
        List<TimelineRow> rows = [];
        foreach (var group in events.GroupBy(known => SiteContent.GetYear(known) / step * step))
        {
            var year = group.Key;
            var top = (rows.Count * RowHeight) + 4;
            var row = CreateRow(year, step, [.. group], top) with
            {
                StartsDecade = rows.Count == 0 || rows[^1].Year / 10 != year / 10,
                IsLived = IsLived(year, step, lived),
            };
            rows.Add(row);
        }

        return new(rows, step);
    }

    /// <summary>The marks of one kind are one line, which is drawn as dots with the dashes of the drawing: the
    /// shortest way to draw many.</summary>
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
        return steps.FirstOrDefault(step => CountRows(events, step) <= MaxRows, 1000);
    }

    private static int CountRows(IReadOnlyList<Event> events, int step)
    {
        var rows = events.Select(known => SiteContent.GetYear(known) / step);
        return rows.Distinct().Count();
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

    private static string GetLabel(int year, int step)
    {
        if (step == 1)
        {
            return $"{year}";
        }

        // There is no year 0.
        return $"{Math.Max(year, 1)}–{year + step - 1}";
    }

    private static TimelineRow CreateRow(int year, int step, IReadOnlyList<Event> events, int top)
    {
        var middle = top + (RowHeight / 2);
        var shown = events.OrderBy(known => known.Kind).Take(MaxMarks);
        var marks = shown.Select((known, i) => (known.Kind, X: FirstMark + (i * MarkWidth)));
        var byKind = marks.GroupBy(mark => mark.Kind, mark => mark.X);
        var paths = byKind.SelectMany(group => CreatePaths(group.Key, [.. group], middle));
        return new()
        {
            Year = year,
            FirstYearWithEvents = SiteContent.GetYear(events[0]),
            Label = GetLabel(year, step),
            Count = events.Count,
            Hidden = Math.Max(0, events.Count - MaxMarks),
            Top = top,
            Baseline = middle + BaselineOffset,
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

    /// <summary>The baseline of its texts.</summary>
    public required int Baseline { get; init; }

    public bool StartsDecade { get; init; }

    /// <summary>Whether the author lived in one of its years.</summary>
    public bool IsLived { get; init; }

    /// <summary>The marks of its events: a class of the stylesheet and the path of an SVG.</summary>
    public required IReadOnlyList<(string Class, string Path)> Paths { get; init; }
}
