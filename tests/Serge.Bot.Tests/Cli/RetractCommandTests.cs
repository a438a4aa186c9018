namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge retract</c>: published posts are deleted, and the item is no longer chosen.</summary>
public sealed class RetractCommandTests : IDisposable
{
    private const string Shown = """
        dddddddd  Mon 1 Feb 2027 13:30 +01:00  morning → mastodon
          - Not sent.
          Not sent yet; will be cancelled.

        cccccccc  Mon 1 Feb 2027 12:00 +01:00  morning → mastodon
          It is unknown whether it was published. Check the destination, and try again when its state is known.

        bbbbbbbb  Mon 1 Feb 2027 09:00 +01:00  morning → discord:7  https://discord.com/channels/1/7/900
          - [war]
          - On Discord.
          - Two lines.
          Will be deleted.

        aaaaaaaa  Sun 31 Jan 2027 08:00 UTC  old → mastodon
          - On Mastodon.
          Will be deleted.


        """;

    private readonly CommandHome _home = new();

    public RetractCommandTests() => _home.Settings(Section.Morning, Section.Mastodon, Section.Discord);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Retract_WithoutYes_OnlyShowsTheChanges()
    {
        await AddPostsAsync();
        var before = await _home.PostsAsync();

        (await _home.RunAsync("retract", "within-us")).ShouldBe(
            0,
            OldestFirst(Shown)
                + "within-us will be withdrawn: no longer chosen or shown.\n"
                + "Nothing was changed. Add --yes to change it.\n"
        );
        await AssertNothingChangedAsync(before);
    }

    [Fact]
    public async Task Retract_WithYes_DeletesEveryPostAndWithdrawsTheItem()
    {
        await AddPostsAsync();

        (await _home.RunAsync("retract", "within-us", "--yes")).ShouldBe(
            1,
            OldestFirst(Shown)
                + """
                within-us will be withdrawn: no longer chosen or shown.
                within-us is withdrawn. serge retract within-us --undo restores it.
                aaaaaaaa  Sun 31 Jan 2027 08:00 UTC  old → mastodon: deleted
                bbbbbbbb  Mon 1 Feb 2027 09:00 +01:00  morning → discord:7  https://discord.com/channels/1/7/900: deleted
                cccccccc  Mon 1 Feb 2027 12:00 +01:00  morning → mastodon: It is unknown whether it was published. Check the destination, and try again when its state is known.
                dddddddd  Mon 1 Feb 2027 13:30 +01:00  morning → mastodon: not sent yet; cancelled
                Changed 3 of 4 posts. Repeat the command for those that can still be changed.

                """
        );

        Assert.Equal(["delete 42"], _home.Mastodon.Changes);
        Assert.Equal(["delete 7/900"], _home.Discord.Calls);
        Assert.Equal(
            [
                "d Cancelled Retracted on 2027-02-01 12:00Z before it was sent.",
                "c Unknown ",
                "b Retracted Retracted on 2027-02-01 12:00Z.",
                "a Retracted Retracted on 2027-02-01 12:00Z.",
                "e Missed ",
            ],
            (await _home.PostsAsync()).Select(post => $"{post.Key[0]} {post.State} {post.Reason}")
        );
        Assert.Equal(Some.Noon, Assert.Contains("within-us", await _home.WithdrawalsAsync()));

        // A running bot applies the withdrawal before the first post is deleted.
        Assert.Equal([WithdrawalPoller.Interval * 2], _home.SystemClock.Skipped);
    }

