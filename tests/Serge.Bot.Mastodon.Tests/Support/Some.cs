using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Mastodon.Tests.Support;

internal static class Some
{
    public const string Token = "ZA-Yj3aBD8U8Cm7lKUp";
    public const string Key = "mfrggzdfmztwq2lknnwg23tp";

    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    public static MastodonStatus Status(string text = "Revolution implies violence.") => new() { Text = text };

    public static MastodonClientOptions Options(
        string address = "https://mastodon.example/",
        string token = Token,
        int maxAnswerBytes = 4 * 1024 * 1024
    ) =>
        new()
        {
            Address = new Uri(address),
            AccessToken = token,
            CallTimeout = CallTimeout,
            AttemptTimeout = AttemptTimeout,
            MaxResponseBytes = maxAnswerBytes,
        };

    /// <summary>Sends without a deadline, for tests about something else.</summary>
    public static Task<SendOutcome> SendAsync(
        this IMastodon client,
        MastodonStatus status,
        string key,
        CancellationToken cancellationToken
    ) => client.SendAsync(status, key, SendDeadline.None, cancellationToken);

    public static BoundedClient Client(
        FakeServer server,
        TimeProvider time,
        string address = "https://mastodon.example/",
        int maxAnswerBytes = 4 * 1024 * 1024
    ) => Client(server, time, Options(address, maxAnswerBytes: maxAnswerBytes));

    public static BoundedClient Client(
        HttpMessageHandler transport,
        TimeProvider time,
        MastodonClientOptions options,
        int seed = 1,
        ILoggerFactory? log = null
    ) => new(new MastodonClient(options, time, new Random(seed), log ?? NullLoggerFactory.Instance, transport));

    /// <summary>A client over real sockets, with a stopped clock.</summary>
    public static BoundedClient Client(Uri address, TimeProvider time) =>
        Client(PlatformTransport.CreateForMastodon(), time, Options(address.AbsoluteUri));
}
