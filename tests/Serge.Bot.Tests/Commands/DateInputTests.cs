using System.Globalization;
using CsCheck;

namespace Serge.Bot.Tests.Commands;

/// <summary>Dates as people type them.</summary>
public sealed class DateInputTests
{
    private static readonly DateOnly Today = new(2027, 2, 1);

    [Theory]
    [InlineData("1 February 1933", "1933-02-01")]
    [InlineData("February 1, 1933", "1933-02-01")]
    [InlineData("1st of Feb. 1933", "1933-02-01")]
    [InlineData("1er février 1933", "1933-02-01")]
    [InlineData("le 1er FÉVR. 1933", "1933-02-01")]
    [InlineData("23 aout 1936", "1936-08-23")]
    [InlineData("1933-2-1", "1933-02-01")]
    [InlineData("1933-02-01", "1933-02-01")]
    [InlineData("February 1917", "1917-02")]
    [InlineData("juillet 1936", "1936-07")]
    [InlineData("1917-02", "1917-02")]
    [InlineData("spring 1936", "1936-21")]
    [InlineData("été 1936", "1936-22")]
    [InlineData("l’automne 1936", "1936-23")]
    [InlineData("fall 1936", "1936-23")]
    [InlineData("hiver 1936", "1936-24")]
    [InlineData(" 1917 ", "1917")]
    [InlineData("the 1920s", "192X")]
    [InlineData("années 1920", "192X")]
    [InlineData("les années 1920", "192X")]
    [InlineData("192x", "192X")]
    [InlineData(" 192x ", "192X")]
    [InlineData("19xx", "19XX")]
    [InlineData("1904~", "1904~")]
    [InlineData("1917/1921", "1917/1921")]
    public void Parse_ADateWithAYear_IsAsExactAsTyped(string typed, string edtf) =>
        Assert.Equal(edtf, DateInput.Parse(typed)?.Edtf?.Text);

    [Theory]
    [InlineData("1 February", "2027-02-01")]
    [InlineData("feb 1", "2027-02-01")]
    [InlineData("1er février", "2027-02-01")]
    [InlineData("02-01", "2027-02-01")] // the month first, as in every date that begins with the year
    [InlineData("2-1", "2027-02-01")]
    [InlineData("30 décembre", "2027-12-30")]
    [InlineData("1 mai", "2027-05-01")]
    [InlineData("3 juin", "2027-06-03")]
    [InlineData("3 sept", "2027-09-03")]
    [InlineData("29 February", "2024-02-29")] // the most recent one
    [InlineData("1 February 1933", "1933-02-01")]
    public void ToDay_ADayOfTheYear_IsThisYearsUnlessItSays(string typed, string day) =>
        Assert.Equal(day, DateInput.Parse(typed)?.ToDay(Today)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("31 February", 29)]
    [InlineData("31 avril", 30)]
    [InlineData("29 February 1933", 28)]
    [InlineData("02-30", 29)]
    [InlineData("1933-02-30", 28)]
    [InlineData("0 May", 31)]
    public void Parse_ADayThatDoesNotExist_StatesHowManyThereAre(string typed, int days)
    {
        var read = DateInput.Parse(typed);

        Assert.NotNull(read);
        Assert.False(read.Exists);
        Assert.Equal(days, read.DaysInMonth);
        Assert.Null(read.ToDay(Today));
        Assert.Null(read.Edtf);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("1/2")] // ambiguous: half of the readers would understand another day
    [InlineData("01/02/1933")]
    [InlineData("13-01")]
    [InlineData("3 jui")] // June or July
    [InlineData("3 ma")]
    [InlineData("ma 1933")]
    [InlineData("1 February 2 March")]
    [InlineData("spring")]
    [InlineData("12")]
    [InlineData("12345")]
    [InlineData("0000")]
    [InlineData("@everyone")]
    [InlineData("1 February <@1>")]
    public void Parse_WhatIsNoDate_IsNothing(string typed) => Assert.Null(DateInput.Parse(typed));

    /// <summary>Every month and season by its name and by its first letters, in both languages.</summary>
    [Fact]
    public void Parse_EveryNameAndWhatItBeginsWith_IsThatMonthOrSeason()
    {
        string[] months =
        [
            "jan january janv janvier",
            "feb february fev février",
            "mar march mars",
            "apr april avr avril",
            "may mai",
            "june juin",
            "july juillet juil",
            "aug august aou août",
            "sep september sept septembre",
            "oct october octobre",
            "nov november novembre",
            "dec december déc décembre",
        ];
        string[] seasons =
        [
            "spr spring printemps",
            "summer été ete",
            "autumn aut fall automne",
            "win winter hiv hiver",
        ];
        foreach (var (names, month) in months.Select((names, index) => (names, index + 1)))
        {
            foreach (var name in names.Split(' '))
            {
                Assert.Equal($"1936-{month:D2}", DateInput.Parse($"{name} 1936")?.Edtf?.Text);
                Assert.Equal((month, 3), Numbers(DateInput.Parse($"3 {name}")));
            }
        }

        foreach (var (names, season) in seasons.Select((names, index) => (names, index + 21)))
        {
            foreach (var name in names.Split(' '))
            {
                Assert.Equal($"1936-{season}", DateInput.Parse($"{name} 1936")?.Edtf?.Text);
            }
        }

        static (int?, int?) Numbers(DateInput? date) => (date?.Month, date?.Day);
    }

