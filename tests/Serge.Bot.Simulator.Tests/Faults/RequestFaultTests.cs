using System.Globalization;

namespace Serge.Bot.Simulator.Tests.Faults;

/// <summary>Faults of requests.</summary>
public sealed class RequestFaultTests : IAsyncLifetime
{
    private const string Messages = "/discord/api/v10/channels/*/messages";
    private const string Statuses = "/mastodon/api/v1/statuses";
    private const string Hello = """{"content":"Hello"}""";
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await SimulatorFixture.OpenAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Respond_OnDiscord_DoesNotHandleTheRequest()
    {
        Arm("POST", Messages, new RequestEffect.Respond(401));

        var reply = await _fixture.PostAsync(_fixture.MessagesPath, Hello);

        Assert.Equal(401, reply.Status);
        Assert.Equal("401: Unauthorized", (string)reply.Json["message"]!);
        Assert.Empty(_fixture.World.Discord.GetMessages(_fixture.Channel));
        Assert.Equal(200, (await _fixture.PostAsync(_fixture.MessagesPath, Hello)).Status);
    }

    [Theory]
    [InlineData(500, "{")]
    [InlineData(502, "<html>")]
    [InlineData(503, "<html>")]
    public async Task Respond_WithAServerError_HasTheBodyOfADiscordProxy(int status, string start)
    {
        Arm("*", Messages, new RequestEffect.Respond(status));

        var reply = await _fixture.PostAsync(_fixture.MessagesPath, Hello);

        Assert.Equal(status, reply.Status);
        Assert.StartsWith(start, reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "The access token is invalid")]
    [InlineData(500, "Internal Server Error")]
    [InlineData(503, "There was a temporary problem serving your request, please try again")]
    public async Task Respond_OnMastodon_HasMastodonsErrorText(int status, string error)
    {
        Arm("POST", Statuses, new RequestEffect.Respond(status));

        var reply = await PostStatusAsync();

        Assert.Equal(status, reply.Status);
        Assert.Equal(error, (string)reply.Json["error"]!);
        Assert.Empty(_fixture.World.Mastodon.Statuses);
    }

    [Fact]
    public async Task Respond_WithABody_HasThatBody()
    {
        Arm("POST", Messages, new RequestEffect.Respond(418, "teapot"));

        Assert.Equal("teapot", (await _fixture.PostAsync(_fixture.MessagesPath, Hello)).Body);
    }

    [Fact]
    public async Task RateLimit_OnDiscord_HasDiscordsForm()
    {
        Arm("POST", Messages, new RequestEffect.RateLimit(TimeSpan.FromSeconds(1336.57), LimitScope.Shared));

        var reply = await _fixture.PostAsync(_fixture.MessagesPath, Hello);

        Assert.Equal(429, reply.Status);
        Assert.Equal("The resource is being rate limited.", (string)reply.Json["message"]!);
        Assert.Equal(1336.57, (double)reply.Json["retry_after"]!);
        Assert.Equal("1337", reply.Header("Retry-After"));
        Assert.Equal("shared", reply.Header("X-RateLimit-Scope"));
        Assert.Equal(0, _fixture.World.Discord.InvalidRequests);
    }

    [Theory]
    [InlineData(LimitScope.User, "user", false)]
    [InlineData(LimitScope.Global, "global", true)]
    public async Task RateLimit_OfTheBot_HasItsScope(LimitScope scope, string header, bool global)
    {
        Arm("POST", Messages, new RequestEffect.RateLimit(TimeSpan.FromSeconds(2), scope));

        var reply = await _fixture.PostAsync(_fixture.MessagesPath, Hello);

        Assert.Equal(header, reply.Header("X-RateLimit-Scope"));
        Assert.Equal(global, (bool)reply.Json["global"]!);
        Assert.Equal(1, _fixture.World.Discord.InvalidRequests);
    }

