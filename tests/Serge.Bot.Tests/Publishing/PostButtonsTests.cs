namespace Serge.Bot.Tests.Publishing;

/// <summary>The buttons under posts on Discord.</summary>
public sealed class PostButtonsTests : IDisposable
{
    private static readonly DiscordRenderer Renderer = new();

    private readonly TestCatalogue _catalogue = new();

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public void Render_AQuotation_HasItsSourceAndAnotherOne()
    {
        var buttons = Renderer.Render(_catalogue.Live.Current.Quotes[0])!.Buttons!;

        var id = _catalogue.Live.Current.Quotes[0].Id;
        Assert.Equal(
            [new PostButton("Source", $"source:{id}"), new PostButton("Another one", $"quote:another:{id}")],
            buttons
        );
    }

    [Fact]
    public void Render_OneEvent_HasItsSourceOnly()
    {
        var e = _catalogue.Live.Current.Events[0];
        var day = _catalogue.Live.Current.CreateDayContent(new DateOnly(2027, 2, 1), [e]);

        Assert.Equal([new PostButton("Source", $"source:{e.Id}")], Renderer.Render(day)!.Payload.Buttons!);
    }

    [Fact]
    public void Render_ManyEvents_HasTheSourcesOfTheFirstFive()
    {
        var e = _catalogue.Live.Current.Events[0];

        var buttons = PostButtons.Create([.. Enumerable.Range(1, 7).Select(n => e with { Id = $"event-{n}" })]);

        Assert.Equal(
            ["Source 1", "Source 2", "Source 3", "Source 4", "Source 5"],
            buttons.Select(button => button.Label)
        );
        Assert.Equal("source:event-5", buttons[4].Id);
    }

    [Fact]
    public void Create_ForAnIdThatIsTooLong_LeavesTheButtonOut()
    {
        var quote = _catalogue.Live.Current.Quotes[0] with { Id = new string('a', 90) };

        Assert.Equal(["Source"], PostButtons.Create(quote).Select(button => button.Label));
    }

    [Fact]
    public void Render_OnMastodon_HasNoButtons()
    {
        MastodonRenderer mastodon = new(new MastodonPostSettings(), new InstanceLimits(), () => Some.Author);

        Assert.Null(mastodon.Render(_catalogue.Live.Current.Quotes[0])!.Buttons);
    }
}
