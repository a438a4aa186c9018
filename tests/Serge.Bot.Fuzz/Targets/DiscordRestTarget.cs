using Microsoft.Extensions.Logging.Abstractions;
using Serge.Bot.Discord;
using Serge.Bot.Platforms;

namespace Serge.Bot.Fuzz.Targets;

/// <summary>Responses of Discord's REST API.</summary>
internal sealed class DiscordRestTarget : IFuzzTarget
{
    private static readonly ChannelId Channel = new(9);

    public string Name => "discord";

    public IReadOnlyList<string> Seeds { get; } =
    [
        """{"id":"40","username":"serge"}""",
        """{"id":"41","name":"Serge","interactions_endpoint_url":"https://serge.example/interactions","flags":0}""",
        """{"id":"9","type":0,"guild_id":"7","name":"general","permission_overwrites":[{"id":"7","type":0,"allow":"0","deny":"2048"}]}""",
        """{"id":"7","name":"Readers","owner_id":"1","roles":[{"id":"7","permissions":"68608"}]}""",
        """{"roles":["7"],"communication_disabled_until":"2027-02-01T12:00:00Z"}""",
        """[{"id":"100","channel_id":"9","content":"Words.","nonce":"a","author":{"id":"40"},"timestamp":"2027-02-01T12:00:00.000Z"}]""",
        """{"id":"100","channel_id":"9","content":"Words.","author":{"id":"40"}}""",
        """[{"id":"1","name":"quote","type":1,"description":"A quotation","options":[{"type":3,"name":"topic","description":"x"}]}]""",
        """{"message":"Unknown Channel","code":10003}""",
        """{"message":"You are being rate limited.","retry_after":0.5,"global":false}""",
        """{"code":50035,"errors":{"content":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"Too long"}]}},"message":"Invalid Form Body"}""",
    ];

    public IReadOnlyList<string> Tokens { get; } =
    [
        "\"id\":",
        "\"roles\":",
        "\"permissions\":",
        "\"code\":",
        "\"message\":",
        "\"retry_after\":",
        "\"nonce\":",
        "\"errors\":",
    ];

    public async Task RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        using ResponseHandler handler = new(input);
        DiscordClientOptions options = new() { Token = "token" };
        await using DiscordClient client = new(
            options,
            new FastTime(),
            new Random(1),
            NullLoggerFactory.Instance,
            handler,
            static () => throw new InvalidOperationException("No gateway.")
        );
        DiscordMessage message = new() { Text = "Words." };
        var since = DateTimeOffset.UnixEpoch;
        switch (input.Length % 6)
        {
            case 0:
                await client.GetApplicationAsync(cancellationToken);
                break;
            case 1:
                await client.GetChannelAccessAsync(Channel, cancellationToken);
                break;
            case 2:
                await client.SendAsync(Channel, message, "key", SendDeadline.None, cancellationToken);
                break;
            case 3:
                await client.FindPublishedAsync(Channel, "Words.", since, cancellationToken);
                break;
            case 4:
                await client.HasCommandsAsync([], cancellationToken);
                break;
            default:
                await client.DeleteAsync(Channel, "100", cancellationToken);
                break;
        }
    }
}
