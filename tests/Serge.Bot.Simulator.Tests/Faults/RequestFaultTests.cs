using System.Globalization;

namespace Serge.Bot.Simulator.Tests.Faults;

/// <summary>What goes wrong with requests when it is told to.</summary>
public sealed class RequestFaultTests : IAsyncLifetime
{
    private const string Messages = "/discord/api/v10/channels/*/messages";
    private const string Statuses = "/mastodon/api/v1/statuses";
    private const string Hello = """{"content":"Hello"}""";
    private Stage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await Stage.OpenAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Answer_InDiscordsForm_IsGivenWithoutActing()
    {
        Arm("POST", Messages, new RequestEffect.Respond(401));

        var reply = await _stage.PostAsync(_stage.MessagesPath, Hello);

        Assert.Equal(401, reply.Status);
        Assert.Equal("401: Unauthorized", (string)reply.Json["message"]!);
        Assert.Empty(_stage.World.Discord.GetMessages(_stage.Channel));
        Assert.Equal(200, (await _stage.PostAsync(_stage.MessagesPath, Hello)).Status);
    }

    [Theory]
    [InlineData(500, "{")]
    [InlineData(502, "<html>")]
    [InlineData(503, "<html>")]
    public async Task Answer_OfAServerThatFails_IsWhatSuchAServerSends(int status, string start)
    {
        Arm("*", Messages, new RequestEffect.Respond(status));

        var reply = await _stage.PostAsync(_stage.MessagesPath, Hello);

        Assert.Equal(status, reply.Status);
        Assert.StartsWith(start, reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "The access token is invalid")]
    [InlineData(500, "Internal Server Error")]
    [InlineData(503, "There was a temporary problem serving your request, please try again")]
    public async Task Answer_InMastodonsForm_HasItsWords(int status, string error)
    {
        Arm("POST", Statuses, new RequestEffect.Respond(status));

        var reply = await TootAsync();

        Assert.Equal(status, reply.Status);
        Assert.Equal(error, (string)reply.Json["error"]!);
        Assert.Empty(_stage.World.Mastodon.Statuses);
    }

    [Fact]
    public async Task Answer_WithABody_GivesThatBody()
    {
        Arm("POST", Messages, new RequestEffect.Respond(418, "teapot"));

        Assert.Equal("teapot", (await _stage.PostAsync(_stage.MessagesPath, Hello)).Body);
    }

    [Fact]
    public async Task RateLimit_OnDiscord_IsARealOne()
    {
        Arm("POST", Messages, new RequestEffect.RateLimit(TimeSpan.FromSeconds(1336.57), LimitScope.Shared));

        var reply = await _stage.PostAsync(_stage.MessagesPath, Hello);

        Assert.Equal(429, reply.Status);
        Assert.Equal("The resource is being rate limited.", (string)reply.Json["message"]!);
        Assert.Equal(1336.57, (double)reply.Json["retry_after"]!);
        Assert.Equal("1337", reply.Header("Retry-After"));
        Assert.Equal("shared", reply.Header("X-RateLimit-Scope"));
        Assert.Equal(0, _stage.World.Discord.InvalidRequests);
    }

    [Theory]
    [InlineData(LimitScope.User, "user", false)]
    [InlineData(LimitScope.Global, "global", true)]
    public async Task RateLimit_OfTheBot_NamesItsScope(LimitScope scope, string header, bool global)
    {
        Arm("POST", Messages, new RequestEffect.RateLimit(TimeSpan.FromSeconds(2), scope));

        var reply = await _stage.PostAsync(_stage.MessagesPath, Hello);

        Assert.Equal(header, reply.Header("X-RateLimit-Scope"));
        Assert.Equal(global, (bool)reply.Json["global"]!);
        Assert.Equal(1, _stage.World.Discord.InvalidRequests);
    }