    [Fact]
    public async Task RateLimit_OnMastodon_HasTheResetTime()
    {
        Arm("POST", Statuses, new RequestEffect.RateLimit(TimeSpan.FromSeconds(90)));

        var reply = await PostStatusAsync();

        Assert.Equal(429, reply.Status);
        Assert.Equal("Too many requests", (string)reply.Json["error"]!);
        Assert.Equal("0", reply.Header("X-RateLimit-Remaining"));
        Assert.Equal(
            SimulatorFixture.Noon.AddSeconds(90),
            DateTimeOffset.Parse(reply.Header("X-RateLimit-Reset"), CultureInfo.InvariantCulture)
        );
    }

    [Fact]
    public async Task LoseResponse_HandlesTheRequestAndAbortsTheConnection()
    {
        Arm("POST", Messages, new RequestEffect.LoseResponse());
        Arm("POST", Statuses, new RequestEffect.LoseResponse());

        await Assert.ThrowsAsync<HttpRequestException>(() => _fixture.PostAsync(_fixture.MessagesPath, Hello));
        await Assert.ThrowsAsync<HttpRequestException>(PostStatusAsync);

        Assert.Single(_fixture.World.Discord.GetMessages(_fixture.Channel));
        Assert.Single(_fixture.World.Mastodon.Statuses);
        var served = await _fixture.Events.WaitForAsync<SimulatorEvent.RequestServed>(
            cancellationToken: _fixture.Cancel
        );
        Assert.Equal(0, served.StatusCode);
    }

    [Fact]
    public async Task Drop_AbortsTheConnectionWithoutHandlingTheRequest()
    {
        Arm("POST", Messages, new RequestEffect.Drop());

        await Assert.ThrowsAsync<HttpRequestException>(() => _fixture.PostAsync(_fixture.MessagesPath, Hello));

        Assert.Empty(_fixture.World.Discord.GetMessages(_fixture.Channel));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Delay_UsesTheWorldsClock(bool afterActing, int meanwhile)
    {
        var fault = Arm("POST", Messages, new RequestEffect.Delay(TimeSpan.FromSeconds(10), afterActing));

        var posting = _fixture.PostAsync(_fixture.MessagesPath, Hello);
        await fault.Fired.WaitAsync(_fixture.Cancel);
        await WaitUntilAsync(() => _fixture.World.Discord.GetMessages(_fixture.Channel).Count == meanwhile);
        Assert.False(posting.IsCompleted);
        await AdvanceUntilAsync(posting, TimeSpan.FromSeconds(10));

        Assert.Equal(200, (await posting).Status);
        Assert.Single(_fixture.World.Discord.GetMessages(_fixture.Channel));
    }

    [Fact]
    public async Task Delay_OfADisconnectedBot_StillHandlesTheRequest()
    {
        var fault = Arm("POST", Messages, new RequestEffect.Delay(TimeSpan.FromSeconds(10)));
        using CancellationTokenSource hangUp = new();
        using var content = SimulatorFixture.Json(Hello);

        var posting = _fixture.Discord.PostAsync(
            new Uri(_fixture.MessagesPath, UriKind.Relative),
            content,
            hangUp.Token
        );
        await fault.Fired.WaitAsync(_fixture.Cancel);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => posting);
        await AdvanceUntilAsync(
            _fixture.Events.WaitForAsync<DiscordWorldEvent.MessageCreated>(cancellationToken: _fixture.Cancel),
            TimeSpan.FromSeconds(10)
        );

        Assert.Single(_fixture.World.Discord.GetMessages(_fixture.Channel));
    }

    [Fact]
    public async Task HtmlPage_HandlesTheRequestAndReturnsAPage()
    {
        Arm("POST", Messages, new RequestEffect.HtmlPage());

        var reply = await _fixture.PostAsync(_fixture.MessagesPath, Hello);

        Assert.Equal(200, reply.Status);
        Assert.StartsWith("<!DOCTYPE html>", reply.Body, StringComparison.Ordinal);
        Assert.Single(_fixture.World.Discord.GetMessages(_fixture.Channel));
    }

