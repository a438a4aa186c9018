namespace Serge.Bot.Tests.Cli;

/// <summary>Edits and deletions on the platform, and how the ledger records them.</summary>
public sealed class PublishedPostEditorTests : IAsyncLifetime
{
    private const string Twice =
        "Published twice. Delete https://m.example/41; the bot only knows https://m.example/42.";

    private const string OtherCopy =
        $"A second copy may be public. ({Twice}) Delete it yourself, then run serge dismiss aaaaaaaa.";

    private static readonly Payload Better = new() { Text = "Better words." };

    private readonly FakeTimeProvider _clock = new(Some.Noon);
    private readonly FakeMastodon _mastodon = new();
    private Database _database = null!;
    private Ledger _ledger = null!;

    private OperatorLedger Operators => new(_database);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        _ledger = new Ledger(_database);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Apply_AnEdit_ChangesThePlatformAndTheLedger()
    {
        var post = await SentAsync();

        Assert.True((await ApplyAsync(new PostChange.Edit(post, Better, ["an-id"]))).IsDone);

        Assert.Equal(["edit 42: Better words."], _mastodon.Changes);
        var after = await PostAsync();
        Assert.Equal(
            (PostState.Sent, "Better words.", "Corrected on 2027-02-01 12:00Z."),
            (after.State, after.Payload!.Text, after.Reason)
        );
    }

    /// <summary>The edit removes the picture of a post that has one, so the operator must be informed.</summary>
    [Fact]
    public async Task Apply_AnEditWithoutThePicture_ReportsIt()
    {
        var post = await SentAsync();
        PostPicture picture = new() { Body = "Better words.", Credit = [] };

        var result = await ApplyAsync(new PostChange.Edit(post, Better with { Picture = picture }, ["an-id"]));

        const string Remark = "Without its picture: Pictures are switched off. Remove Cards:Font = none.";
        Assert.Equal(new ChangeResult(IsDone: true, $"edited. {Remark}"), result);
        var after = await PostAsync();
        Assert.Equal((PostState.Sent, $"Corrected on 2027-02-01 12:00Z. {Remark}"), (after.State, after.Reason));
    }