    [Fact]
    public async Task RateLimit_OnMastodon_NamesTheMomentInItsHeader()
    {
        Arm("POST", Statuses, new RequestEffect.RateLimit(TimeSpan.FromSeconds(90)));

        var reply = await TootAsync();

        Assert.Equal(429, reply.Status);
        Assert.Equal("Too many requests", (string)reply.Json["error"]!);
        Assert.Equal("0", reply.Header("X-RateLimit-Remaining"));
        Assert.Equal(
            Stage.Noon.AddSeconds(90),
            DateTimeOffset.Parse(reply.Header("X-RateLimit-Reset"), CultureInfo.InvariantCulture)
        );
    }

    [Fact]
    public async Task LostAnswer_ActsAndCutsTheConnection()
    {
        Arm("POST", Messages, new RequestEffect.LoseResponse());
        Arm("POST", Statuses, new RequestEffect.LoseResponse());

        await Assert.ThrowsAsync<HttpRequestException>(() => _stage.PostAsync(_stage.MessagesPath, Hello));
        await Assert.ThrowsAsync<HttpRequestException>(TootAsync);

        Assert.Single(_stage.World.Discord.GetMessages(_stage.Channel));
        Assert.Single(_stage.World.Mastodon.Statuses);
        var served = await _stage.Events.WaitForAsync<SimulatorEvent.RequestServed>(cancellationToken: _stage.Cancel);
        Assert.Equal(0, served.StatusCode);
    }

    [Fact]
    public async Task DroppedRequest_CutsTheConnectionWithoutActing()
    {
        Arm("POST", Messages, new RequestEffect.Drop());

        await Assert.ThrowsAsync<HttpRequestException>(() => _stage.PostAsync(_stage.MessagesPath, Hello));

        Assert.Empty(_stage.World.Discord.GetMessages(_stage.Channel));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task SlowAnswer_WaitsOnTheWorldsClock(bool afterActing, int meanwhile)
    {
        var fault = Arm("POST", Messages, new RequestEffect.Delay(TimeSpan.FromSeconds(10), afterActing));

        var posting = _stage.PostAsync(_stage.MessagesPath, Hello);
        await fault.Fired.WaitAsync(_stage.Cancel);
        await UntilAsync(() => _stage.World.Discord.GetMessages(_stage.Channel).Count == meanwhile);
        Assert.False(posting.IsCompleted);
        await AdvanceUntilAsync(posting, TimeSpan.FromSeconds(10));

        Assert.Equal(200, (await posting).Status);
        Assert.Single(_stage.World.Discord.GetMessages(_stage.Channel));
    }

    [Fact]
    public async Task SlowRequest_OfABotThatHungUp_IsStillActedOn()
    {
        var fault = Arm("POST", Messages, new RequestEffect.Delay(TimeSpan.FromSeconds(10)));
        using CancellationTokenSource hangUp = new();
        using var content = Stage.Json(Hello);

        var posting = _stage.Discord.PostAsync(new Uri(_stage.MessagesPath, UriKind.Relative), content, hangUp.Token);
        await fault.Fired.WaitAsync(_stage.Cancel);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => posting);
        await AdvanceUntilAsync(
            _stage.Events.WaitForAsync<DiscordEvent.MessageCreated>(cancellationToken: _stage.Cancel),
            TimeSpan.FromSeconds(10)
        );

        Assert.Single(_stage.World.Discord.GetMessages(_stage.Channel));
    }

    [Fact]
    public async Task Garbage_ActsAndAnswersWithAPage()
    {
        Arm("POST", Messages, new RequestEffect.HtmlPage());

        var reply = await _stage.PostAsync(_stage.MessagesPath, Hello);

        Assert.Equal(200, reply.Status);
        Assert.StartsWith("<!DOCTYPE html>", reply.Body, StringComparison.Ordinal);
        Assert.Single(_stage.World.Discord.GetMessages(_stage.Channel));
    }

