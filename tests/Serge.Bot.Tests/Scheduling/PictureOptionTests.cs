namespace Serge.Bot.Tests.Scheduling;

/// <summary>Which posts have a picture.</summary>
public sealed class PictureOptionTests
{
    private static readonly Event May = Some.Event("1919-05-01", "Something happened.", sources: Some.Cunningham);

    private static readonly QuoteCatalogue Files = new(Some.Author, [Some.Quote("Words.")], [May], [Some.Cunningham]);

    [Theory]
    [InlineData("mastodon", true)]
    [InlineData("mastodon", false)]
    [InlineData("discord:7", true)]
    [InlineData("discord:7", false)]
    public void Plan_AQuotation_HasAPictureIfTheScheduleWantsIt(string to, bool isWanted)
    {
        var payload = Plan(ScheduleContent.Quote, to, isWanted);

        Assert.Equal(isWanted ? "“Words.”" : null, payload.Picture?.Body);
        Assert.Matches("^“Words.”\n+— Victor Serge", payload.Text);
    }

    [Theory]
    [InlineData("mastodon")]
    [InlineData("discord:7")]
    public void Plan_AQuotationWithAContentWarning_HasAHiddenPicture(string to)
    {
        QuoteCatalogue files = new(Some.Author, [Some.Quote("Words.", warning: "hunger")], [May], [Some.Cunningham]);

        var payload = Plan(ScheduleContent.Quote, to, isWanted: true, files);

        Assert.True(payload.Picture!.IsHidden);
    }

    [Fact]
    public void Plan_AnEvent_HasItsDateOnThePicture()
    {
        var payload = Plan(ScheduleContent.OnThisDay, "mastodon", isWanted: true);

        Assert.Equal(("1 May 1919", "Something happened."), (payload.Picture!.Title, payload.Picture.Body));
    }

    private static Payload Plan(ScheduleContent content, string to, bool isWanted, QuoteCatalogue? files = null)
    {
        var schedule = Some.Schedule("0 12 1 5 *") with
        {
            Content = content,
            Options = new PostOptions { Picture = isWanted },
        };
        return TestEngine
            .Planner()
            .Plan(
                files ?? Files,
                schedule,
                Some.At("2027-05-01 12:00"),
                Some.Destination(to),
                new DestinationHistory([], [])
            )
            .Payload!;
    }
}
