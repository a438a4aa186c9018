using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Serge.Bot.Discord.Tests.Support;

namespace Serge.Bot.Discord.Tests.Loopback;

/// <summary>A web server on a free port of loopback, for behaviour that only a real connection shows.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RealServer(WebApplication app) => _app = app;

    public Uri Address => new($"{_app.Urls.Single()}/discord/api/v10/");

    public Uri GatewayAddress => new UriBuilder(Address) { Scheme = "ws", Path = "/discord/gateway" }.Uri;

    public static async Task<RealServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.Run(context => answer(context));
        await app.StartAsync();
        return new RealServer(app);
    }

    public DiscordClient Client() =>
        new(
            new DiscordClientOptions
            {
                Token = "the-token",
                ApiAddress = Address,
                Website = new Uri("https://bot.example/serge"),
                // The speed of the machine is not tested here.
                ReplyTimeout = TimeSpan.FromMinutes(5),
                CallTimeout = TimeSpan.FromMinutes(5),
            },
            TimeProvider.System,
            new Random(1),
            new LogLines()
        );

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        now.Cancel();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