    [Fact]
    public async Task EmptyBody_ActsAndSaysNothing()
    {
        Arm("POST", Statuses, new RequestEffect.EmptyBody());

        var reply = await TootAsync();

        Assert.Equal(200, reply.Status);
        Assert.Empty(reply.Body);
        Assert.Single(_stage.World.Mastodon.Statuses);
    }

    [Fact]
    public async Task Fault_StrikesAsOftenAsItSaysAndTellsWhen()
    {
        var fault = _stage.World.Faults.Add(
            new RequestFault
            {
                Path = "/discord/**",
                Effect = new RequestEffect.Respond(500),
                Times = 2,
            }
        );

        var statuses = new List<int>();
        for (var tries = 0; tries < 3; tries++)
        {
            _stage.Clock.Advance(TimeSpan.FromSeconds(1));
            statuses.Add((await _stage.GetAsync("users/@me")).Status);
        }

        Assert.Equal([500, 500, 200], statuses);
        Assert.Equal(2, fault.FiredCount);
        Assert.Empty(_stage.World.Faults.Armed);
        var told = await _stage.Events.WaitForAsync<FaultFired>(cancellationToken: _stage.Cancel);
        Assert.Same(fault, told.Fault);
        Assert.Equal(Stage.Noon.AddSeconds(1), told.At);
        Assert.Equal("GET /discord/api/v10/users/@me", told.Where);
    }

    [Fact]
    public async Task Fault_OfAnotherMethodOrPath_DoesNotStrike()
    {
        Arm("GET", Messages, new RequestEffect.Respond(500));
        Arm("POST", "/mastodon/**", new RequestEffect.Respond(500));

        Assert.Equal(200, (await _stage.PostAsync(_stage.MessagesPath, Hello)).Status);
        Assert.Equal(2, _stage.World.Faults.Armed.Count);
    }

    [Fact]
    public async Task Fault_Removed_DoesNotStrike()
    {
        var first = Arm("POST", Messages, new RequestEffect.Respond(500));
        _stage.World.Faults.Remove(first);
        Arm("POST", Messages, new RequestEffect.Respond(500));
        _stage.World.Faults.Clear();

        Assert.Equal(200, (await _stage.PostAsync(_stage.MessagesPath, Hello)).Status);
        Assert.False(first.Fired.IsCompleted);
    }

    [Fact]
    public async Task Faults_ForTheSameRequest_StrikeInTheirOrder()
    {
        Arm("POST", Messages, new RequestEffect.Respond(500));
        Arm("POST", Messages, new RequestEffect.Respond(502));

        Assert.Equal(500, (await _stage.PostAsync(_stage.MessagesPath, Hello)).Status);
        Assert.Equal(502, (await _stage.PostAsync(_stage.MessagesPath, Hello)).Status);
    }

    [Fact]
    public void Fault_ThatNeverStrikes_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            _stage.World.Faults.Add(
                new RequestFault
                {
                    Path = "**",
                    Effect = new RequestEffect.Drop(),
                    Times = 0,
                }
            )
        );

    private ArmedFault Arm(string method, string path, RequestEffect effect) =>
        _stage.World.Faults.Add(
            new RequestFault
            {
                Method = method,
                Path = path,
                Effect = effect,
            }
        );

    private Task<Reply> TootAsync() =>
        Stage.SendAsync(_stage.Mastodon, HttpMethod.Post, "api/v1/statuses", Stage.Json("""{"status":"Hello"}"""));

    private async Task UntilAsync(Func<bool> reached)
    {
        while (!reached())
        {
            _stage.Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Moves the clock until the task ends: the wait it hangs on may begin a moment after the fault has
    /// struck.</summary>
    private async Task AdvanceUntilAsync(Task task, TimeSpan step)
    {
        while (!task.IsCompleted)
        {
            _stage.Cancel.ThrowIfCancellationRequested();
            _stage.Clock.Advance(step);
            await Task.Yield();
        }
    }
}
