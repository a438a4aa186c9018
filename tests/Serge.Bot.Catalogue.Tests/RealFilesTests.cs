namespace Serge.Bot.Catalogue.Tests;

/// <summary>The quote files of this repository, as they are now.</summary>
public sealed class RealFilesTests
{
    [Fact]
    public void Read_OurFiles_HasNoProblem() => Assert.NotEmpty(ReadCatalogue(FindRoot()).Quotes);

    [Fact]
    public void Read_OurFiles_HaveAtLeast150EventsOnAHundredDaysOfTheYear()
    {
        var events = ReadCatalogue(FindRoot()).Events;
        var days = events
            .Where(static e => e.Date.IsDayExact)
            .Select(static e => (e.Date.Day!.Value.Month, e.Date.Day.Value.Day))
            .Distinct();
        Assert.True(events.Count >= 150 && days.Count() >= 100, $"{events.Count} events on {days.Count()} days");
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

    internal static QuoteCatalogue ReadCatalogue(string root)
    {
        var folder = Path.Combine(root, "quotes");
        Assert.SkipUnless(Directory.Exists(folder), $"There are no quote files at {folder}.");
        var reading = CatalogueReader.Read(folder);
        // Where no better page was found, a moving one stays, and its note says how far the search reached.
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
