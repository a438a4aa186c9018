using Microsoft.Extensions.Logging.Abstractions;
using Serge.Bot.Mastodon;
using Serge.Bot.Mastodon.Tests.Support;
using Serge.Bot.Platforms;

namespace Serge.Bot.Fuzz.Targets;

/// <summary>Responses of Mastodon's API.</summary>
internal sealed class MastodonRestTarget : IFuzzTarget
{
    public string Name => "mastodon";

    public IReadOnlyList<string> Seeds { get; } =
    [
        Samples.MastodonStatus,
        Samples.MastodonAccount,
        Samples.MastodonInstanceV2,
        Samples.MastodonScheduledStatus,
        Samples.GoToSocialInstanceV2,
        Samples.GoToSocialStatus,
        Samples.SnacInstanceV1,
        Samples.SnacNotFound,
        Samples.SnacStatus,
        $"[{Samples.MastodonStatus}]",
        """{"error":"Record not found"}""",
        """{"scopes":["profile","read:statuses","write:statuses"]}""",
    ];

    public IReadOnlyList<string> Tokens { get; } =
    [
        "\"id\":",
        "\"created_at\":",
        "\"source\":",
        "\"version\":",
        "\"configuration\":",
        "\"error\":",
        "\"url\":",
        "\"content\":",
    ];

    public async Task RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        using ResponseHandler handler = new(input);
        MastodonClientOptions options = new() { Address = new Uri("https://m.example/"), AccessToken = "token" };
        await using MastodonClient client = new(
            options,
            new FastTime(),
            new Random(1),
            NullLoggerFactory.Instance,
            handler
        );
        MastodonStatus status = new() { Text = "Words." };
        switch (input.Length % 6)
        {
            case 0:
                await client.GetInstanceAsync(cancellationToken);
                break;
            case 1:
                await client.GetAccountAsync(cancellationToken);
                break;
            case 2:
                await client.SendAsync(status, "key", SendDeadline.None, cancellationToken);
                break;
            case 3:
                await client.FindPublishedAsync(status, DateTimeOffset.UnixEpoch, cancellationToken);
                break;
            case 4:
                await client.GetTokenScopesAsync(cancellationToken);
                break;
            default:
                await client.DeleteAsync("100", cancellationToken);
                break;
        }
    }
}
