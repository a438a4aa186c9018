namespace Serge.Bot.Tests.Guilds;

/// <summary>Times and days in the forms that people type, as rows.</summary>
public sealed class WrittenTimesTests
{
    [Theory]
    [InlineData("09:00", "09:00")]
    [InlineData("9:00", "09:00")]
    [InlineData("9", "09:00")]
    [InlineData("21", "21:00")]
    [InlineData("9am", "09:00")]
    [InlineData("9 AM", "09:00")]
    [InlineData("9:30 pm", "21:30")]
    [InlineData("9.30 p.m.", "21:30")]
    [InlineData("12 am", "00:00")]
    [InlineData("12:15 am", "00:15")]
    [InlineData("12 pm", "12:00")]
    [InlineData("0:00", "00:00")]
    [InlineData("24:00", "00:00")]
    [InlineData("23:59", "23:59")]
    [InlineData("0930", "09:30")]
    [InlineData("21h30", "21:30")]
    [InlineData("21 h", "21:00")]
    [InlineData("8 heures 05", "08:05")]
    [InlineData("8 heures", "08:00")]
    [InlineData("11:59 pm", "23:59")]
    [InlineData("1 am", "01:00")]
    [InlineData("1 pm", "13:00")]
    [InlineData("12:59 pm", "12:59")]
    [InlineData("24", "00:00")]
    [InlineData("24h00", "00:00")]
    [InlineData("9:00 a m", "09:00")]
    [InlineData("  9:00  ", "09:00")]
    [InlineData("midnight", "00:00")]
    [InlineData("noon", "12:00")]
    [InlineData("Midi", "12:00")]
    [InlineData("minuit", "00:00")]
    public void Time_AsWritten_IsRead(string text, string time)
    {
        Assert.True(TimeOfDayText.TryParse(text, out var read));
        Assert.Equal(time, read.ToText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("24:01")]
    [InlineData("25")]
    [InlineData("9:60")]
    [InlineData("9:5")]
    [InlineData("13 pm")]
    [InlineData("0 am")]
    [InlineData("-1")]
    [InlineData("9:00:00")]
    [InlineData("٩:٠٠")]
    [InlineData("9:00 Uhr")]
    public void Time_ThatIsNone_IsRefused(string text) => Assert.False(TimeOfDayText.TryParse(text, out _));

    [Theory]
    [InlineData("9", "09:00 09:30 21:00 21:30")]
    [InlineData("9:1", "")]
    [InlineData("9:15", "09:15")]
    [InlineData("9:00", "09:00")]
    [InlineData("0915", "09:15")]
    [InlineData("21", "21:00 21:30 09:00 09:30")]
    [InlineData("noon", "12:00 12:30 00:00 00:30")]
    [InlineData("", "09:00 08:00 07:00 12:00 18:00 20:00 10:00 21:00 06:00 17:00")]
    [InlineData("  ", "09:00 08:00 07:00 12:00 18:00 20:00 10:00 21:00 06:00 17:00")]
    [InlineData("x", "")]
    public void Time_WhileTyping_IsSuggested(string typed, string times) =>
        Assert.Equal(times, string.Join(' ', TimeOfDayText.Suggest(typed, 25).Select(time => time.ToText())));

    [Theory]
    [InlineData("9", "09:00 09:30 21:00")]
    [InlineData("", "09:00 08:00 07:00")]
    public void Time_Suggestions_AreNoMoreThanWanted(string typed, string times) =>
        Assert.Equal(times, string.Join(' ', TimeOfDayText.Suggest(typed, 3).Select(time => time.ToText())));

    [Theory]
    [InlineData("daily", "Sun Mon Tue Wed Thu Fri Sat")]
    [InlineData("every day", "Sun Mon Tue Wed Thu Fri Sat")]
    [InlineData("tous les jours", "Sun Mon Tue Wed Thu Fri Sat")]
    [InlineData("Weekdays", "Mon Tue Wed Thu Fri")]
    [InlineData("en semaine", "Mon Tue Wed Thu Fri")]
    [InlineData("weekends", "Sun Sat")]
    [InlineData("week-end", "Sun Sat")]
    [InlineData("le week-end", "Sun Sat")]
    [InlineData("Mon,Wed", "Mon Wed")]
    [InlineData("monday and thursday", "Mon Thu")]
    [InlineData("Mondays", "Mon")]
    [InlineData("on Tuesdays & Fridays", "Tue Fri")]
    [InlineData("lundi et jeudi", "Mon Thu")]
    [InlineData("lun. mer. ven.", "Mon Wed Fri")]
    [InlineData("mar", "Tue")]
    [InlineData("mardi", "Tue")]
    [InlineData("le samedi", "Sat")]
    [InlineData("Mon-Fri", "Mon Tue Wed Thu Fri")]
    [InlineData("Monday to Wednesday", "Mon Tue Wed")]
    [InlineData("lundi à mercredi", "Mon Tue Wed")]
    [InlineData("sat – mon", "Sun Mon Sat")]
    [InlineData("fri-fri", "Fri")]
    [InlineData("mo tu", "Mon Tue")]
    [InlineData("Monday, Monday", "Mon")]
    public void Days_AsWritten_AreRead(string text, string days)
    {
        Assert.True(WeekdaysText.TryParse(text, out var read));
        Assert.Equal(days, string.Join(' ', read.GetDays().OrderBy(day => day).Select(day => day.ToString()[..3])));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("m")]
    [InlineData("sometimes")]
    [InlineData("Mon,Xyz")]
    [InlineData("mon-")]
    [InlineData("xyz-mon")]
    [InlineData("mon-xyz")]
    [InlineData("s")]
    [InlineData("Monday-ish")]
    [InlineData("mon-tue-wed")]
    [InlineData("31 February")]
    public void Days_ThatAreNone_AreRefused(string text) => Assert.False(WeekdaysText.TryParse(text, out _));

    [Fact]
    public void Days_FromAnyToAny_AreAllBetween()
    {
        foreach (var first in Enum.GetValues<DayOfWeek>())
        {
            foreach (var last in Enum.GetValues<DayOfWeek>())
            {
                var count = ((last - first + 7) % 7) + 1;
                var expected = Enumerable
                    .Range(0, count)
                    .Aggregate((Weekdays)0, (days, n) => days | ((DayOfWeek)(((int)first + n) % 7)).ToWeekdays());

                Assert.True(WeekdaysText.TryParse($"{first} - {last}", out var read));
                Assert.Equal(expected, read);
            }
        }
    }

    [Fact]
    public void Days_Each_BeginWithMonday() =>
        Assert.Equal(
            [
                DayOfWeek.Monday,
                DayOfWeek.Tuesday,
                DayOfWeek.Wednesday,
                DayOfWeek.Thursday,
                DayOfWeek.Friday,
                DayOfWeek.Saturday,
                DayOfWeek.Sunday,
            ],
            Weekdays.Daily.GetDays()
        );

    [Fact]
    public void Days_AsTheBotItselfWritesThem_AreRead()
    {
        foreach (var strings in Bot.Rendering.Strings.All)
        {
            for (var days = (Weekdays)1; days <= Weekdays.Daily; days++)
            {
                Assert.True(WeekdaysText.TryParse(strings.Days(days), out var read), strings.Days(days));
                Assert.Equal(days, read);
            }
        }
    }
}
