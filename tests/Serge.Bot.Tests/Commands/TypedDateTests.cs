using CsCheck;
using Serge.Bot.Commands;

namespace Serge.Bot.Tests.Commands;

/// <summary>Dates as people type them.</summary>
public sealed class TypedDateTests
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
    [InlineData("19xx", "19XX")]
    [InlineData("1904~", "1904~")]
    [InlineData("1917/1921", "1917/1921")]
    public void Read_ADateWithAYear_IsAsExactAsTyped(string typed, string edtf) =>
        Assert.Equal(edtf, TypedDate.Read(typed)?.Edtf?.Text);

    [Theory]
    [InlineData("1 February", "2027-02-01")]
    [InlineData("feb 1", "2027-02-01")]
    [InlineData("1er février", "2027-02-01")]
    [InlineData("02-01", "2027-02-01")] // the month first, as in every date that begins with its year
    [InlineData("2-1", "2027-02-01")]
    [InlineData("30 décembre", "2027-12-30")]
    [InlineData("1 mai", "2027-05-01")]
    [InlineData("3 juin", "2027-06-03")]
    [InlineData("3 sept", "2027-09-03")]
    [InlineData("29 February", "2024-02-29")] // the last that there was
    [InlineData("1 February 1933", "1933-02-01")]
    public void DayFrom_ADayOfTheYear_IsThisYearsUnlessItSays(string typed, string day) =>
        Assert.Equal(
            day,
            TypedDate
                .Read(typed)
                ?.DayFrom(Today)
                ?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
        );

    [Theory]
    [InlineData("31 February", 29)]
    [InlineData("31 avril", 30)]
    [InlineData("29 February 1933", 28)]
    [InlineData("02-30", 29)]
    [InlineData("1933-02-30", 28)]
    [InlineData("0 May", 31)]
    public void Read_ADayThatDoesNotExist_SaysHowManyThereAre(string typed, int days)
    {
        var read = TypedDate.Read(typed);

        Assert.NotNull(read);
        Assert.False(read.Exists);
        Assert.Equal(days, read.DaysInMonth);
        Assert.Null(read.DayFrom(Today));
        Assert.Null(read.Edtf);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("1/2")] // half the readers would take it for another day
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
    public void Read_WhatIsNoDate_IsNothing(string typed) => Assert.Null(TypedDate.Read(typed));

    [Fact]
    public void Read_AnyText_NeverThrows() =>
        Gen.String[Gen.Char, 0, 40]
            .Sample(text =>
            {
                TypedDate.Read(text)?.DayFrom(Today);
            });

    [Fact]
    public void Read_WhatTheBotItselfWrites_IsTheSameDayInBothLanguages() =>
        Gen.Int[0, 3652]
            .Sample(ahead =>
            {
                var day = new DateOnly(1927, 1, 1).AddDays(ahead);
                foreach (var words in Serge.Bot.Rendering.Words.All)
                {
                    Assert.Equal(day, TypedDate.Read(words.Day(day))?.DayFrom(Today));
                    Assert.Equal(
                        (day.Month, day.Day),
                        TypedDate.Read(words.DayOfYear(day))?.DayFrom(Today) is { } read
                            ? (read.Month, read.Day)
                            : default
                    );
                }
            });
}
