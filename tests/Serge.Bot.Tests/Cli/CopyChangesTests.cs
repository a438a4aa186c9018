namespace Serge.Bot.Tests.Cli;

/// <summary>What a correction or a retraction means for one post.</summary>
public sealed class CopyChangesTests
{
    private static readonly PostRenderer Renderer = new(
        new BotSettings { LedgerPath = "", TimeZone = TimeZoneInfo.Utc },
        new InstanceLimits()
    );
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
        [Some.Quote("The corrected words.", "quote", warning: "war"), Some.Quote(new string('x', 600), "long")],
        [Morning, Evening],
        [Some.Cunningham]
    );

    /// <summary>Each row: where a post stands, and what a correction and a retraction do about it.</summary>
    [Theory]
    [InlineData(nameof(PostState.Planned), "Edit", "Delete")]
    [InlineData(nameof(PostState.Sending), "Impossible", "Impossible")]
    [InlineData(nameof(PostState.Sent), "Edit", "Delete")]
    [InlineData(nameof(PostState.Refused), null, null)]
    [InlineData(nameof(PostState.Unknown), "Impossible", "Impossible")]
    [InlineData(nameof(PostState.Missed), null, null)]
    [InlineData(nameof(PostState.Cancelled), null, null)]
    [InlineData(nameof(PostState.Retracted), null, null)]
    public void EveryState_HasItsChange(string state, string? corrected, string? retracted)
    {
        var post = Said("The wrong words.", "quote") with { State = Enum.Parse<PostState>(state) };

        Assert.Equal(corrected, PostChanges.Correct(post, Files, Renderer)?.GetType().Name);
        Assert.Equal(retracted, PostChanges.Retract(post, "quote", Files, Renderer)?.GetType().Name);
    }

    [Fact]
    public void Correct_ChangesTextAndWarning_AndKeepsWhoSeesIt()
    {
        var edit = Assert.IsType<PostChange.Edit>(
            PostChanges.Correct(
                Said("The wrong words.", "quote") with
                {
                    Payload = new Payload { Text = "The wrong words.", Visibility = PostVisibility.Private },
                },
                Files,
                Renderer
            )
        );

        Assert.StartsWith("“The corrected words.”", edit.Payload.Text, StringComparison.Ordinal);
        Assert.Equal(("war", PostVisibility.Private), (edit.Payload.Warning, edit.Payload.Visibility));
    }

    [Theory]
    [InlineData("mastodon")]
    [InlineData("discord:1")]
    public void Correct_WhatSaysWhatTheFilesSay_IsLeftAlone(string to)
    {
        var payload = Renderer.Quote(Files.FindQuote("quote")!, Some.Destination(to))!;

        Assert.Null(
            PostChanges.Correct(
                Some.Post(state: PostState.Sent, to: to) with
                {
                    Items = ["quote"],
                    Payload = payload,
                },
                Files,
                Renderer
            )
        );
    }

    [Fact]
    public void Correct_WhenOnlyTheWarningChanged_IsAnEdit()
    {
        var payload = Renderer.Quote(Files.FindQuote("quote")!, Destinations.Mastodon)! with { Warning = null };

        Assert.Equal(
            "war",
            Assert
                .IsType<PostChange.Edit>(
                    PostChanges.Correct(Said("", "quote") with { Payload = payload }, Files, Renderer)
                )
                .Payload.Warning
        );
    }

    [Fact]
    public void Correct_WhatIsNowTooLong_IsToldAndNeverCut() =>
        Assert.Contains(
            "too long",
            Assert.IsType<PostChange.Impossible>(PostChanges.Correct(Said("Short.", "long"), Files, Renderer)).Why,
            StringComparison.Ordinal
        );

    [Fact]
    public void Correct_WhatIsNoLongerInTheFiles_IsTold() =>
        Assert.Contains(
            "serge retract gone",
            Assert.IsType<PostChange.Impossible>(PostChanges.Correct(Said("Old.", "gone"), Files, Renderer)).Why,
            StringComparison.Ordinal
        );

    [Fact]
    public void Correct_OfADayWithSeveralEvents_RendersThemAll()
    {
        var edit = Assert.IsType<PostChange.Edit>(
            PostChanges.Correct(Said("Old.", "morning", "evening"), Files, Renderer)
        );

        Assert.Contains(Morning.Text, edit.Payload.Text, StringComparison.Ordinal);
        Assert.Contains(Evening.Text, edit.Payload.Text, StringComparison.Ordinal);
        Assert.Equal(["morning", "evening"], edit.Items);
    }

    [Fact]
    public void Retract_OneOfSeveralEvents_LeavesTheOthers()
    {
        var edit = Assert.IsType<PostChange.Edit>(
            PostChanges.Retract(Said("Old.", "morning", "evening"), "morning", Files, Renderer)
        );

        Assert.DoesNotContain(Morning.Text, edit.Payload.Text, StringComparison.Ordinal);
        Assert.Contains(Evening.Text, edit.Payload.Text, StringComparison.Ordinal);
        Assert.Equal(["evening"], edit.Items);
    }

    [Fact]
    public void Retract_TheLastOfSeveralEvents_DeletesThePost()
    {
        Assert.IsType<PostChange.Delete>(PostChanges.Retract(Said("Old.", "morning"), "morning", Files, Renderer));
        Assert.IsType<PostChange.Delete>(
            PostChanges.Retract(Said("Old.", "morning", "gone from the files"), "morning", Files, Renderer)
        );
    }

    private static Post Said(string text, params string[] items) =>
        Some.Post(state: PostState.Sent, text: text) with
        {
            Items = items,
        };
}
