using System.Globalization;

namespace Serge.Bot.Catalogue.Tests.Dates;

public sealed class EdtfDateTests
{
    [Theory]
    [InlineData("1933-02-01", EdtfPrecision.Day, "1933-02-01", "1933-02-01")]
    [InlineData("1904-02-29", EdtfPrecision.Day, "1904-02-29", "1904-02-29")]
    [InlineData("2000-02-29", EdtfPrecision.Day, "2000-02-29", "2000-02-29")]
    [InlineData("0001-01-01", EdtfPrecision.Day, "0001-01-01", "0001-01-01")]
    [InlineData("9999-12-31", EdtfPrecision.Day, "9999-12-31", "9999-12-31")]
    [InlineData("1919-01", EdtfPrecision.Month, "1919-01-01", "1919-01-31")]
    [InlineData("1917-02", EdtfPrecision.Month, "1917-02-01", "1917-02-28")]
    [InlineData("1916-02", EdtfPrecision.Month, "1916-02-01", "1916-02-29")]
    [InlineData("9999-12", EdtfPrecision.Month, "9999-12-01", "9999-12-31")]
    [InlineData("1936-21", EdtfPrecision.Season, "1936-03-01", "1936-05-31")]
    [InlineData("1936-22", EdtfPrecision.Season, "1936-06-01", "1936-08-31")]
    [InlineData("2011-23", EdtfPrecision.Season, "2011-09-01", "2011-11-30")]
    [InlineData("1927-24", EdtfPrecision.Season, "1927-12-01", "1928-02-29")]
    [InlineData("1928-24", EdtfPrecision.Season, "1928-12-01", "1929-02-28")]
    [InlineData("9999-24", EdtfPrecision.Season, "9999-12-01", "9999-12-31")]
    [InlineData("1912", EdtfPrecision.Year, "1912-01-01", "1912-12-31")]
    [InlineData("0001", EdtfPrecision.Year, "0001-01-01", "0001-12-31")]
    [InlineData("196X", EdtfPrecision.Decade, "1960-01-01", "1969-12-31")]
    [InlineData("999X", EdtfPrecision.Decade, "9990-01-01", "9999-12-31")]
    [InlineData("19XX", EdtfPrecision.Century, "1900-01-01", "1999-12-31")]
    [InlineData("1939/1945", EdtfPrecision.Interval, "1939-01-01", "1945-12-31")]
    [InlineData("1911-07/1912-01", EdtfPrecision.Interval, "1911-07-01", "1912-01-31")]
    [InlineData("1961~/2011", EdtfPrecision.Interval, "1961-01-01", "2011-12-31")]
    [InlineData("1945/..", EdtfPrecision.Interval, "1945-01-01", null)]
    [InlineData("../1945-05-08", EdtfPrecision.Interval, null, "1945-05-08")]
    [InlineData("1936-06/1936", EdtfPrecision.Interval, "1936-06-01", "1936-12-31")]
    [InlineData("1936/1936", EdtfPrecision.Interval, "1936-01-01", "1936-12-31")]
    [InlineData("196X/1971-21?", EdtfPrecision.Interval, "1960-01-01", "1971-05-31")]
    [InlineData("1936-12-31/1936", EdtfPrecision.Interval, "1936-12-31", "1936-12-31")] // they may touch
    [InlineData("1936/1936-01-01", EdtfPrecision.Interval, "1936-01-01", "1936-01-01")]
    [InlineData("1936-02-29/1936-02", EdtfPrecision.Interval, "1936-02-29", "1936-02-29")]
    [InlineData("9999-23", EdtfPrecision.Season, "9999-09-01", "9999-11-30")]
    [InlineData("9998-24", EdtfPrecision.Season, "9998-12-01", "9999-02-28")]
    [InlineData("0001-24", EdtfPrecision.Season, "0001-12-01", "0002-02-28")]
    [InlineData("0001-12", EdtfPrecision.Month, "0001-12-01", "0001-12-31")]
    [InlineData("001X", EdtfPrecision.Decade, "0010-01-01", "0019-12-31")]
    [InlineData("01XX", EdtfPrecision.Century, "0100-01-01", "0199-12-31")]
    [InlineData("99XX", EdtfPrecision.Century, "9900-01-01", "9999-12-31")]
    public void TryParse_ADateOfLevelOne_StatesHowExactItIsAndWhichDaysItMayMean(
        string text,
        EdtfPrecision precision,
        string? earliest,
        string? latest
    )
    {
        Assert.True(EdtfDate.TryParse(text, out var date, out var error), error);
        Assert.Equal((precision, AsDay(earliest), AsDay(latest)), (date.Precision, date.Earliest, date.Latest));
        Assert.Equal(text, date.ToString());
    }

