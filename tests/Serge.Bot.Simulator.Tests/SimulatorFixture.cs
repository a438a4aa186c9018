using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Serge.Bot.Simulator.Tests;

/// <summary>A server with one bot in one guild, one Mastodon account and a fake clock.</summary>
public sealed class SimulatorFixture : IAsyncDisposable
{
    public const string BotToken = "bot-token";
    public const string MastodonToken = "mastodon-token";
    public static readonly DateTimeOffset Noon = new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly CancellationTokenSource _timeout = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken
    );

    private SimulatorFixture(FakeTimeProvider clock, SimulatorWorld world, SimulatorServer server)
    {
        (Clock, World, Server) = (clock, world, server);
        _timeout.CancelAfter(TimeSpan.FromMinutes(5));
        Events = world.Watch();
        Bot = world.Discord.AddApplication(BotToken, "Serge");
        Ada = world.Discord.AddUser("ada");
        Guild = world.Discord.AddGuild("Readers", Ada);
        Channel = world.Discord.AddChannel(Guild, "quotes");
        world.Discord.Install(Guild, Bot);
        Account = world.Mastodon.AddAccount("serge", "Serge");
        world.Mastodon.AddToken(MastodonToken, Account, "read", "write");
        Discord = new HttpClient { BaseAddress = server.DiscordApiAddress, Timeout = TimeSpan.FromMinutes(5) };
        Discord.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bot", BotToken);
        Discord.DefaultRequestHeaders.UserAgent.ParseAdd("DiscordBot (https://example.org/bot, 1.0)");
        Mastodon = new HttpClient { BaseAddress = server.MastodonAddress, Timeout = TimeSpan.FromMinutes(5) };
        Mastodon.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", MastodonToken);
    }

    public FakeTimeProvider Clock { get; }

    public SimulatorWorld World { get; }

    public SimulatorServer Server { get; }

    public EventStream Events { get; }

    public Application Bot { get; }

    public User Ada { get; }

    public Guild Guild { get; }

    public Channel Channel { get; }

    public Account Account { get; }

    /// <summary>Cancelled after 30 s, so that no test hangs.</summary>
    public CancellationToken Cancel => _timeout.Token;

    /// <summary>A client with the bot's token and user agent.</summary>
    public HttpClient Discord { get; }

    /// <summary>A client with the account's token.</summary>
    public HttpClient Mastodon { get; }

    public string MessagesPath => $"channels/{Channel.Id}/messages";

    public string CommandsPath => $"applications/{Bot.Id}/commands";

    public static async Task<SimulatorFixture> OpenAsync()
    {
        FakeTimeProvider clock = new(Noon);
        SimulatorWorld world = new(clock, new Random(1919));
        return new SimulatorFixture(
            clock,
            world,
            await SimulatorServer.StartAsync(world, cancellationToken: TestContext.Current.CancellationToken)
        );
    }

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public Task<Reply> PostAsync(string path, string json) => SendAsync(Discord, HttpMethod.Post, path, Json(json));

    public Task<Reply> PutAsync(string path, string json) => SendAsync(Discord, HttpMethod.Put, path, Json(json));

    public Task<Reply> PatchAsync(string path, string json) => SendAsync(Discord, HttpMethod.Patch, path, Json(json));

    public Task<Reply> GetAsync(string path) => SendAsync(Discord, HttpMethod.Get, path, null);

    public Task<Reply> DeleteAsync(string path) => SendAsync(Discord, HttpMethod.Delete, path, null);

    public static async Task<Reply> SendAsync(HttpClient client, HttpMethod method, string path, HttpContent? content)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        return await SendAsync(client, request);
    }

    public static async Task<Reply> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply(
            (int)response.StatusCode,
            response.Headers,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    public async ValueTask DisposeAsync()
    {
        Discord.Dispose();
        Mastodon.Dispose();
        Events.Dispose();
        _timeout.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>A response with its whole body.</summary>
public sealed record Reply(int Status, HttpResponseHeaders Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
}
