namespace Serge.Bot.Platforms.Tests;

public sealed class PlatformTransportTests
{
    [Fact]
    public void Create_ForEachPlatform_FollowsNoRedirectAndKeepsNoCookies()
    {
        using var discord = PlatformTransport.CreateForDiscord();
        using var mastodon = PlatformTransport.CreateForMastodon();

        Assert.All(
            [discord, mastodon],
            transport => Assert.Equal((false, false), (transport.AllowAutoRedirect, transport.UseCookies))
        );
        Assert.Equal(TimeSpan.Zero, mastodon.PooledConnectionLifetime);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, true)]
    [InlineData(HttpRequestError.ConnectionError, true)]
    [InlineData(HttpRequestError.SecureConnectionError, true)]
    [InlineData(HttpRequestError.ProxyTunnelError, true)]
    [InlineData(HttpRequestError.ResponseEnded, false)]
    [InlineData(HttpRequestError.InvalidResponse, false)]
    [InlineData(HttpRequestError.Unknown, false)]
    public void FailedToConnect_EachError_IsTrueIfNothingWasSent(HttpRequestError error, bool expected) =>
        Assert.Equal(expected, PlatformTransport.FailedToConnect(new HttpRequestException(error)));
}