    [Theory]
    [InlineData("", "No date is given")]
    [InlineData(null, "No date is given")]
    [InlineData("1933-02-30", "February 1933 has the days 01 to 28")]
    [InlineData("1900-02-29", "February 1900 has the days 01 to 28")]
    [InlineData("1931-04-31", "April 1931 has the days 01 to 30")]
    [InlineData("1933-02-00", "has the days 01 to 28")]
    [InlineData("1933-13-01", "months are 01 to 12")]
    [InlineData("1933-00-01", "months are 01 to 12")]
    [InlineData("1933-21-01", "months are 01 to 12")]
    [InlineData("1933-13", "seasons 21 (spring) to 24 (winter)")]
    [InlineData("1933-20", "seasons 21")]
    [InlineData("1933-25", "seasons 21")]
    [InlineData("1933-00", "months are 01 to 12")]
    [InlineData("0000", "year 0")]
    [InlineData("0000-24", "year 0")]
    [InlineData("0000-01-01", "year 0")]
    [InlineData("000X", "year 0")]
    [InlineData("00XX", "year 0")]
    [InlineData("1945/1939", "write 1939/1945")]
    [InlineData("1936-02/1936-01-31", "ends before it begins")]
    [InlineData("1937-01-01/1936", "write 1936/1937-01-01")]
    [InlineData("1936/1935-12-31", "ends before it begins")]
    [InlineData("never/1939", "'never' is not a date")]
    [InlineData("no/never", "'no' is not a date")]
    [InlineData("1931-04-00", "April 1931 has the days 01 to 30")]
    [InlineData("1912-XX/1913", "write the year alone, 1912")]
    [InlineData("../..", "open at both ends")]
    [InlineData("1945/", "write .. for an open end")]
    [InlineData("/1945", "write .. for an open end")]
    [InlineData("1939/1940/1941", "more than one slash")]
    [InlineData("1939/1940-02-30", "February 1940 has the days 01 to 29")]
    [InlineData("1939/never", "'never' is not a date")]
    [InlineData("1912-XX", "write the year alone, 1912")]
    [InlineData("1912-XX-XX", "write the year alone, 1912")]
    [InlineData("1912-04-XX", "write the month alone, 1912-04")]
    [InlineData("196x", "is not a date")]
    [InlineData("1XXX", "is not a date")]
    [InlineData("XXXX", "is not a date")]
    [InlineData("X912", "is not a date")]
    [InlineData("19X2", "is not a date")]
    [InlineData("912", "is not a date")]
    [InlineData("12345", "is not a date")]
    [InlineData("-1912", "is not a date")]
    [InlineData("Y17000", "is not a date")]
    [InlineData("1912-1", "is not a date")]
    [InlineData("1912-1-1", "is not a date")]
    [InlineData("1912/01/01", "more than one slash")]
    [InlineData("1912-01-01T10:00:00", "is not a date")]
    [InlineData("1904~?", "is not a date")]
    [InlineData("~1904", "is not a date")]
    [InlineData("?", "is not a date")]
    [InlineData("~/1904", "is not a date")]
    [InlineData("1904-06~-11", "is not a date")]
    [InlineData(" 1904", "is not a date")]
    [InlineData("1904 ", "is not a date")]
    [InlineData("1904\n", "is not a date")]
    [InlineData("dddd", "is not a date")]
    [InlineData("١٩٠٤", "is not a date")]
    [InlineData("１９０４", "is not a date")]
    [InlineData("about 1904", "is not a date")]
    [InlineData("1 February 1933", "is not a date")]
    [InlineData("{1904}", "is not a date")]
    public void TryParse_NoDateOfLevelOne_StatesWhatIsWrong(string? text, string expected)
    {
        Assert.False(EdtfDate.TryParse(text, out var date, out var error));
        Assert.Null(date);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1904", EdtfQualifiers.None)]
    [InlineData("1904~", EdtfQualifiers.Approximate)]
    [InlineData("1904?", EdtfQualifiers.Uncertain)]
    [InlineData("1904%", EdtfQualifiers.Approximate | EdtfQualifiers.Uncertain)]
    [InlineData("1917-03~", EdtfQualifiers.Approximate)]
    [InlineData("1933-02-01?", EdtfQualifiers.Uncertain)]
    [InlineData("196X~", EdtfQualifiers.Approximate)]
    [InlineData("1961~/2011", EdtfQualifiers.Approximate)]
    [InlineData("1961~/2011?", EdtfQualifiers.Approximate | EdtfQualifiers.Uncertain)]
    [InlineData("../2011?", EdtfQualifiers.Uncertain)]
    public void Qualifiers_OfADate_AreThoseWritten(string text, EdtfQualifiers expected) =>
        Assert.Equal(expected, EdtfDate.Parse(text).Qualifiers);

    [Theory]
    [InlineData("1933-02-01", true)]
    [InlineData("1933-02-01~", false)]
    [InlineData("1933-02-01?", false)]
    [InlineData("1933-02-01%", false)]
    [InlineData("1933-02", false)]
    [InlineData("1933", false)]
    [InlineData("1933-02-01/1933-02-01", false)]
    public void Day_OnlyOfACertainDay_IsThatDay(string text, bool isExact)
    {
        var date = EdtfDate.Parse(text);
        Assert.Equal(isExact, date.IsDayExact);
        Assert.Equal(isExact ? new DateOnly(1933, 2, 1) : null, date.Day);
    }

    [Theory]
    [InlineData("1933-02-01", "1 February 1933")]
    [InlineData("1904-12-31", "31 December 1904")]
    [InlineData("1919-01", "January 1919")]
    [InlineData("1936-21", "spring 1936")]
    [InlineData("1921-22", "summer 1921")]
    [InlineData("2011-23", "autumn 2011")]
    [InlineData("1927-24", "winter 1927")]
    [InlineData("1912", "1912")]
    [InlineData("0987", "987")]
    [InlineData("196X", "the 1960s")]
    [InlineData("19XX", "the 20th century")]
    [InlineData("20XX", "the 21st century")]
    [InlineData("11XX", "the 12th century")]
    [InlineData("01XX", "the 2nd century")]
    [InlineData("02XX", "the 3rd century")]
    [InlineData("03XX", "the 4th century")]
    [InlineData("09XX", "the 10th century")]
    [InlineData("10XX", "the 11th century")]
    [InlineData("12XX", "the 13th century")]
    [InlineData("21XX", "the 22nd century")]
    [InlineData("22XX", "the 23rd century")]
    [InlineData("99XX", "the 100th century")]
    [InlineData("001X", "the 10s")]
    [InlineData("1904~", "about 1904")]
    [InlineData("1904?", "perhaps 1904")]
    [InlineData("1904%", "perhaps about 1904")]
    [InlineData("1917-03~", "about March 1917")]
    [InlineData("196X~", "about the 1960s")]
    [InlineData("1939/1945", "1939 to 1945")]
    [InlineData("1945/..", "from 1945 on")]
    [InlineData("../1945", "until 1945")]
    [InlineData("1961~/2011", "about 1961 to 2011")]
    [InlineData("1919-01-05/1919-01-12", "5 to 12 January 1919")]
    [InlineData("2011-09-17/2011-11-15", "17 September to 15 November 2011")]
    [InlineData("1936-07/1939-04", "July 1936 to April 1939")]
    [InlineData("1936-07/1936-12", "July to December 1936")]
    [InlineData("1936-21/1936-22", "spring to summer 1936")]
    [InlineData("1936-07-18/1939-04-01", "18 July 1936 to 1 April 1939")]
    [InlineData("1936-07~/1936-12", "about July 1936 to December 1936")]
    [InlineData("1936-07/1936-12?", "July 1936 to perhaps December 1936")]
    [InlineData("1919-01-05/1920-01-12", "5 January 1919 to 12 January 1920")]
    [InlineData("1919-01-05?/1919-01-12", "perhaps 5 January 1919 to 12 January 1919")]
    [InlineData("1919-01-05/1919-01-12~", "5 January 1919 to about 12 January 1919")]
    [InlineData("1919-01-05/1919-03", "5 January 1919 to March 1919")]
    [InlineData("1919-01/1919-03-05", "January 1919 to 5 March 1919")]
    [InlineData("1936-21/1937-22", "spring 1936 to summer 1937")]
    [InlineData("1936-21/1936-11", "spring 1936 to November 1936")]
    [InlineData("1936-24/1936-24", "winter to winter 1936")]
    [InlineData("1936/1936", "1936 to 1936")]
    [InlineData("196X/196X", "the 1960s to the 1960s")]
    public void ToEnglish_ADate_ReadsAsInASentence(string text, string expected) =>
        Assert.Equal(expected, EdtfDate.Parse(text).ToEnglish());

    [Fact]
    public void ToEnglishAndToFrench_EachMonth_IsItsName()
    {
        var french = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".Split(' ');
        var english = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;
        for (var month = 1; month <= 12; month++)
        {
            var date = EdtfDate.Parse(string.Create(CultureInfo.InvariantCulture, $"1919-{month:D2}"));
            Assert.Equal(
                ($"{english[month - 1]} 1919", $"{french[month - 1]} 1919"),
                (date.ToEnglish(), date.ToFrench())
            );
            Assert.Equal(
                (new DateOnly(1919, month, 1), new DateOnly(1919, month, 1).AddMonths(1).AddDays(-1)),
                (date.Earliest!.Value, date.Latest!.Value)
            );
            var day = EdtfDate.Parse(string.Create(CultureInfo.InvariantCulture, $"1919-{month:D2}-02"));
            Assert.Equal(
                ($"2 {english[month - 1]} 1919", $"2 {french[month - 1]} 1919"),
                (day.ToEnglish(), day.ToFrench())
            );
        }
    }

    [Theory]
    [InlineData("fr-FR")]
    [InlineData("ar-SA")] // the calendar of this culture would change 1933 to 1351
    [InlineData("th-TH")]
    public void ToEnglish_InAnotherCulture_StaysEnglish(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal("1 February 1933", EdtfDate.Parse("1933-02-01").ToEnglish());
            Assert.Equal("the 20th century", EdtfDate.Parse("19XX").ToEnglish());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void StartAndEnd_OfAnInterval_AreItsDates()
    {
        var war = EdtfDate.Parse("1939-09-01/1945~");
        Assert.Equal((EdtfDate.Parse("1939-09-01"), EdtfDate.Parse("1945~")), (war.Start, war.End));
        Assert.Null(EdtfDate.Parse("1945/..").End);
        Assert.Null(EdtfDate.Parse("1945").Start);
    }

    [Fact]
    public void Equals_DatesWrittenAlike_AreEqual()
    {
        Assert.Equal(EdtfDate.Parse("1904~"), EdtfDate.Parse("1904~"));
        Assert.NotEqual(EdtfDate.Parse("1904~"), EdtfDate.Parse("1904"));
    }

    [Fact]
    public void Parse_NoDate_ThrowsWithTheReason() =>
        Assert.Contains(
            "has the days 01 to 28",
            Assert.Throws<FormatException>(static () => EdtfDate.Parse("1933-02-30")).Message,
            StringComparison.Ordinal
        );

    private static DateOnly? AsDay(string? text) => text is null ? null : Some.Day(text);
}
