namespace Serge.Bot.Rendering;

/// <summary>Selects the words of a picture.</summary>
internal static class PictureFormatter
{
    /// <summary>A quotation with its attribution, as below a post. Remarks are in the text of the post only.</summary>
    public static PostPicture Format(Quote quote, Strings strings)
    {
        List<PictureRun> author = [new("Victor Serge")];
        if (quote.Work is { } work)
        {
            author.Add(new PictureRun(", "));
            author.Add(new PictureRun(work.Title, IsItalic: true));
        }

        if (quote.Written is { } written)
        {
            author.Add(new PictureRun($", {strings.Date(written)}"));
        }

        var essayist = quote.Via.Author ?? quote.Via.Title;
        return new PostPicture
        {
            Body = QuoteFormatter.AddQuotationMarks(quote.Text),
            Credit = [new PictureLine(author), CreateLine(strings.QuotedBy(essayist))],
        };
    }

    /// <summary>An event with its date and sources.</summary>
    public static PostPicture Format(Event e, Strings strings)
    {
        var note = e.Status == EventStatus.Disputed ? $" ({strings.DateIsDisputed(e.Note)})" : "";
        return new PostPicture
        {
            // An event of a month or a year is not an event of a day.
            Kicker = e.Date.IsDayExact ? strings.CardOnThisDay : null,
            Title = strings.Date(e.Date),
            Body = e.Text + note,
            Credit = [CreateLine(EventFormatter.FormatSources([e], strings))],
        };
    }

    private static PictureLine CreateLine(string text) => new([new PictureRun(text)]);
}