    [Fact]
    public async Task EmptyBody_HandlesTheRequestAndReturnsNoBody()
    {
        Arm("POST", Statuses, new RequestEffect.EmptyBody());

        var reply = await PostStatusAsync();

        Assert.Equal(200, reply.Status);
        Assert.Empty(reply.Body);
        Assert.Single(_fixture.World.Mastodon.Statuses);
    }

    [Fact]
    public async Task Fault_FiresTheGivenNumberOfTimesAndIsPublished()
    {
        var fault = _fixture.World.Faults.Add(
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
            _fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            statuses.Add((await _fixture.GetAsync("users/@me")).Status);
        }

        Assert.Equal([500, 500, 200], statuses);
        Assert.Equal(2, fault.FiredCount);
        Assert.Empty(_fixture.World.Faults.Armed);
        var published = await _fixture.Events.WaitForAsync<FaultFired>(cancellationToken: _fixture.Cancel);
        Assert.Same(fault, published.Fault);
        Assert.Equal(SimulatorFixture.Noon.AddSeconds(1), published.At);
        Assert.Equal("GET /discord/api/v10/users/@me", published.Where);
    }

    [Fact]
    public async Task Fault_OfAnotherMethodOrPath_DoesNotFire()
    {
        Arm("GET", Messages, new RequestEffect.Respond(500));
        Arm("POST", "/mastodon/**", new RequestEffect.Respond(500));

        Assert.Equal(200, (await _fixture.PostAsync(_fixture.MessagesPath, Hello)).Status);
        Assert.Equal(2, _fixture.World.Faults.Armed.Count);
    }

    [Fact]
    public async Task Fault_Removed_DoesNotFire()
    {
        var first = Arm("POST", Messages, new RequestEffect.Respond(500));
        _fixture.World.Faults.Remove(first);
        Arm("POST", Messages, new RequestEffect.Respond(500));
        _fixture.World.Faults.Clear();

        Assert.Equal(200, (await _fixture.PostAsync(_fixture.MessagesPath, Hello)).Status);
        Assert.False(first.Fired.IsCompleted);
    }

    [Fact]
    public async Task Faults_ForTheSameRequest_FireInTheirOrder()
    {
        Arm("POST", Messages, new RequestEffect.Respond(500));
        Arm("POST", Messages, new RequestEffect.Respond(502));

        Assert.Equal(500, (await _fixture.PostAsync(_fixture.MessagesPath, Hello)).Status);
        Assert.Equal(502, (await _fixture.PostAsync(_fixture.MessagesPath, Hello)).Status);
    }

    [Fact]
    public void Fault_WithZeroTimes_IsRejected() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            _fixture.World.Faults.Add(
                new RequestFault
                {
                    Path = "**",
                    Effect = new RequestEffect.Drop(),
                    Times = 0,
                }
            )
        );

    private ArmedFault Arm(string method, string path, RequestEffect effect) =>
        _fixture.World.Faults.Add(
            new RequestFault
            {
                Method = method,
                Path = path,
                Effect = effect,
            }
        );

    private Task<Reply> PostStatusAsync() =>
        SimulatorFixture.SendAsync(
            _fixture.Mastodon,
            HttpMethod.Post,
            "api/v1/statuses",
            SimulatorFixture.Json("""{"status":"Hello"}""")
        );

    private async Task WaitUntilAsync(Func<bool> reached)
    {
        while (!reached())
        {
            _fixture.Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Advances the clock until the task completes: its delay can start after the fault has fired.</summary>
    private async Task AdvanceUntilAsync(Task task, TimeSpan step)
    {
        while (!task.IsCompleted)
        {
            _fixture.Cancel.ThrowIfCancellationRequested();
            _fixture.Clock.Advance(step);
            await Task.Yield();
        }
    }
}
