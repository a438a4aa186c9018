using Microsoft.AspNetCore.Http;
using Serge.Bot.Playground.Api;

namespace Serge.Bot.EndToEnd.Playground;

public sealed class LoopbackGuardTests
{
    [Theory]
    [InlineData("127.0.0.1:5080", null)]
    [InlineData("127.0.0.1:5080", "http://127.0.0.1:5080")]
    [InlineData("localhost:5080", "http://localhost:5080")]
    [InlineData("LOCALHOST:5080", "http://localhost:5080")]
    [InlineData("127.1.2.3:80", null)]
    [InlineData("[::1]:5080", "http://[::1]:5080")]
    public void Refusal_OfThePageItself_IsNone(string host, string? origin) =>
        Assert.Null(LoopbackGuard.Check(new HostString(host), origin));

    [Theory]
    [InlineData("evil.example:5080", null)] // a foreign name that resolves to 127.0.0.1
    [InlineData("127.0.0.1.evil.example", null)]
    [InlineData("localhost.evil.example", null)]
    [InlineData("192.168.1.5:5080", null)]
    [InlineData("", null)]
    [InlineData("127.0.0.1:5080", "http://evil.example")] // a foreign page that posts here
    [InlineData("127.0.0.1:5080", "http://evil.example:5080")]
    [InlineData("127.0.0.1:5080", "http://127.0.0.1:3000")] // another program on this machine
    [InlineData("127.0.0.1:5080", "http://localhost:5080")]
    [InlineData("127.0.0.1:5080", "https://127.0.0.1:5080")]
    [InlineData("127.0.0.1:5080", "null")] // a sandboxed frame or a file
    public void Refusal_OfAnybodyElse_StatesWhy(string host, string? origin) =>
        Assert.NotNull(LoopbackGuard.Check(new HostString(host), origin));
}
