using Serge.Bot.Simulator.Discord;
using Serge.Bot.Simulator.Mastodon;

namespace Serge.Bot.Playground.World;

/// <summary>Describes the events of the simulator for the log.</summary>
internal static class EventLogText
{
    /// <summary>The callback type that suggests values for an option.</summary>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Interaction Callback Type.</remarks>
    private const int Autocomplete = 8;

    private const string CapabilityProbe = "/mastodon/api/v1/statuses/0";

    /// <summary>Longer parts of a path are tokens.</summary>
    private const int MaxPathPart = 24;

    /// <summary>Returns the text; <see langword="null"/> for events that are not logged.</summary>
    public static (EventLogSource Source, EventLogLevel Level, string Text)? Describe(SimulatorEvent simulatorEvent) =>
        simulatorEvent switch
        {
            DiscordWorldEvent.BotConnected => LogDiscord("The bot connected and started a new session."),
            DiscordWorldEvent.BotResumed resumed => LogDiscord(
                $"The bot resumed its session; missed events: {resumed.Replayed}."
            ),
            DiscordWorldEvent.CommandsRegistered registered => LogDiscord(
                $"Commands registered: {FormatNames(registered.Names)}."
            ),
            DiscordWorldEvent.InteractionAnswered { CallbackType: not Autocomplete } answered => LogDiscord(
                $"Command answered after {FormatMilliseconds(answered.Elapsed)} ms."
            ),
            DiscordWorldEvent.MessageCreated { Message: { Origin: null, Author.IsBot: true } } => LogDiscord(
                "Message posted."
            ),
            DiscordWorldEvent.BotDisconnected disconnected => Warn(
                EventLogSource.Discord,
                DescribeDisconnect(disconnected)
            ),
            DiscordWorldEvent.InteractionFailed => Warn(
                EventLogSource.Discord,
                "The bot did not respond to a command in time."
            ),
            MastodonWorldEvent.StatusCreated => (EventLogSource.Mastodon, EventLogLevel.Information, "Status posted."),
            // The bot asks for a status that cannot exist, to learn what its token allows: no failure.
            SimulatorEvent.RequestServed { Method: "PUT", Path: CapabilityProbe } => null,
            SimulatorEvent.RequestServed { StatusCode: 0 or >= 400 } served => Warn(
                GetPlatform(served.Path),
                DescribeFailure(served)
            ),
            FaultFired { Fault.Fault: RequestFault fault } => Warn(
                GetPlatform(fault.Path),
                $"Fault: {DescribeEffect(fault.Effect)}."
            ),
            FaultFired => Warn(EventLogSource.Discord, "Fault: the bot’s connection."),
            _ => null,
        };

    private static (EventLogSource, EventLogLevel, string) LogDiscord(string text) =>
        (EventLogSource.Discord, EventLogLevel.Information, text);

    private static (EventLogSource, EventLogLevel, string) Warn(EventLogSource source, string text) =>
        (source, EventLogLevel.Warning, text);

    private static string DescribeDisconnect(DiscordWorldEvent.BotDisconnected disconnected)
    {
        var close = "without a close code";
        if (disconnected.CloseCode is { } code)
        {
            close = $"with close code {code}";
        }

        var session = disconnected.IsResumable ? "The session can be resumed." : "The session has ended.";
        return $"The bot disconnected {close}. {session}";
    }

    private static string DescribeFailure(SimulatorEvent.RequestServed served)
    {
        var request = $"{served.Method} {ShortenPath(served.Path)}";
        if (served.StatusCode == 0)
        {
            return $"{request}: connection aborted without a response.";
        }

        return $"{request} returned {served.StatusCode}.";
    }

    private static string DescribeEffect(RequestEffect effect) =>
        effect switch
        {
            RequestEffect.RateLimit limit => $"rate limit, retry after {FormatSeconds(limit.RetryAfter)} s",
            RequestEffect.Respond respond => $"{respond.Status}, request not executed",
            RequestEffect.LoseResponse => "request executed, response lost",
            RequestEffect.Drop => "request lost",
            RequestEffect.Delay { AfterHandling: true } delay =>
                $"request executed, response delayed by {FormatSeconds(delay.Wait)} s",
            RequestEffect.Delay delay => $"request delayed by {FormatSeconds(delay.Wait)} s",
            _ => "invalid response",
        };

    private static EventLogSource GetPlatform(string path)
    {
        if (path.StartsWith("/mastodon", StringComparison.Ordinal))
        {
            return EventLogSource.Mastodon;
        }

        return EventLogSource.Discord;
    }

    /// <summary>Removes the platform's root and the tokens of interactions.</summary>
    private static string ShortenPath(string path)
    {
        var relative = path.Replace("/discord/api/v10", "").Replace("/mastodon", "");
        var parts = relative.Split('/').Select(part => part.Length > MaxPathPart ? "…" : part);
        return string.Join('/', parts);
    }

    private static string FormatNames(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"/{name}"));

    private static string FormatSeconds(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    private static string FormatMilliseconds(TimeSpan time) =>
        time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
}
