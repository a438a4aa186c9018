namespace Serge.Bot.Tests.Cli;

/// <summary>Edits and deletions, and what the ledger says afterwards.</summary>
public sealed class CopyChangerTests : IAsyncLifetime
{
    private static readonly Payload Better = new() { Text = "Better words." };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-changes-");
    private readonly FakeTimeProvider _clock = new(Some.Noon);
    private readonly FakeMastodon _mastodon = new();
    private Ledger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _ledger = new Ledger(await Database.OpenAsync(Path.Combine(_folder.FullName, "serge.db"), Stop));

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Apply_AnEdit_IsMadeThereAndKeptHere()
    {
        var post = await SentAsync();

        Assert.True((await ApplyAsync(new PostChange.Edit(post, Better, ["an-id"]))).Done);

        Assert.Equal(["edit 42: Better words."], _mastodon.Changes);
        Assert.Equal(
            (PostState.Sent, "Better words.", "Corrected on 2027-02-01 12:00Z."),
            (await PostAsync()).Let(after => (after.State, after.Payload!.Text, after.Reason))
        );
    }

    [Fact]
    public async Task Apply_ADeletion_IsMadeThereAndKeptHere()
    {
        var post = await SentAsync();

        Assert.True((await ApplyAsync(new PostChange.Delete(post))).Done);

        Assert.Equal(["delete 42"], _mastodon.Changes);
        Assert.Equal(
            (PostState.Retracted, "Retracted on 2027-02-01 12:00Z."),
            (await PostAsync()).Let(after => (after.State, after.Reason))
        );
    }

    public static TheoryData<SendOutcome, string> Failures =>
        new()
        {
            { new SendOutcome.Refused(Refusal.Forbidden, "403 Missing Access"), "403 Missing Access" },
            { new SendOutcome.RetryAfter(Some.At("2027-02-01 12:30"), "429"), "until 2027-02-01 12:30:00Z" },
            { new SendOutcome.Unavailable("connection refused"), "connection refused" },
            { new SendOutcome.Unknown("the answer was lost"), "not certain: the answer was lost" },
        };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Apply_WhenThePlatformWillNot_ChangesNothingHereAndSaysWhy(SendOutcome outcome, string says)
    {
        var post = await SentAsync();
        _mastodon.OnChange = _ => outcome;

        var edited = await ApplyAsync(new PostChange.Edit(post, Better, ["an-id"]));
        var deleted = await ApplyAsync(new PostChange.Delete(post));

        Assert.All(new[] { edited, deleted }, result => Assert.False(result.Done));
        Assert.All(new[] { edited, deleted }, result => Assert.Contains(says, result.Says, StringComparison.Ordinal));
        Assert.Equal((PostState.Sent, "Words."), (await PostAsync()).Let(after => (after.State, after.Payload!.Text)));
    }

    [Fact]
    public async Task Apply_WhenTheAnswerIsLost_SaysItOnceMore()
    {
        var post = await SentAsync();
        _mastodon.OnChange = n => n == 1 ? new SendOutcome.Unknown("the answer was lost") : null;

        Assert.True((await ApplyAsync(new PostChange.Edit(post, Better, ["an-id"]))).Done);

        Assert.Equal(2, _mastodon.Changes.Count);
    }

    [Fact]
    public async Task Apply_ADeletionWhereTheChannelIsGone_IsDone()
    {
        var post = await SentAsync();
        _mastodon.OnChange = _ => new SendOutcome.Refused(Refusal.Gone, "10003 Unknown Channel");

        Assert.True((await ApplyAsync(new PostChange.Delete(post))).Done);
        Assert.Equal(PostState.Retracted, (await PostAsync()).State);
    }

    [Fact]
    public async Task Apply_ToACopyWithoutAnId_LooksForIt()
    {
        var post = await SentAsync(remoteId: null);
        _mastodon.Publish("", post.Payload!.ToStatus());

        Assert.True((await ApplyAsync(new PostChange.Edit(post, Better, ["an-id"]))).Done);

        Assert.Equal(["edit 1: Better words."], _mastodon.Changes);
        Assert.Equal("1", (await PostAsync()).RemoteId);
    }

    [Fact]
    public async Task Apply_ToACopyThatCannotBeFound_SaysSo()
    {
        var (done, says) = await ApplyAsync(new PostChange.Delete(await SentAsync(remoteId: null)));

        Assert.False(done);
        Assert.Contains("Look there yourself", says, StringComparison.Ordinal);
        Assert.Empty(_mastodon.Changes);
    }

    [Fact]
    public async Task Apply_ToWhatIsNotOutYet_TouchesOnlyTheLedger()
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

    private Task<(bool Done, string Says)> ApplyAsync(PostChange change) =>
        new PublishedPostEditor(_ledger, TestEngine.Targets(null, _mastodon), new Clocks(_clock, _clock)).ApplyAsync(change, Stop);

    private async Task<Post> SentAsync(string? remoteId = "42")
    {
        await PlanAsync(Some.Post(state: PostState.Sent) with { RemoteId = remoteId });
        return await PostAsync();
    }

    private Task<IReadOnlyList<Post>> PlanAsync(Post post) =>
        _ledger.PlanAsync(post.Schedule, mark: null, [post], Stop);

    private async Task<Post> PostAsync() => Assert.Single(await _ledger.GetRecentAsync(10, Stop));
}
