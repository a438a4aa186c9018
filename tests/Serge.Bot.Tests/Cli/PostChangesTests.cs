namespace Serge.Bot.Tests.Cli;

/// <summary>How a correction or a retraction changes one post.</summary>
public sealed class PostChangesTests
{
    private static readonly PostRenderers Renderers = PostRenderers.Create(
        new MastodonPostSettings(),
        new InstanceLimits(),
        () => Some.Author
    );

    private static readonly PostChanges Changes = new(Renderers);
    private static readonly PostTimes Times = new([Some.Schedule()]);

    private static readonly Event Morning = Some.Event(
        "1933-02-01",
        "Something happened in the morning.",
        sources: Some.Cunningham
    ) with
    {
        Id = "morning",
    };
    private static readonly Event Evening = Some.Event(
        "1934-02-01",
        "Something else happened in the evening.",
        sources: Some.Cunningham
    ) with
    {
        Id = "evening",
    };
    private static readonly QuoteCatalogue Files = new(
        Some.Author,
        [Some.Quote("The corrected words.", "quote", warning: "war"), Some.Quote(new string('x', 600), "long")],
        [Morning, Evening],
        [Some.Cunningham]
    );

    /// <summary>Each row: the state of a post, and the changes of a correction and a retraction.</summary>
    [Theory]
    [InlineData(nameof(PostState.Planned), "Edit", "Delete")]
    [InlineData(nameof(PostState.Sending), "Impossible", "Impossible")]
    [InlineData(nameof(PostState.Sent), "Edit", "Delete")]
    [InlineData(nameof(PostState.Refused), null, null)]
    [InlineData(nameof(PostState.Unknown), "Impossible", "Impossible")]
    [InlineData(nameof(PostState.Missed), null, null)]
    [InlineData(nameof(PostState.Cancelled), null, null)]
    [InlineData(nameof(PostState.Retracted), null, null)]
    public void CorrectAndRetract_DependOnTheState(string state, string? corrected, string? retracted)
    {
        var post = SentPost("The wrong words.", "quote") with { State = Enum.Parse<PostState>(state) };

        Assert.Equal(corrected, Correct(post, Files)?.GetType().Name);
        Assert.Equal(retracted, Retract(post, "quote", Files)?.GetType().Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Correct_ChangesThePicture_IfThePostHasOne(bool hasPicture)
    {
        var old = PictureFormatter.Format(Some.Quote("The wrong words."), Strings.English);
        var post = SentPost("The wrong words.", "quote");
        post = post with { Payload = post.Payload! with { Picture = hasPicture ? old : null } };

        var edit = Assert.IsType<PostChange.Edit>(Correct(post, Files));

        Assert.Equal(hasPicture ? "“The corrected words.”" : null, edit.Payload.Picture?.Body);
    }

    [Fact]
    public void Correct_ChangesTextAndWarning_AndKeepsTheVisibility()
    {
        var edit = Assert.IsType<PostChange.Edit>(
            Correct(
                SentPost("The wrong words.", "quote") with
                {
                    Payload = new Payload { Text = "The wrong words.", Visibility = PostVisibility.Private },
                },
                Files
            )
        );

        Assert.StartsWith("“The corrected words.”", edit.Payload.Text, StringComparison.Ordinal);
        Assert.Equal(("war", PostVisibility.Private), (edit.Payload.Warning, edit.Payload.Visibility));
    }

    /// <summary>A correction keeps the buttons, except the buttons of an event that was retracted.</summary>
    [Fact]
    public void CorrectAndRetract_APostWithButtons_KeepsThoseOfItsContent()
    {
        var quotation = WithButtons(SentOnDiscord("The wrong words.", "quote"), "source:quote");
        var corrected = Assert.IsType<PostChange.Edit>(Correct(quotation, Files));
        var events = WithButtons(SentOnDiscord("Events.", "morning", "evening"), "source:morning", "source:evening");
        var retracted = Assert.IsType<PostChange.Edit>(Retract(events, "morning", Files));
        var plain = Assert.IsType<PostChange.Edit>(Correct(SentOnDiscord("The wrong words.", "quote"), Files));

        Assert.Equal(["source:quote", "quote:another:quote"], corrected.Payload.Buttons!.Select(button => button.Id));
        Assert.Equal(["source:evening"], retracted.Payload.Buttons!.Select(button => button.Id));
        Assert.Null(plain.Payload.Buttons);

        static Post SentOnDiscord(string text, params string[] items) =>
            SentPost(text, items) with
            {
                Destination = Destinations.OfChannel(new ChannelId(1)),
            };

        static Post WithButtons(Post post, params string[] ids) =>
            post with
            {
                Payload = post.Payload! with { Buttons = [.. ids.Select(id => new PostButton("Source", id))] },
            };
    }

    [Theory]
    [InlineData("mastodon")]
    [InlineData("discord:1")]
    public void Correct_APostThatMatchesTheFiles_ChangesNothing(string to)
    {
        var payload = Renderers.Get(Some.Destination(to)).Render(Files.FindQuote("quote")!)!;

        Assert.Null(
            Correct(Some.Post(state: PostState.Sent, to: to) with { Items = ["quote"], Payload = payload }, Files)
        );
    }

    [Fact]
    public void Correct_WhenOnlyTheWarningChanged_IsAnEdit()
    {
        var payload = Renderers.Get(Destinations.Mastodon).Render(Files.FindQuote("quote")!)! with { Warning = null };

        Assert.Equal(
            "war",
            Assert
                .IsType<PostChange.Edit>(Correct(SentPost("", "quote") with { Payload = payload }, Files))
                .Payload.Warning
        );
    }

    [Fact]
    public void Correct_WhenTheNewTextIsTooLong_IsImpossibleAndNotShortened() =>
        Assert.Contains(
            "too long",
            Assert.IsType<PostChange.Impossible>(Correct(SentPost("Short.", "long"), Files)).Reason,
            StringComparison.Ordinal
        );

    [Fact]
    public void Correct_WhenTheItemIsNoLongerInTheFiles_IsImpossible() =>
        Assert.Contains(
            "serge retract gone",
            Assert.IsType<PostChange.Impossible>(Correct(SentPost("Old.", "gone"), Files)).Reason,
            StringComparison.Ordinal
        );

    [Fact]
    public void Correct_APostWithSeveralEvents_RendersThemAll()
    {
        var edit = Assert.IsType<PostChange.Edit>(Correct(SentPost("Old.", "morning", "evening"), Files));

        Assert.Contains(Morning.Text, edit.Payload.Text, StringComparison.Ordinal);
        Assert.Contains(Evening.Text, edit.Payload.Text, StringComparison.Ordinal);
        Assert.Equal(["morning", "evening"], edit.Items);
    }

    /// <summary>The text contains the number of years since an event only on the day of the event, in the schedule's
    /// time zone. Without the schedule, the nearest day with the event is used.</summary>
    [Theory]
    [InlineData("Pacific/Auckland", "2033-01-31 20:00")] // 1 February, 09:00
    [InlineData("America/New_York", "2033-02-02 01:00")] // 1 February, 20:00
    [InlineData(null, "2033-01-31 20:00")]
    [InlineData(null, "2033-02-02 01:00")]
    public void CorrectAndRetract_AnOnThisDayPost_KeepItsLocalDay(string? zone, string occurrence)
    {
        PostTimes times = zone is null ? new([]) : new([Some.Schedule(zone: zone)]);
        var renderer = Renderers.Get(Destinations.Mastodon);
        var published = renderer.Render(Files.GetDayContent(new DateOnly(2033, 2, 1)))!;
        Assert.Contains("hundred years ago", published.Payload.Text, StringComparison.OrdinalIgnoreCase);
        var post = SentPost(published.Payload.Text, "morning", "evening") with { Occurrence = Some.At(occurrence) };

        Assert.Null(Changes.Correct(post, Files, times));
        var retraction = Changes.Retract(post, "evening", Files, times);
        var edit = Assert.IsType<PostChange.Edit>(retraction);
        Assert.Contains("hundred years ago", edit.Payload.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void CorrectAndRetract_WhileTheBotLooksForASecondCopy_AreRefused()
    {
        var post = SentPost("The wrong words.", "quote") with { CopyCheckPending = true };

        var correction = Assert.IsType<PostChange.Impossible>(Correct(post, Files));
        var retraction = Assert.IsType<PostChange.Impossible>(Retract(post, "quote", Files));
        Assert.Equal(correction.Reason, retraction.Reason);
        Assert.EndsWith("Try again in a few minutes.", correction.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Retract_OneOfSeveralEvents_KeepsTheOthers()
    {
        var edit = Assert.IsType<PostChange.Edit>(Retract(SentPost("Old.", "morning", "evening"), "morning", Files));

        Assert.DoesNotContain(Morning.Text, edit.Payload.Text, StringComparison.Ordinal);
        Assert.Contains(Evening.Text, edit.Payload.Text, StringComparison.Ordinal);
        Assert.Equal(["evening"], edit.Items);
    }

    [Fact]
    public void Retract_TheLastOfSeveralEvents_DeletesThePost()
    {
        Assert.IsType<PostChange.Delete>(Retract(SentPost("Old.", "morning"), "morning", Files));
        Assert.IsType<PostChange.Delete>(Retract(SentPost("Old.", "morning", "gone from the files"), "morning", Files));
    }

    private static PostChange? Correct(Post post, QuoteCatalogue files) => Changes.Correct(post, files, Times);

    private static PostChange? Retract(Post post, string item, QuoteCatalogue files) =>
        Changes.Retract(post, item, files, Times);

    private static Post SentPost(string text, params string[] items) =>
        Some.Post(state: PostState.Sent, text: text) with
        {
            Items = items,
        };
}
