namespace Serge.Bot.Catalogue.Tests;

/// <summary>The quote files of this repository, as they are now.</summary>
public sealed class RealFilesTests
{
    [Fact]
    public void Read_OurFiles_HasNoProblem() => Assert.NotEmpty(ReadCatalogue(FindRoot()).Quotes);

    [Fact]
    public void Read_OurFiles_HaveEventsOn150DaysOfTheYearAndNoGapOfMoreThanTenDays()
    {
        var days = GetDays(ReadCatalogue(FindRoot()).Events);
        var next = days.Skip(1).Append(days[0].AddYears(1));
        var gaps = days.Zip(next, static (day, following) => following.DayNumber - day.DayNumber);
        Assert.InRange(days.Count, 150, 366);
        Assert.All(gaps, static gap => Assert.InRange(gap, 1, 10));
    }

    [Fact]
    public void FindQuotesIn_OurFiles_FindsEachQuotationAsItself()
    {
        var catalogue = ReadCatalogue(FindRoot());
        Assert.All(
            catalogue.Quotes,
            quote =>
            {
                var found = catalogue.FindQuotesIn($"“{quote.Text}” — {quote.Author}")[0];
                Assert.Equal((quote.Id, QuoteAgreement.Exact), (found.Quote.Id, found.Agreement));
            }
        );
    }

    /// <summary>A follower sees each event without its context, so the event must state its relation to the
    /// author.</summary>
    [Fact]
    public void Read_OurFiles_EveryPostedEventNamesTheAuthor()
    {
        var posted = ReadCatalogue(FindRoot()).Events.Where(static e => e is { IsPosted: true, Date.IsDayExact: true });
        Assert.All(posted, static e => Assert.Contains("Serge", e.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OurFiles_HaveEventsOfTheAuthorsLifeOn40DaysOfTheYear()
    {
        var events = ReadCatalogue(FindRoot()).Events;
        Assert.InRange(GetDays(events.Where(static e => e.Kind == EventKind.Life)).Count, 40, 366);
    }

    [Fact]
    public void Search_EveryQuoteByItsOwnWords_FindsItFirst()
    {
        var catalogue = ReadCatalogue(FindRoot());
        Assert.All(catalogue.Quotes, quote => Assert.Equal(quote.Id, catalogue.Search(quote.Text)[0].Id));
    }

    [Fact]
    public void GetOnThisDay_EveryDayOfTheYear_HasAnEventOrNearOnes()
    {
        var catalogue = ReadCatalogue(FindRoot());
        for (var day = new DateOnly(2028, 1, 1); day.Year == 2028; day = day.AddDays(1))
        {
            var on = catalogue.GetOnThisDay(day);
            Assert.True(on.Before is not null && on.After is not null && on.Before.Day < day && day < on.After.Day);
        }
    }

    /// <summary>Returns the days of the day-exact events, moved to one leap year, in order and without
    /// duplicates.</summary>
    private static List<DateOnly> GetDays(IEnumerable<Event> events) =>
        events
            .Where(static e => e.Date.IsDayExact)
            .Select(static e => new DateOnly(2028, e.Date.Day!.Value.Month, e.Date.Day.Value.Day))
            .Distinct()
            .Order()
            .ToList();

    internal static QuoteCatalogue ReadCatalogue(string root)
    {
        var folder = Path.Combine(root, "quotes");
        Assert.SkipUnless(Directory.Exists(folder), $"There are no quote files at {folder}.");
        var reading = CatalogueReader.Read(folder);
        // If no better page was found, an address with changing content stays, and its note describes the search.
        Assert.DoesNotContain(
            reading.Problems,
            problem => !problem.Message.StartsWith("The address looks like", StringComparison.Ordinal)
        );
        return reading.Catalogue!;
    }

    internal static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Serge.Bot.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
