using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.EndToEnd;

/// <summary>The bot on each kind of server with Mastodon's API: its posts are published once, and it reports what the
/// server does not support.</summary>
public sealed class MastodonServersTests
{
    private const string NewStatus = "/mastodon/api/v1/statuses";

    public static TheoryData<string, ServerProfile> Faces =>
        new()
        {
            { "Mastodon 4.2", ServerProfile.Mastodon42 },
            { "Mastodon 4.3", ServerProfile.Mastodon43 },
            { "Mastodon 4.4", ServerProfile.Mastodon44 },
            { "Mastodon 4.5", ServerProfile.Mastodon45 },
            { "Mastodon 4.6", ServerProfile.Mastodon46 },
            { "Mastodon 4.7", ServerProfile.Mastodon47 },
            { "GoToSocial", ServerProfile.GoToSocial },
            { "Hollo", ServerProfile.Hollo },
            { "Pleroma", ServerProfile.Pleroma },
            { "Akkoma", ServerProfile.Akkoma },
            { "snac", ServerProfile.Snac },
        };

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task APostWhoseResponseIsLost_IsThereOnceOnEveryServer(string name, ServerProfile face)
    {
        _ = name;
        await using var stage = await Stage.OpenAsync();
        stage.Mastodon.Options.UseProfile(face);
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        var lost = stage.AddFault(NewStatus, new RequestEffect.LoseResponse());
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, schedule);

        await stage.WaitUntilSettledAsync(2);

