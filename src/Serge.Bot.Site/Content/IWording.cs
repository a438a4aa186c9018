namespace Serge.Bot.Site.Content;

/// <summary>The texts that the site shares with posts and answers, in one language, so that a quotation has the same
/// credit everywhere. All are plain text.</summary>
public interface IWording
{
    /// <summary>A date, as exact as it is known: "1 February 1933".</summary>
    string FormatDate(EdtfDate date);

    /// <summary>A day of any year: "1 February".</summary>
    string FormatDayOfYear(DateOnly day);

    /// <summary>The name of a month, 1 to 12.</summary>
    string FormatMonth(int month);

    /// <summary>A day of the calendar then in use in Russia: "25 October 1917".</summary>
    string FormatOldStyle(JulianDay day);

    /// <summary>The words of a quotation in quotation marks, unless they contain some.</summary>
    string AddQuotationMarks(string text);

    /// <summary>A text of the site with a name instead of <c>{0}</c>: "quotations of Emma Goldman". In French the word
    /// before a vowel is elided: « citations d’Emma Goldman ».</summary>
    string InsertName(string text, string name);

    /// <summary>The line below a quotation: author, work, date, and who quotes it.</summary>
    string FormatCredit(Quote quote);

    /// <summary>How many sources give the date of an event, or that they differ.</summary>
    string FormatCertainty(Event known);
}
