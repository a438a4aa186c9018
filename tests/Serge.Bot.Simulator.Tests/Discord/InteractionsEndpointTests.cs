using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>Interactions over HTTP, with a small bot as the endpoint.</summary>
public sealed class InteractionsEndpointTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;
    private WebApplication _bot = null!;
    private Func<HttpContext, byte[], Task> _answer = (context, _) => PongAsync(context);

    public async ValueTask InitializeAsync()
    {
        _fixture = await SimulatorFixture.OpenAsync();
        await _fixture.PutAsync(_fixture.CommandsPath, """[{"name":"quote","description":"d"}]""");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _bot = builder.Build();
        _bot.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            if (IsSigned(context.Request, body.ToArray()))
            {
                await _answer(context, body.ToArray());
            }
            else
            {
                context.Response.StatusCode = 401;
            }
        });
        await _bot.StartAsync(_fixture.Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task Portal_EndpointThatAnswersThePing_IsAccepted()
    {
        Assert.Null(await EnterAsync());
        Assert.Equal(Address, _fixture.Bot.InteractionsEndpoint);
    }

    [Fact]
    public async Task Portal_EndpointThatAcceptsAnInvalidSignature_IsRejected()
    {
        var careless = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        careless.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var bot = careless.Build();
        bot.Run(PongAsync);
        await bot.StartAsync(_fixture.Cancel);

        var refusal = await _fixture.World.Discord.SetInteractionsEndpointAsync(
            _fixture.Bot,
            new Uri(bot.Urls.First()),
            _fixture.Cancel
        );

        Assert.Contains("invalid signature", refusal, StringComparison.Ordinal);
        Assert.Null(_fixture.Bot.InteractionsEndpoint);
    }

    [Fact]
    public async Task Portal_EndpointThatDoesNotAnswerThePing_IsRejected()
    {
        _answer = (context, _) =>
        {
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        };

        Assert.Contains("pong", await EnterAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_AnsweredInTheResponse_HasAResult()
    {
        await EnterAsync();
        _answer = (context, _) => WriteAsync(context, """{"type":4,"data":{"content":"Words."}}""");

        Assert.Equal("Words.", Assert.IsType<InteractionResult.Answered>(await InvokeAsync()).Message.Content);
    }

    [Fact]
    public async Task Command_AnsweredThroughTheCallback_HasAResult()
    {
        await EnterAsync();
        _answer = async (context, body) =>
        {
            context.Response.StatusCode = 202;
            await context.Response.CompleteAsync();
            var interaction = JsonNode.Parse(body)!;
            await _fixture.PostAsync(
                $"interactions/{interaction["id"]}/{interaction["token"]}/callback",
                """{"type":4,"data":{"content":"Words."}}"""
            );
        };

        Assert.Equal("Words.", Assert.IsType<InteractionResult.Answered>(await InvokeAsync()).Message.Content);
    }

    [Theory]
    [InlineData(200, "nonsense")]
    [InlineData(200, "{\"type\":4}")]
    [InlineData(200, "[]")]
    [InlineData(500, "")]
    [InlineData(401, "")]
    public async Task Command_AnsweredWithAnInvalidResponse_DidNotRespond(int status, string body)
    {
        await EnterAsync();
        _answer = (context, _) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body, _fixture.Cancel);
        };

        Assert.IsType<InteractionResult.DidNotRespond>(await InvokeAsync());
    }

    [Fact]
    public async Task Command_ToAnUnreachableEndpoint_DidNotRespond()
    {
        await EnterAsync();
        await _bot.StopAsync(_fixture.Cancel);

        Assert.IsType<InteractionResult.DidNotRespond>(await InvokeAsync());
    }

    private Uri Address => new(_bot.Urls.First());

    private Task<string?> EnterAsync() =>
        _fixture.World.Discord.SetInteractionsEndpointAsync(_fixture.Bot, Address, _fixture.Cancel);

    private Task<InteractionResult> InvokeAsync() =>
        _fixture.World.Discord.InvokeAsync(_fixture.Ada, _fixture.Channel, "/quote", _fixture.Cancel);

    private bool IsSigned(HttpRequest request, byte[] body)
    {
        byte[] message =
        [
            .. System.Text.Encoding.ASCII.GetBytes(request.Headers["X-Signature-Timestamp"].ToString()),
            .. body,
        ];
        return Ed25519.Verify(
            Convert.FromHexString(request.Headers["X-Signature-Ed25519"].ToString()),
            0,
            _verifyKey ??= VerifyKey(),
            0,
            message,
            0,
            message.Length
        );
    }

    private byte[]? _verifyKey;

    private byte[] VerifyKey()
    {
        var application = _fixture.GetAsync("applications/@me").GetAwaiter().GetResult();
        return Convert.FromHexString((string)application.Json!["verify_key"]!);
    }

    private static Task PongAsync(HttpContext context) => WriteAsync(context, """{"type":1}""");

    private static Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }
}