        Assert.Equal(1, lost.FiredCount);
        Assert.Single(stage.Statuses);
        Assert.Equal(["morning discord Sent", "morning mastodon Sent"], await stage.LedgerAsync());
    }

    /// <summary>The response has no id, and the post is not published, so it is sent again.</summary>
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("Thank you!")]
    [InlineData("")]
    public async Task ASuccessWithoutAnId_IsLookedIntoAndThePostIsThereOnce(string body)
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        stage.AddFault(NewStatus, new RequestEffect.Respond(200, body));
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, schedule);

        await stage.WaitUntilSettledAsync(2);

        Assert.Single(stage.Statuses);
        Assert.Equal(["morning discord Sent", "morning mastodon Sent"], await stage.LedgerAsync());
    }

    /// <summary>No lookup can find the post, so it is reported to the operator at once, not after a day of
    /// lookups.</summary>
    [Fact]
    public async Task APrivatePostOnSnacWhoseResponseIsLost_IsShownAtOnce()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Mastodon.Options.UseProfile(ServerProfile.Snac);
        (string, string?)[] settings =
        [
            .. await stage.OverdueScheduleAsync("morning", "quote"),
            ("Mastodon:Visibility", "private"),
        ];
        stage.AddFault(NewStatus, new RequestEffect.LoseResponse());
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, settings);

        await stage.WaitUntilAsync(
            async () =>
            {
                var (_, output) = await stage.RunCommandAsync("deliveries --failed", stage.Settings(settings));
                return output.Contains("The server lists public posts only.", StringComparison.Ordinal);
            },
            "the post is listed as failed"
        );

        var (exitCode, status) = await stage.RunCommandAsync("status", stage.Settings(settings));
        Assert.Equal(1, exitCode);
        Assert.Contains("1 post failed", status, StringComparison.Ordinal);
        Assert.Single(stage.Statuses);
    }

    public static TheoryData<string, RequestEffect> InterferingResponses =>
        new()
        {
            { "a challenge", new RequestEffect.Respond(403, "<html><title>Just a moment...</title></html>") },
            { "a route that a proxy does not know", new RequestEffect.Respond(404, "404 page not found") },
            { "a firewall's JSON", new RequestEffect.Respond(403, """{"message":"Forbidden"}""") },
            { "a login page", new RequestEffect.Respond(302, "<html>") },
            { "a proxy's limit", new RequestEffect.Respond(413, "<html>") },
        };

    /// <summary>A proxy between the bot and the server responds for a while, at the start and to the post.</summary>
    [Theory]
    [MemberData(nameof(InterferingResponses))]
    public async Task SomebodyElsesAnswer_LosesNoPost(string name, RequestEffect answer)
    {
        _ = name;
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        foreach (var (method, path) in ((string, string)[])[("GET", "/mastodon/api/**"), ("POST", NewStatus)])
        {
            stage.World.Faults.Add(At(method, path, answer) with { Times = 2 });
        }

        await using var worker = await stage.StartWorkerAsync(
            TimeProvider.System,
            [.. schedule, ("Delivery:RetryDelay", "00:00:00.1")]
        );

        await stage.WaitUntilSettledAsync(2);

        Assert.Single(stage.Statuses);
        Assert.Equal(["morning discord Sent", "morning mastodon Sent"], await stage.LedgerAsync());
    }

    public static TheoryData<string, ServerProfile, string[]> Introductions =>
        new()
        {
            {
                "Mastodon 4.6",
                ServerProfile.Mastodon46,
                ["ok     Mastodon        ready: posts as serge; server version 4.6.4, at most 500 characters per post"]
            },
            {
                "GoToSocial",
                ServerProfile.GoToSocial,
                ["at most 5000 characters", "note   Mastodon        The server may publish a post twice"]
            },
            { "Akkoma", ServerProfile.Akkoma, ["2.7.2 (compatible; Akkoma 3.5.0)", "at most 5000 characters"] },
            {
                "snac",
                ServerProfile.Snac,
                ["at most 100000 characters", "note   Mastodon        snac has no unlisted posts", "does not delete"]
            },
        };

    [Theory]
    [MemberData(nameof(Introductions))]
    public async Task Doctor_OnEachServer_StatesWhatItDoesNotDoThere(string name, ServerProfile face, string[] words)
    {
        _ = name;
        await using var stage = await Stage.OpenAsync();
        stage.Mastodon.Options.UseProfile(face);

        var (exitCode, output) = await DoctorAsync(stage);

        Assert.Equal(0, exitCode);
        Assert.All(words, word => Assert.Contains(word, output, StringComparison.Ordinal));
        Assert.Contains("note   Mastodon        The bio of serge names no contact", output, StringComparison.Ordinal);
        Assert.Empty(stage.Statuses);
    }

    /// <summary>Each row: a wrong setting or a fault of the server, and the message about it.</summary>
    public static TheoryData<string, string[], RequestFault?, string[]> BadInput =>
        new()
        {
            {
                "a path that leads nowhere",
                ["Mastodon:Address", "{root}somewhere/"],
                null,
                ["HTTP 404, not in the form of the Mastodon API", "or the configured address is not"]
            },
            {
                "no server at all",
                ["Mastodon:Address", "http://127.0.0.1:9/"],
                null,
                ["The Mastodon server is unavailable"]
            },
            {
                "a web site",
                [],
                At("GET", "/mastodon/api/v2/instance", new RequestEffect.HtmlPage()),
                ["HTTP 200, not in the form of the Mastodon API", "something between the bot and the server"]
            },
            {
                "not JSON",
                [],
                At("GET", "/mastodon/api/v2/instance", new RequestEffect.Respond(200, "hello")),
                ["not in the form of the Mastodon API"]
            },
            {
                "an error without a word",
                [],
                At("GET", "/mastodon/api/v2/instance", new RequestEffect.Respond(403, "")),
                ["not in the form of the Mastodon API", "HTTP 403"]
            },
            {
                "an account without an id",
                [],
                At("GET", "/mastodon/api/v1/accounts/verify_credentials", new RequestEffect.Respond(200, "{}")),
                ["returns no account for Mastodon:AccessToken"]
            },
            {
                "a wrong token",
                ["Mastodon:AccessToken", "wrong"],
                null,
                ["The server rejects Mastodon:AccessToken", "Development"]
            },
            {
                "no scope for the account",
                ["Mastodon:AccessToken", "no-profile"],
                null,
                ["may not read its own account", "profile (or read:accounts)"]
            },
            { "no scope for posting", ["Mastodon:AccessToken", "no-write"], null, ["may not post", "write:statuses"] },
            {
                "no scope for looking",
                ["Mastodon:AccessToken", "no-read"],
                null,
                ["may not read its own posts", "read:statuses"]
            },
        };

    [Theory]
    [MemberData(nameof(BadInput))]
    public async Task BadInput_IsOneClearLineInDoctorAndAtTheStartAndDiscordContinues(
        string mistake,
        string[] setting,
        RequestFault? fault,
        string[] words
    )
    {
        _ = mistake;
        await using var stage = await Stage.OpenAsync();
        stage.Mastodon.AddToken("no-profile", stage.Account, "read:statuses", "write:statuses");
        stage.Mastodon.AddToken("no-write", stage.Account, "profile", "read:statuses");
        stage.Mastodon.AddToken("no-read", stage.Account, "profile", "write:statuses");
        if (fault is not null)
        {
            stage.World.Faults.Add(fault);
        }

        var mastodon = new Uri(stage.Settings()["Mastodon:Address"]!);
        (string, string?)[] wrong = setting is [var key, var value]
            ?
            [
                (
                    key,
                    value.Replace("{root}", mastodon.GetLeftPart(UriPartial.Authority) + "/", StringComparison.Ordinal)
                ),
            ]
            : [];

        var (exitCode, output) = await DoctorAsync(stage, wrong);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(output.Split('\n'), line => line.StartsWith("ERROR", StringComparison.Ordinal));
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.Contains("ok     Discord", output, StringComparison.Ordinal);

        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        using var watch = stage.World.Watch();
        using LogText log = new();
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, log, [.. schedule, .. wrong]);
        await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count > 0);
        foreach (var word in words)
        {
            await stage.WaitUntilAsync(
                () => Task.FromResult(log.ToString().Contains(word, StringComparison.Ordinal)),
                $"the worker logs: {word}"
            );
        }

        Assert.Single(stage.ChannelPosts);
        Assert.DoesNotContain("   at ", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStrictBotWithPolicyViolations_RefusesToPostUntilItIsFixed()
    {
        await using var stage = await Stage.OpenAsync();
        (string, string?)[] settings =
        [
            .. stage.Schedule("morning", "0 9 * * *", "quote"),
            ("Mastodon:PolicyChecks", "enforce"),
        ];

        const string PostNow = "post --now --schedule morning";
        var clock = new ManualClock(Stage.At("2027-02-01 12:00"));

        var (refused, why) = await stage.RunCommandAsync(PostNow, stage.Settings(settings), clock);

        Assert.Equal((1, 1, 0), (refused, stage.ChannelPosts.Count, stage.Statuses.Count));
        Assert.Contains("Mastodon:PolicyChecks is enforce", why, StringComparison.Ordinal);
        Assert.Contains("names no contact", why, StringComparison.Ordinal);
        Assert.Contains("ERROR  Mastodon", (await DoctorAsync(stage, settings)).Output, StringComparison.Ordinal);

        stage.Account.Note = "Run by @ada@example.org";
        clock.MoveTo(Stage.At("2027-02-01 12:01"));
        await stage.RunCommandAsync(PostNow, stage.Settings(settings), clock);

        Assert.Single(stage.Statuses);
    }

    [Fact]
    public async Task Check_OnASmallServer_NamesWhatIsTooLongThereAndPlanChoosesOthers()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Mastodon.Options.MaxCharacters = 200;
        var settings = stage.Settings(stage.Schedule("morning", "0 9 * * *", "quote"));

        var (_, checks) = await stage.RunCommandAsync("check", settings);
        var (_, plans) = await stage.RunCommandAsync("plan --days 30", settings);

        Assert.Matches(@"quotes\.yaml:\d+:\d+.* is too long for 127\.0\.0\.1: \d+ characters of 200\.", checks);
        Assert.Contains("never chosen there", checks, StringComparison.Ordinal);
        Assert.Matches(@"is too long for mastodon \(\d+ of 200 characters\) and is never chosen there\.", plans);
        Assert.Equal(
            30,
            plans
                .Split('\n')
                .Count(line =>
                    line.Contains("morning → mastodon  (", StringComparison.Ordinal)
                    && line.Contains("of 200, unlisted)", StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public async Task AScheduleOfEveryMinute_IsStoppedByTheDailyLimitAndReportsIt()
    {
        await using var stage = await Stage.OpenAsync();
        var clock = new ManualClock(Stage.At("2027-02-01 09:00"));
        var schedule = stage.Schedule("storm", "* * * * *", "quote");
        await using var worker = await stage.StartWorkerAsync(
            clock,
            [
                .. schedule,
                ("Mastodon:PostsPerDay", "3"),
                ("Discord:PostsPerDay", "4"),
                ("Mastodon:Visibility", "public"),
            ]
        );
        var scheduler = worker.Services.GetRequiredService<Scheduler>();
        using var watch = stage.World.Watch();
        await scheduler.PlanDueAsync(stage.CancellationToken);

        for (var minute = 1; minute <= 6; minute++)
        {
            clock.MoveTo(Stage.At("2027-02-01 09:00").AddMinutes(minute));
            await scheduler.PlanDueAsync(stage.CancellationToken);
            await stage.WaitUntilAsync(
                watch,
                () => stage.Statuses.Count == Math.Min(minute, 3) && stage.ChannelPosts.Count == Math.Min(minute, 4)
            );
        }

        await stage.WaitUntilSettledAsync(12);

        Assert.Equal((3, 4), (stage.Statuses.Count, stage.ChannelPosts.Count));
        Assert.Equal(
            5,
            (await stage.LedgerAsync()).Count(line => line.EndsWith("Cancelled", StringComparison.Ordinal))
        );
        Assert.Equal(
            ["public", "unlisted", "unlisted"],
            stage.Mastodon.Statuses.OrderBy(status => status.CreatedAt).Select(status => status.Visibility)
        );
    }

    private static RequestFault At(string method, string path, RequestEffect effect) =>
        new()
        {
            Method = method,
            Path = path,
            Effect = effect,
            Times = int.MaxValue,
        };

    private static Task<(int ExitCode, string Output)> DoctorAsync(
        Stage stage,
        params (string Key, string? Value)[] more
    ) => stage.RunCommandAsync("doctor", stage.Settings(more));
}