    [Fact]
    public async Task Retract_AgainAfterAFailure_ChangesTheRest()
    {
        await _home.AddAsync(CreatePost('a', PostState.Sent, "2027-01-31 08:00") with { RemoteId = "42" });
        await _home.WithdrawAsync("within-us");

        var result = await _home.RunAsync("retract", "within-us", "--yes");

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith(
            """
            within-us is already withdrawn.
            aaaaaaaa  Sun 31 Jan 2027 09:00 +01:00  morning → mastodon: deleted
            Changed 1 post.

            """,
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(Some.At("2027-01-31 08:00"), (await _home.WithdrawalsAsync())["within-us"]);
        Assert.Empty(_home.SystemClock.Skipped);
    }

    [Fact]
    public async Task Retract_WhenEverythingIsDone_StatesThatThereIsNothingToDo()
    {
        await _home.WithdrawAsync("within-us");

        (await _home.RunAsync("retract", "within-us", "--yes")).ShouldBe(
            0,
            "within-us is already withdrawn.\nNo post of it is published. Nothing to do.\n"
        );
    }

    [Fact]
    public async Task Retract_AnItemThatWasNeverPosted_IsWithdrawn()
    {
        (await _home.RunAsync("retract", "testament", "--yes")).ShouldBe(
            0,
            """
            testament will be withdrawn: no longer chosen or shown.
            testament is withdrawn. serge retract testament --undo restores it.
            No post was published.

            """
        );
        Assert.Contains("testament", await _home.WithdrawalsAsync());
    }

    [Fact]
    public async Task Retract_OneOfTwoEvents_EditsThePost()
    {
        _home.Write("events.yaml", TwoEvents);
        await _home.AddAsync(
            CreatePost('a', PostState.Sent, "2027-02-01 08:00", "Old.") with
            {
                Items = ["first", "second"],
                RemoteId = "42",
            }
        );

        var result = await _home.RunAsync("retract", "first", "--yes");

        Assert.Equal(0, result.ExitCode);
        var post = Assert.Single(await _home.PostsAsync());
        Assert.Equal((PostState.Sent, "second"), (post.State, Assert.Single(post.Items)));
        Assert.Equal($"edit 42: {post.Payload!.Text}", Assert.Single(_home.Mastodon.Changes));
        Assert.Contains("Another thing happened.", post.Payload.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("One thing happened.", post.Payload.Text, StringComparison.Ordinal);
        Assert.StartsWith(
            $"aaaaaaaa  Mon 1 Feb 2027 09:00 +01:00  morning → mastodon\n  - Old.\n  + {post.Payload.Text.Split('\n')[0]}\n",
            result.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Retract_OneOfTwoEventsOfWhichTheOtherIsWithdrawn_DeletesThePost()
    {
        _home.Write("events.yaml", TwoEvents);
        await _home.WithdrawAsync("second");
        await _home.AddAsync(
            CreatePost('a', PostState.Sent, "2027-02-01 08:00") with
            {
                Items = ["first", "second"],
                RemoteId = "42",
            }
        );

        Assert.Equal(0, (await _home.RunAsync("retract", "first", "--yes")).ExitCode);
        Assert.Equal(["delete 42"], _home.Mastodon.Changes);
    }

    [Theory]
    [InlineData("yes\n")]
    [InlineData(" Y \n")]
    public async Task Retract_WhenConfirmed_ChangesThePosts(string typed)
    {
        _home.Typed = typed;

        var result = await _home.RunAsync("retract", "within-us");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(
            "or shown.\nContinue? Type yes: within-us is withdrawn.",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("within-us", await _home.WithdrawalsAsync());
    }

    [Theory]
    [InlineData("no\n")]
    [InlineData("\n")]
    [InlineData("")]
    public async Task Retract_WhenNotConfirmed_ChangesNothing(string typed)
    {
        _home.Typed = typed;

        (await _home.RunAsync("retract", "within-us")).ShouldBe(
            0,
            "within-us will be withdrawn: no longer chosen or shown.\nContinue? Type yes: Nothing was changed.\n"
        );
        Assert.Empty(await _home.WithdrawalsAsync());
    }

    [Theory]
    [InlineData(
        "within-uss",
        "No quotation or event has the id within-uss, and none with it was posted. Did you mean within-us?\n"
    )]
    [InlineData(
        "testamen",
        "No quotation or event has the id testamen, and none with it was posted. Did you mean testament?\n"
    )]
    [InlineData("xyz", "No quotation or event has the id xyz, and none with it was posted.\n")]
    public async Task Retract_AnUnknownId_SuggestsASimilarOne(string id, string error)
    {
        (await _home.RunAsync("retract", id, "--yes")).ShouldBe(2, "", error);
        Assert.Empty(await _home.WithdrawalsAsync());
    }

    [Fact]
    public async Task Retract_AnItemThatIsOnlyInTheLedger_DeletesItsPosts()
    {
        await _home.AddAsync(
            CreatePost('a', PostState.Sent, "2027-01-31 08:00") with
            {
                Items = ["gone"],
                RemoteId = "42",
            }
        );

        Assert.Equal(0, (await _home.RunAsync("retract", "gone", "--yes")).ExitCode);
        Assert.Equal(["delete 42"], _home.Mastodon.Changes);
    }

    /// <summary>Only the copy whose id is known can be deleted. The reason alone has the link of the other
    /// one.</summary>
    [Fact]
    public async Task Retract_APostThatWasPublishedTwice_NamesTheOtherCopyUntilItIsDismissed()
    {
        const string Twice = "Published twice. Delete https://m.example/41; the bot only knows https://m.example/42.";
        await _home.AddAsync(
            CreatePost('a', PostState.Sent, "2027-01-31 08:00") with
            {
                RemoteId = "42",
                NeedsOperator = true,
                Reason = Twice,
            }
        );

        var result = await _home.RunAsync("retract", "within-us", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(
            $"""
            morning → mastodon: deleted. A second copy may be public. ({Twice}) Delete it yourself, then run serge dismiss aaaaaaaa.
            Changed 1 post.

            """,
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(["delete 42"], _home.Mastodon.Changes);
        var failed = await _home.RunAsync("deliveries", "--failed");
        Assert.Contains("retracted", failed.Output, StringComparison.Ordinal);
        Assert.Contains("https://m.example/41", failed.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await _home.RunAsync("dismiss", "aaaaaaaa")).ExitCode);
        (await _home.RunAsync("deliveries", "--failed")).ShouldBe(0, "There are no failed posts.\n");
    }

    [Fact]
    public async Task Retract_WhenThePlatformRefuses_FailsAndKeepsThePost()
    {
        await _home.AddAsync(CreatePost('a', PostState.Sent, "2027-01-31 08:00") with { RemoteId = "42" });
        _home.Mastodon.OnChange = _ => new SendOutcome.Refused(Refusal.Forbidden, "HTTP 403");

        var result = await _home.RunAsync("retract", "within-us", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(
            """
            aaaaaaaa  Sun 31 Jan 2027 09:00 +01:00  morning → mastodon: not done: the platform refuses it. (HTTP 403)
            Changed 0 of 1 post. Repeat the command for those that can still be changed.

            """,
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(PostState.Sent, Assert.Single(await _home.PostsAsync()).State);
    }

    /// <summary>The account has moved to m.example, which answers that it does not know the post.</summary>
    [Fact]
    public async Task Retract_APostOnAnEarlierServer_LeavesItToTheOperator()
    {
        await AddPostAtAsync("https://old.example/@serge/42", accountPage: "https://m.example/@serge");

        var result = await _home.RunAsync("retract", "within-us", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(
            """
            not done: it was published at https://old.example/@serge/42, which is not on the server of Mastodon:Address. Edit or delete it there yourself.
            Changed 0 of 1 post. Repeat the command for those that can still be changed.

            """,
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Empty(_home.Mastodon.Changes);
        Assert.Equal(PostState.Sent, Assert.Single(await _home.PostsAsync()).State);
    }

    /// <summary>The API is at m.example, and the pages of the account are on another domain.</summary>
    [Fact]
    public async Task Retract_APostOnTheWebDomainOfTheAccount_DeletesIt()
    {
        await AddPostAtAsync("https://social.example/@serge/42", accountPage: "https://social.example/@serge");

        Assert.Equal(0, (await _home.RunAsync("retract", "within-us", "--yes")).ExitCode);

        Assert.Equal(["delete 42"], _home.Mastodon.Changes);
    }

    /// <summary>The post is rendered again with the other event, which requires the limits. The event is withdrawn
    /// nevertheless, so that it is not posted any more.</summary>
    [Fact]
    public async Task Retract_OneOfTwoEventsWithoutTheLimitsOfTheServer_LeavesThatPostForLater()
    {
        _home.Write("events.yaml", TwoEvents);
        await _home.AddAsync(
            CreatePost('a', PostState.Sent, "2027-02-01 08:00") with
            {
                Items = ["first", "second"],
                RemoteId = "42",
            }
        );
        var before = Assert.Single(await _home.PostsAsync());
        _home.Mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");

        var result = await _home.RunAsync("retract", "first", "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            "The Mastodon server did not return its limits, so it is unknown which text fits there.",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "Changed 0 of 1 post. Repeat the command for those that can still be changed.\n",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("first", await _home.WithdrawalsAsync());
        Assert.Empty(_home.Mastodon.Changes);
        Assert.Equivalent(before, Assert.Single(await _home.PostsAsync()));
    }

    /// <summary>The bot would send the withdrawn event when the server is available again.</summary>
    [Fact]
    public async Task Retract_OneOfTwoEventsOfAPlannedPostWithoutTheLimitsOfTheServer_RemovesIt()
    {
        _home.Write("events.yaml", TwoEvents);
        var planned = CreatePost('a', PostState.Planned, "2027-02-01 08:00") with { Items = ["first", "second"] };
        await _home.AddAsync(planned);
        _home.Mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");

        Assert.Equal(0, (await _home.RunAsync("retract", "first", "--yes")).ExitCode);

        var post = Assert.Single(await _home.PostsAsync());
        Assert.Equal(PostState.Planned, post.State);
        Assert.Equal(["second"], post.Items);
    }

    /// <summary>A deletion needs no limits, and must not wait for them.</summary>
    [Fact]
    public async Task Retract_AQuotationWithoutTheLimitsOfTheServer_DeletesItsPosts()
    {
        await _home.AddAsync(CreatePost('a', PostState.Sent, "2027-01-31 08:00") with { RemoteId = "42" });
        _home.Mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("down");

        Assert.Equal(0, (await _home.RunAsync("retract", "within-us", "--yes")).ExitCode);

        Assert.Equal(["delete 42"], _home.Mastodon.Changes);
        Assert.Contains("within-us", await _home.WithdrawalsAsync());
    }

    [Fact]
    public async Task Undo_AWithdrawnItem_RestoresIt()
    {
        await _home.WithdrawAsync("within-us");
        await _home.WithdrawAsync("birth");

        (await _home.RunAsync("retract", "within-us", "--undo")).ShouldBe(
            0,
            "within-us may be chosen again. Deleted posts stay deleted.\n"
        );
        Assert.Equal(["birth"], (await _home.WithdrawalsAsync()).Keys);
    }

    [Fact]
    public async Task Undo_AnItemThatIsNotWithdrawn_NamesTheWithdrawnOnes()
    {
        (await _home.RunAsync("retract", "within-us", "--undo")).ShouldBe(
            1,
            "within-us is not withdrawn. Withdrawn: nothing.\n"
        );
        await _home.WithdrawAsync("testament");
        await _home.WithdrawAsync("birth");

        (await _home.RunAsync("retract", "within-us", "--undo")).ShouldBe(
            1,
            "within-us is not withdrawn. Withdrawn: birth, testament.\n"
        );
    }

    private const string TwoEvents = """
        - id: first
          date: 1919-02-01
          text: One thing happened.
          kind: life
          mentionedBy: [cunningham]
          sources: [cunningham]
          status: sure
        - id: second
          date: 1933-02-01
          text: Another thing happened.
          kind: life
          mentionedBy: [cunningham]
          sources: [cunningham]
          status: sure

        """;

    /// <summary>The ledger lists the posts of an item oldest first.</summary>
    private static string OldestFirst(string newestFirst) =>
        string.Concat(
            newestFirst.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Reverse().Select(one => $"{one}\n\n")
        );

    private static Post CreatePost(
        char key,
        PostState state,
        string occurrence,
        string text = "Words.",
        string to = "mastodon"
    ) => Some.Post(new string(key, 24), state, to, Some.At(occurrence), text) with { Items = ["within-us"] };

    private Task AddPostAtAsync(string url, string accountPage)
    {
        _home.Mastodon.Account = _home.Mastodon.Account with { Url = new Uri(accountPage) };
        var post = CreatePost('a', PostState.Sent, "2027-01-31 08:00");
        return _home.AddAsync(post with { RemoteId = "42", Url = new Uri(url) });
    }

    private Task AddPostsAsync() =>
        _home.AddAsync(
            CreatePost('a', PostState.Sent, "2027-01-31 08:00", "On Mastodon.") with
            {
                Schedule = ScheduleId.OfOperator("old"),
                RemoteId = "42",
            },
            CreatePost('b', PostState.Sent, "2027-02-01 08:00", to: "discord:7") with
            {
                Payload = new Payload { Text = "On Discord.\nTwo lines.", Warning = "war" },
                RemoteId = "900",
                Url = new Uri("https://discord.com/channels/1/7/900"),
            },
            CreatePost('c', PostState.Unknown, "2027-02-01 11:00"),
            CreatePost('d', PostState.Planned, "2027-02-01 12:30", "Not sent."),
            CreatePost('e', PostState.Missed, "2027-01-30 08:00") with
            {
                Items = ["within-us-too"],
            }
        );

    private async Task AssertNothingChangedAsync(IReadOnlyList<Post> before)
    {
        Assert.Equivalent(before, await _home.PostsAsync());
        Assert.Empty(await _home.WithdrawalsAsync());
        Assert.Equal((0, 0), (_home.Mastodon.Changes.Count, _home.Discord.Calls.Count));
    }
}
