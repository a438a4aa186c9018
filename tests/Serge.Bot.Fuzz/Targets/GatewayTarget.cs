using System.Text.Json;
using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Tests.Support;

namespace Serge.Bot.Fuzz.Targets;

/// <summary>Frames of Discord's gateway.</summary>
internal sealed class GatewayTarget : IFuzzTarget
{
    public string Name => "gateway";

    public IReadOnlyList<string> Seeds { get; } =
    [
        Frames.Hello(),
        Frames.Ready(),
        Frames.InvalidSession(resumable: true),
        Frames.Resumed(3),
        Frames.Interaction(1, 2),
        """
            {"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"1","application_id":"2","type":2,"token":"x","locale":"fr",
            "guild_id":"7","channel_id":"9","app_permissions":"68608","member":{"permissions":"32","user":{"id":"5"}},
            "data":{"id":"1","name":"schedule","type":1,"options":[{"name":"set","type":1,"options":[{"name":"search","type":3,
            "value":"hunger","focused":true},{"name":"hour","type":4,"value":9},{"name":"on","type":5,"value":false}]}]}}}
            """,
        """{"op":0,"t":"INTERACTION_CREATE","s":3,"d":{"id":"1","type":3,"token":"x","data":{"custom_id":"quote:a:b","component_type":2}}}""",
        """{"op":0,"t":"GUILD_CREATE","s":4,"d":{"id":"7","unavailable":false,"name":"Readers"}}""",
        """{"op":0,"t":"GUILD_DELETE","s":5,"d":{"id":"7"}}""",
        """{"op":0,"t":"CHANNEL_DELETE","s":6,"d":{"id":"9","guild_id":"7","type":0}}""",
    ];

    public IReadOnlyList<string> Tokens { get; } =
    [
        "\"op\":",
        "\"t\":",
        "\"s\":",
        "\"d\":",
        "\"id\":",
        "\"value\":",
        "\"options\":",
        "\"type\":",
        "\"data\":",
        "4",
        "11",
    ];

    public Task RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        try
        {
            _ = DispatchParser.Parse(GatewayFrame.Parse(input));
        }
        catch (JsonException)
        {
            // Documented: the input is not a frame.
        }

        return Task.CompletedTask;
    }
}