    [Theory]
    [InlineData("2nd of May 1936", "1936-05-02")]
    [InlineData("3rd May, 1936", "1936-05-03")]
    [InlineData("4th of May 1936", "1936-05-04")]
    [InlineData("12th of May 1936", "1936-05-12")]
    [InlineData("31st May 1936", "1936-05-31")]
    [InlineData("22nd May 1936", "1936-05-22")]
    [InlineData("0012 May 1936", null)] // four digits are a year
    [InlineData("012 May 1936", null)]
    [InlineData("012th May 1936", null)]
    [InlineData("2e mai 1936", "1936-05-02")]
    [InlineData("le 2 mai de l'année 1936", null)]
    [InlineData("1 d’avril 1936", "1936-04-01")]
    [InlineData("1\u00A0mai\u00A01936", "1936-05-01")]
    [InlineData("1936 May 1", "1936-05-01")]
    [InlineData("May 1936s", "1936-05")]
    [InlineData("1936s", "1936")]
    [InlineData("1930s", "193X")]
    [InlineData("années 1936", "1936")]
    [InlineData("the spring of 1936", "1936-21")]
    [InlineData("in May of 1936", "1936-05")]
    [InlineData("the May 1930s", null)] // a month of ten years
    [InlineData("spring 1930s", null)]
    [InlineData("1 spring 1936", null)]
    [InlineData("spring May 1936", null)]
    [InlineData("May June 1936", null)]
    [InlineData("spring summer 1936", null)]
    [InlineData("1936 1937", null)]
    [InlineData("1 2 May 1936", null)]
    [InlineData("100 May 1936", null)]
    [InlineData("May 1936!", null)]
    [InlineData("May\u00001936", null)]
    [InlineData("1 0001", null)]
    [InlineData("1 May 0001", "0001-05-01")]
    [InlineData("1 May 0000", null)]
    [InlineData("0000-05-01", null)]
    [InlineData("5-05-01", "0005-05-01")]
    [InlineData("1936-5-1", "1936-05-01")]
    [InlineData("19360-5-1", null)]
    [InlineData("1936-5-100", null)]
    [InlineData("1936-13-1", null)]
    [InlineData("1936-0-1", null)]
    [InlineData("1936-5-1-1", null)]
    [InlineData("1936--1", null)]
    [InlineData("1936-May-1", null)]
    public void Parse_InOtherOrdersAndForms_IsReadOrRefused(string typed, string? edtf) =>
        Assert.Equal(edtf, DateInput.Parse(typed)?.Edtf?.Text);

    [Theory]
    [InlineData("1-1", 1, 1)]
    [InlineData("12-31", 12, 31)]
    [InlineData("1-99", 1, 99)]
    [InlineData("0-1", null, null)]
    [InlineData("1-100", null, null)]
    [InlineData("13-1", null, null)]
    [InlineData("1-", null, null)]
    [InlineData("1-1-", null, null)]
    public void Parse_TwoNumbers_AreMonthAndDay(string typed, int? month, int? day)
    {
        var read = DateInput.Parse(typed);

        Assert.Equal((month, day), (read?.Month, read?.Day));
        Assert.Null(read?.Year);
        Assert.Null(read?.Edtf);
    }

    [Theory]
    [InlineData("29 February", "2020-02-29", "2023-02-28")]
    [InlineData("29 February", "1904-02-29", "1904-03-01")]
    [InlineData("29 February", "1896-02-29", "1903-03-01")] // 1900 had none
    [InlineData("31 December", "2027-12-31", "2027-01-01")]
    [InlineData("29 February 1936", "1936-02-29", "2027-01-01")]
    [InlineData("29 February 1937", null, "2027-01-01")]
    [InlineData("30 February", null, "2027-01-01")]
    [InlineData("May 1936", null, "2027-01-01")]
    [InlineData("1936", null, "2027-01-01")]
    public void ToDay_IsTheLastYearThatHasIt(string typed, string? day, string today)
    {
        var from = DateOnly.ParseExact(today, "yyyy-MM-dd", CultureInfo.InvariantCulture);

        Assert.Equal(
            day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateInput.Parse(typed)?.ToDay(from)
        );
    }

    [Theory]
    [InlineData("May 1936", true, 31)]
    [InlineData("1936", true, 0)]
    [InlineData("31 May", true, 31)]
    [InlineData("32 May", false, 31)]
    [InlineData("99 May", false, 31)]
    [InlineData("0 May", false, 31)]
    [InlineData("29 February", true, 29)]
    [InlineData("29 February 1937", false, 28)]
    public void Exists_IsWhetherTheMonthHasTheDay(string typed, bool exists, int days)
    {
        var read = DateInput.Parse(typed)!;

        // A date in standard notation is parsed as a whole and then describes only a day.
        Assert.Equal((exists, days), (read.Exists, read.DaysInMonth));
    }

    [Fact]
    public void Parse_AnyText_NeverThrows() =>
        Gen.String[Gen.Char, 0, 40]
            .Sample(text =>
            {
                DateInput.Parse(text)?.ToDay(Today);
            });

    [Fact]
    public void Parse_WhatTheBotItselfWrites_IsTheSameDayInBothLanguages() =>
        Gen.Int[0, 3652]
            .Sample(ahead =>
            {
                var day = new DateOnly(1927, 1, 1).AddDays(ahead);
                foreach (var strings in Serge.Bot.Rendering.Strings.All)
                {
                    Assert.Equal(day, DateInput.Parse($"{strings.DayOfYear(day)} {day.Year}")?.ToDay(Today));
                    Assert.Equal(
                        (day.Month, day.Day),
                        DateInput.Parse(strings.DayOfYear(day))?.ToDay(Today) is { } read
                            ? (read.Month, read.Day)
                            : default
                    );
                }
            });
}
