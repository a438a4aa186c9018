using Microsoft.Extensions.Logging;
using Serge.Bot.Discord.RateLimits;
using Serge.Bot.Discord.Rest;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>Source: Discord docs, Topics/Rate Limits, Invalid Request Limit: 10,000 in 10 minutes, and everybody at the address is shut
/// out.</summary>
public sealed class InvalidRequestsTests
{
    private const string Post = "POST channels/1/messages";

    [Theory]
    [InlineData(401, null, true)]
    [InlineData(403, null, true)]
    [InlineData(429, "user", true)]
    [InlineData(429, "global", true)]
    [InlineData(429, null, true)]
    [InlineData(429, "shared", false)]
    [InlineData(400, null, false)]
    [InlineData(404, null, false)]
    [InlineData(500, null, false)]
    [InlineData(200, null, false)]
    public void Note_AnAnswer_CountsWhatDiscordCounts(int status, string? scope, bool counts) => Simulation.Run(time =>
    {
        var invalid = new InvalidRequests(time, new Logger<InvalidRequests>(new LogLines()));

        Note(invalid, status, scope, InvalidRequests.StopAt);

        Assert.Equal(counts, Spent(invalid, isAnswer: false));
        return Task.CompletedTask;
    });

    [Fact]
    public void Spent_IsWellBelowTenThousand_AndLaterForAnswersToMembers() => Simulation.Run(time =>
    {
        var invalid = new InvalidRequests(time, new Logger<InvalidRequests>(new LogLines()));

        Note(invalid, 403, null, 4999);
        Assert.False(Spent(invalid, isAnswer: false));
        Note(invalid, 403, null, 1);
        Assert.True(Spent(invalid, isAnswer: false));
        Assert.False(Spent(invalid, isAnswer: true));
        Note(invalid, 403, null, 3000);
        Assert.True(Spent(invalid, isAnswer: true));
        return Task.CompletedTask;
    });

    [Fact]
    public void Spent_TenMinutesLater_IsForgotten() => Simulation.Run(async time =>
    {
        var invalid = new InvalidRequests(time, new Logger<InvalidRequests>(new LogLines()));
        Note(invalid, 403, null, 2500);
        await Task.Delay(TimeSpan.FromMinutes(4), time);
        Note(invalid, 403, null, 2500);

        var rejected = Assert.Throws<RateLimitRejectedException>(() => invalid.ThrowIfSpent(isAnswer: false));
        Assert.Equal(VirtualTime.Begin + TimeSpan.FromMinutes(10), rejected.Until);

        await Task.Delay(TimeSpan.FromMinutes(6), time);
        Assert.False(Spent(invalid, isAnswer: false));
    });

    [Fact]
    public void Post_ToAPlaceThatIsClosed_OverAndOver_StopsByItselfAndSaysSoOnce() => Simulation.Run(async time =>
    {
        var log = new LogLines();
        var api = new FakeApi(time).On(Post, Error(403, 50001, "Missing Access")).On("POST interactions/5/t/callback", Nothing(204));
        using var rest = api.Rest(log);

        RestResult? last = null;
        for (var i = 0; i < 5200; i++)
        {
            last = await rest.SendAsync(Route.CreateMessage(1), "{}"u8.ToArray(), TimeSpan.FromSeconds(30), CancellationToken.None);
        }

        Assert.Equal(5000, api.Requests.Count);
        Assert.Contains("shuts us out", Assert.IsType<RestResult.Later>(last).Reason, StringComparison.Ordinal);
        var line = Assert.Single(log.Lines, line => line.Level == LogLevel.Error);
        Assert.Contains("5000", line.Text, StringComparison.Ordinal);

        var answer = await rest.SendAsync(Route.Callback(5, "t"), "{}"u8.ToArray(), TimeSpan.FromSeconds(2), CancellationToken.None);
        Assert.IsType<RestResult.Done>(answer);
    });

    private static void Note(InvalidRequests invalid, int status, string? scope, int times)
    {
        for (var i = 0; i < times; i++)
        {
            invalid.Note(status, new RateLimitHeaders { Scope = scope });
        }
    }

    private static bool Spent(InvalidRequests invalid, bool isAnswer)
    {
        try
        {
            invalid.ThrowIfSpent(isAnswer);
            return false;
        }
        catch (RateLimitRejectedException)
        {
            return true;
        }
    }
}
