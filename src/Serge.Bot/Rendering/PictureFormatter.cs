namespace Serge.Bot.Rendering;

/// <summary>Selects the words of a picture.</summary>
internal static class PictureFormatter
{
    /// <summary>A quotation with its attribution, as below a post. Remarks are in the text of the post only.</summary>
    public static PostPicture Format(Quote quote, Strings strings)
    {
        List<PictureRun> author = [new(quote.Author)];
        if (quote.Work is { } work)
        {
            author.Add(new PictureRun(", "));
            author.AddRange(CreateWork(quote, work, strings));
        }

        if (QuoteFormatter.FindDate(quote) is { } date)
        {
            var written = strings.Date(date);
            author.Add(new PictureRun($", {written}"));
        }

        List<PictureLine> credit = [new PictureLine(author)];
        if (quote.Via is { } essay)
        {
            var quotedBy = strings.QuotedBy(essay.Author ?? essay.Title);
            credit.Add(CreateLine(quotedBy));
        }

        return new PostPicture
        {
            Body = QuoteFormatter.AddQuotationMarks(quote.Text),
            Credit = credit,
            IsHidden = quote.Warning is not null,
        };
    }

    /// <summary>The title in italics; for a work of another author, with that author.</summary>
    private static IEnumerable<PictureRun> CreateWork(Quote quote, Source work, Strings strings)
    {
        PictureRun title = new(work.Title, IsItalic: true);
        if (!QuoteFormatter.IsByAnother(quote, work))
        {
            return [title];
        }

        const string Title = "\u0000";
        var words = strings.InWorkBy(Title, work.Author!).Split(Title);
        return [new PictureRun(words[0]), title, new PictureRun(words[1])];
    }

    /// <summary>An event with its date and sources.</summary>
    public static PostPicture Format(Event e, Strings strings)
    {
        return new PostPicture
        {
            // An event of a month or a year is not an event of a day.
            Kicker = e.Date.IsDayExact ? strings.CardOnThisDay : null,
            Title = strings.Date(e.Date),
            Body = e.Text + EventFormatter.FormatRemarks(e, strings),
            Credit = [.. CreateSource(e, strings)],
            IsHidden = e.Warning is not null,
        };
    }

    private static IEnumerable<PictureLine> CreateSource(Event e, Strings strings)
    {
        if (e.Sources is [var source, ..])
        {
            var name = EventFormatter.FormatName(source, strings);
            yield return CreateLine(strings.SourceOf(name));
        }
    }

    private static PictureLine CreateLine(string text) => new([new PictureRun(text)]);
}