    [Fact]
    public async Task Apply_AnEditWhosePictureIsRefused_ReportsIt()
    {
        InstalledFonts.Require();
        var post = await SentAsync();
        PostPicture picture = new() { Body = "Better words.", Credit = [] };
        _mastodon.OnChange = n => n == 1 ? new SendOutcome.Refused(Refusal.Forbidden, "No scope.") : null;
        using var drawer = TestEngine.Drawer(new CardSettings());

        var result = await ApplyAsync(
            new PostChange.Edit(post, Better with { Picture = picture }, ["an-id"]),
            new PictureSender(drawer)
        );

        Assert.Equal(new ChangeResult(IsDone: true, "edited. Without its picture: No scope."), result);
        Assert.EndsWith(" Without its picture: No scope.", (await PostAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_ADeletion_ChangesThePlatformAndTheLedger()
    {
        var post = await SentAsync();

        Assert.True((await ApplyAsync(new PostChange.Delete(post))).IsDone);

        Assert.Equal(["delete 42"], _mastodon.Changes);
        var after = await PostAsync();
        Assert.Equal((PostState.Retracted, "Retracted on 2027-02-01 12:00Z."), (after.State, after.Reason));
    }

    public static TheoryData<SendOutcome, string> Failures =>
        new()
        {
            {
                new SendOutcome.Refused(Refusal.Forbidden, "403 Missing Access"),
                "not done: the platform refuses it. (403 Missing Access)"
            },
            {
                new SendOutcome.RetryAfter(Some.At("2027-02-01 12:30"), "429"),
                "not done: rate limited until 2027-02-01 12:30:00Z. Try again then. (429)"
            },
            { new SendOutcome.Unavailable("Connection refused."), "not done: Connection refused. Try again later." },
            { new SendOutcome.Unknown("the response was lost"), "unknown: the response was lost. Try again." },
        };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Apply_WhenThePlatformFails_KeepsTheLedgerAndReturnsTheReason(SendOutcome outcome, string message)
    {
        var post = await SentAsync();
        _mastodon.OnChange = _ => outcome;

        var edited = await ApplyAsync(new PostChange.Edit(post, Better, ["an-id"]));
        var deleted = await ApplyAsync(new PostChange.Delete(post));

        Assert.All(new[] { edited, deleted }, result => Assert.False(result.IsDone));
        Assert.All(new[] { edited, deleted }, result => Assert.Equal(message, result.Message));
        var after = await PostAsync();
        Assert.Equal((PostState.Sent, "Words."), (after.State, after.Payload!.Text));
    }

    [Fact]
    public async Task Apply_WhenTheResponseIsLost_RepeatsTheRequestOnce()
    {
        var post = await SentAsync();
        _mastodon.OnChange = n => n == 1 ? new SendOutcome.Unknown("the response was lost") : null;

        Assert.True((await ApplyAsync(new PostChange.Edit(post, Better, ["an-id"]))).IsDone);

        Assert.Equal(2, _mastodon.Changes.Count);
    }

    public static TheoryData<SendOutcome> NotExecuted =>
        [
            new SendOutcome.RetryAfter(Some.At("2027-02-01 12:30"), "429"),
            new SendOutcome.Unavailable("The circuit breaker is open."),
        ];

    [Theory]
    [MemberData(nameof(NotExecuted))]
    public async Task Apply_WhenTheResponseIsLostAndTheRepetitionIsNotExecuted_IsUnknown(SendOutcome second)
    {
        var post = await SentAsync();
        _mastodon.OnChange = n => n == 1 ? new SendOutcome.Unknown("the response was lost") : second;

        var result = await ApplyAsync(new PostChange.Edit(post, Better, ["an-id"]));

        Assert.Equal(new ChangeResult(IsDone: false, "unknown: the response was lost. Try again."), result);
    }

    [Fact]
    public async Task Apply_ADeletionOfWhatNoLongerExists_IsDoneAfterASecondAnswerTenMinutesLater()
    {
        var post = await SentAsync();
        _mastodon.OnChange = _ => new SendOutcome.Refused(Refusal.Gone, "10003 Unknown Channel");

        var (isDone, message, _) = await ApplyAsync(new PostChange.Delete(post));
        Assert.False(isDone);
        Assert.EndsWith("Run the command again after 10 min to confirm it.", message, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.False((await ApplyAsync(new PostChange.Delete(await PostAsync()))).IsDone);
        Assert.Equal(PostState.Sent, (await PostAsync()).State);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True((await ApplyAsync(new PostChange.Delete(await PostAsync()))).IsDone);
        Assert.Equal(PostState.Retracted, (await PostAsync()).State);
    }

    [Fact]
    public async Task Apply_ToAPostWithoutARemoteId_LooksItUp()
    {
        var post = await SentAsync(remoteId: null);
        _mastodon.Publish("", MastodonRenderer.ToStatus(post.Payload!));

        Assert.True((await ApplyAsync(new PostChange.Edit(post, Better, ["an-id"]))).IsDone);

        Assert.Equal(["edit 1: Better words."], _mastodon.Changes);
        Assert.Equal("1", (await PostAsync()).RemoteId);
    }

    [Fact]
    public async Task Apply_ToAPostThatIsNotFound_ChangesNothing()
    {
        var (isDone, message, _) = await ApplyAsync(new PostChange.Delete(await SentAsync(remoteId: null)));

        Assert.False(isDone);
        Assert.Equal(
            "not done: the server did not return its id, and the lookup did not find it. Check the destination yourself.",
            message
        );
        Assert.Empty(_mastodon.Changes);
    }

    [Fact]
    public async Task Apply_ToAPostOnAnotherHost_WhileTheAccountCannotBeRead_ChangesNothing()
    {
        Uri url = new("https://old.example/@serge/42");
        await PlanAsync(Some.Post(state: PostState.Sent) with { RemoteId = "42", Url = url });
        _mastodon.AccountAnswer = new Result<MastodonAccount>.Unavailable("HTTP 503");

        var edited = await ApplyAsync(new PostChange.Edit(await PostAsync(), Better, ["an-id"]));
        var deleted = await ApplyAsync(new PostChange.Delete(await PostAsync()));

        const string Message =
            "not done: it was published at https://old.example/@serge/42, which is not on the server of "
            + "Mastodon:Address, and the page of the account could not be read: HTTP 503. Try again later.";
        Assert.Equal(new ChangeResult(IsDone: false, Message), edited);
        Assert.Equal(edited, deleted);
        Assert.Empty(_mastodon.Changes);
    }

    /// <summary>Only one copy is known by its id. The other one can only be deleted by a person, who needs its
    /// link.</summary>
    [Fact]
    public async Task Apply_ToAPostThatWasPublishedTwice_KeepsTheOtherCopyAsAFailure()
    {
        var post = await SentTwiceAsync();

        var edited = await ApplyAsync(new PostChange.Edit(post, Better, ["an-id"]));
        Assert.Equal(new ChangeResult(IsDone: true, $"edited. {OtherCopy}", NeedsOperator: true), edited);
        var corrected = await PostAsync();
        Assert.Equal(
            (PostState.Sent, true, $"Corrected on 2027-02-01 12:00Z. Earlier: {Twice}"),
            (corrected.State, corrected.NeedsOperator, corrected.Reason)
        );

        var deleted = await ApplyAsync(new PostChange.Delete(post));
        Assert.Equal(new ChangeResult(IsDone: true, $"deleted. {OtherCopy}", NeedsOperator: true), deleted);
        var retracted = await PostAsync();
        Assert.Equal(
            (PostState.Retracted, true, $"Retracted on 2027-02-01 12:00Z. Earlier: {Twice}"),
            (retracted.State, retracted.NeedsOperator, retracted.Reason)
        );
        Assert.Equal(["edit 42: Better words.", "delete 42"], _mastodon.Changes);
        Assert.Single(await Operators.GetFailedAsync(Some.Noon, 10, Stop));
    }

    [Fact]
    public async Task Apply_ToACopyThatNoLongerExists_KeepsTheOtherCopyAsAFailure()
    {
        var post = await SentTwiceAsync();
        _mastodon.OnChange = _ => new SendOutcome.Refused(Refusal.Gone, "404");

        await ApplyAsync(new PostChange.Delete(post));
        _clock.Advance(TimeSpan.FromMinutes(10));
        var result = await ApplyAsync(new PostChange.Delete(await PostAsync()));

        Assert.Equal((true, true), (result.IsDone, result.NeedsOperator));
        Assert.EndsWith($"Earlier: {Twice}", (await PostAsync()).Reason, StringComparison.Ordinal);
    }

    /// <summary>The operator may have deleted the wrong copy, so its link is kept.</summary>
    [Fact]
    public async Task Apply_AfterTheOtherCopyWasDismissed_LeavesNothingToDoAndKeepsBothLinks()
    {
        var post = await SentTwiceAsync();
        await Operators.DismissAsync([post.Key], Some.Noon, Stop);

        var dismissed = await PostAsync();
        var edited = await ApplyAsync(new PostChange.Edit(dismissed, Better, ["an-id"]));
        Assert.Equal(new ChangeResult(IsDone: true, "edited"), edited);
        var corrected = await PostAsync();
        Assert.Equal(
            (PostState.Sent, false, $"Corrected on 2027-02-01 12:00Z. Earlier: {Twice}"),
            (corrected.State, corrected.NeedsOperator, corrected.Reason)
        );
        Assert.Empty(await Operators.GetFailedAsync(Some.Noon, 10, Stop));

        var deleted = await ApplyAsync(new PostChange.Delete(dismissed));
        Assert.Equal(new ChangeResult(IsDone: true, "deleted"), deleted);
        var retracted = await PostAsync();
        Assert.Equal(
            (PostState.Retracted, false, $"Retracted on 2027-02-01 12:00Z. Earlier: {Twice}"),
            (retracted.State, retracted.NeedsOperator, retracted.Reason)
        );
        Assert.Empty(await Operators.GetFailedAsync(Some.Noon, 10, Stop));
    }

    /// <summary>A second copy that a later lookup finds is not the failure that was dismissed.</summary>
    [Fact]
    public async Task Apply_ToADismissedPostOfWhichTheLookupFindsTwo_IsFailedAgain()
    {
        var sent = await SentAsync(remoteId: null);
        var uncertain = sent with { NeedsOperator = true, Reason = "It may be published twice." };
        Assert.True(await _ledger.TryUpdateAsync(sent, uncertain, Stop));
        await Operators.DismissAsync([sent.Key], Some.Noon, Stop);
        _mastodon.OnLookup = () =>
            new LookupResult.Found("42", new Uri("https://m.example/42")) { Copy = "https://m.example/41" };

        var result = await ApplyAsync(new PostChange.Edit(await PostAsync(), Better, ["an-id"]));

        Assert.Equal(new ChangeResult(IsDone: true, $"edited. {OtherCopy}", NeedsOperator: true), result);
        Assert.Single(await Operators.GetFailedAsync(Some.Noon, 10, Stop));
        Assert.Empty(await Operators.GetDismissedAsync([sent.Key], Stop));
    }

    /// <summary>A server that never returns ids: the lookup may be the first to find both copies.</summary>
    [Fact]
    public async Task Apply_ToAPostOfWhichTheLookupFindsTwo_NamesBoth()
    {
        var post = await SentAsync(remoteId: null);
        _mastodon.OnLookup = () =>
            new LookupResult.Found("42", new Uri("https://m.example/42")) { Copy = "https://m.example/41" };

        var result = await ApplyAsync(new PostChange.Delete(post));

        Assert.Equal(new ChangeResult(IsDone: true, $"deleted. {OtherCopy}", NeedsOperator: true), result);
        Assert.EndsWith($"Earlier: {Twice}", (await PostAsync()).Reason, StringComparison.Ordinal);
    }

    /// <summary>The lookup that finds both copies is not repeated, so the ledger stores its result.</summary>
    [Fact]
    public async Task Apply_ToAPostOfWhichTheLookupFindsTwo_WhoseCopyIsGone_KeepsTheOtherCopyAsAFailure()
    {
        var post = await SentAsync(remoteId: null);
        _mastodon.OnLookup = () =>
            new LookupResult.Found("42", new Uri("https://m.example/42")) { Copy = "https://m.example/41" };
        _mastodon.OnChange = _ => new SendOutcome.Refused(Refusal.Gone, "404");

        Assert.False((await ApplyAsync(new PostChange.Delete(post))).IsDone);

        var seen = await PostAsync();
        Assert.Equal((PostState.Sent, "42", true, Twice), (seen.State, seen.RemoteId, seen.NeedsOperator, seen.Reason));

        _mastodon.OnLookup = () => throw new InvalidOperationException("The post was looked up again.");
        _clock.Advance(TimeSpan.FromMinutes(10));
        var result = await ApplyAsync(new PostChange.Delete(seen));

        Assert.Equal(
            new ChangeResult(IsDone: true, $"no longer exists (404). {OtherCopy}", NeedsOperator: true),
            result
        );
    }

    /// <summary>The newest reason is first, followed by its remark about the picture.</summary>
    [Fact]
    public async Task Apply_AnEditWithoutThePicture_OfAPostThatWasPublishedTwice_PutsTheRemarkBeforeTheEarlierReason()
    {
        var post = await SentTwiceAsync();
        PostPicture picture = new() { Body = "Better words.", Credit = [] };

        await ApplyAsync(new PostChange.Edit(post, Better with { Picture = picture }, ["an-id"]));

        const string Remark = "Without its picture: Pictures are switched off. Remove Cards:Font = none.";
        Assert.Equal($"Corrected on 2027-02-01 12:00Z. {Remark} Earlier: {Twice}", (await PostAsync()).Reason);
    }

    [Fact]
    public async Task Apply_ToAPlannedPost_ChangesOnlyTheLedger()
    {
        await PlanAsync(Some.Post("a"));
        await PlanAsync(Some.Post("b", occurrence: Some.Noon.AddMinutes(1)));
        var posts = await _ledger.GetRecentAsync(10, Stop);

        await ApplyAsync(new PostChange.Edit(posts[0], Better, ["an-id"]));
        await ApplyAsync(new PostChange.Delete(posts[1]));

        Assert.Empty(_mastodon.Changes);
        Assert.Equal(
            ["b Planned Better words.", "a Cancelled Words."],
            (await _ledger.GetRecentAsync(10, Stop)).Select(post => $"{post.Key} {post.State} {post.Payload!.Text}")
        );
    }

    private Task<ChangeResult> ApplyAsync(PostChange change, PictureSender? pictures = null)
    {
        var targets = TestEngine.Targets(discord: null, _mastodon, pictures: pictures);
        Clocks clocks = new(_clock, _clock);
        PublishedPostEditor editor = new(_ledger, targets, new DeliverySettings(), clocks);
        return editor.ApplyAsync(change, Stop);
    }

    private async Task<Post> SentAsync(string? remoteId = "42")
    {
        await PlanAsync(Some.Post(state: PostState.Sent) with { RemoteId = remoteId });
        return await PostAsync();
    }

    private async Task<Post> SentTwiceAsync()
    {
        var sent = Some.Post(state: PostState.Sent) with { RemoteId = "42", NeedsOperator = true, Reason = Twice };
        await PlanAsync(sent);
        return await PostAsync();
    }

    private Task<IReadOnlyList<Post>> PlanAsync(Post post) =>
        _ledger.PlanAsync(post.Schedule.Name, mark: null, [post], Stop);

    private async Task<Post> PostAsync() => Assert.Single(await _ledger.GetRecentAsync(10, Stop));
}
