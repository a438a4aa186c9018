using System.Globalization;
using Serge.Bot.Simulator;
using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Playground.World;

/// <summary>Turns what happens in the simulator into a sentence for the diary.</summary>
internal static class News
{
    /// <summary>The type of answer that suggests values for an option.</summary>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Interaction Callback Type.</remarks>
    private const int Suggestions = 8;

    /// <summary>The sentence; <see langword="null"/> for what nobody needs to read.</summary>
    public static (DiarySource Source, DiaryWeight Weight, string Text)? Of(SimulatorEvent happened) =>
        happened switch
        {
            SimulatorEvent.BotConnected => (
                DiarySource.Discord,
                DiaryWeight.Plain,
                "The bot has connected, with a new session."
            ),
            SimulatorEvent.BotResumed resumed => (
                DiarySource.Discord,
                DiaryWeight.Plain,
                $"The bot has resumed its session{(resumed.Replayed > 0 ? $"; {Counted(resumed.Replayed, "event")} it had missed came after" : "; it had missed nothing")}."
            ),
            SimulatorEvent.BotDisconnected lost => (
                DiarySource.Discord,
                DiaryWeight.Warning,
                $"The bot’s connection has ended{(lost.CloseCode is { } code ? $" with code {code.ToString(CultureInfo.InvariantCulture)}" : " without a word")}; {(lost.Resumable ? "its session waits for it" : "its session is over")}."
            ),
            SimulatorEvent.CommandsRegistered registered => (
                DiarySource.Discord,
                DiaryWeight.Plain,
                $"Registered: {string.Join(", ", registered.Names.Select(name => "/" + name))}."
            ),
            SimulatorEvent.InteractionAnswered { CallbackType: not Suggestions } answered => (
                DiarySource.Discord,
                DiaryWeight.Plain,
                $"The command was answered after {answered.Took.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms."
            ),
            SimulatorEvent.InteractionFailed => (
                DiarySource.Discord,
                DiaryWeight.Warning,
                "The bot did not answer a member in time."
            ),
            SimulatorEvent.MessageCreated { Message: { Origin: null, Author.Bot: true } } => (
                DiarySource.Discord,
                DiaryWeight.Plain,
                "A post stands in the channel."
            ),
            SimulatorEvent.StatusCreated => (DiarySource.Mastodon, DiaryWeight.Plain, "A post stands in the timeline."),
            SimulatorEvent.RequestServed { StatusCode: 0 } cut => (
                PlatformOf(cut.Path),
                DiaryWeight.Warning,
                $"{Request(cut.Method, cut.Path)}: the line was cut instead of an answer."
            ),
            SimulatorEvent.RequestServed { StatusCode: >= 400 } served => (
                PlatformOf(served.Path),
                DiaryWeight.Warning,
                $"{Request(served.Method, served.Path)} was answered with {served.StatusCode.ToString(CultureInfo.InvariantCulture)}."
            ),
            SimulatorEvent.FaultFired { Fault.Fault: RequestFault fault } => (
                PlatformOf(fault.Path),
                DiaryWeight.Warning,
                $"Trouble strikes: {Effect(fault.Effect)}."
            ),
            SimulatorEvent.FaultFired { Fault.Fault: GatewayFault } => (
                DiarySource.Discord,
                DiaryWeight.Warning,
                "Trouble strikes the bot’s connection."
            ),
            _ => null,
        };

    private static string Effect(RequestEffect effect) =>
        effect switch
        {
            RequestEffect.RateLimit limit =>
                $"too many requests, come back in {limit.RetryAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s",
            RequestEffect.Answer answer =>
                $"answer {answer.Status.ToString(CultureInfo.InvariantCulture)}, and nothing is done",
            RequestEffect.LoseAnswer => "the request is carried out, and its answer is lost",
            RequestEffect.Drop => "the request is lost on the way",
            RequestEffect.Slow { AfterActing: true } slow =>
                $"the request is carried out, and the answer takes {slow.Wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s",
            RequestEffect.Slow slow =>
                $"the request rests for {slow.Wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s",
            _ => "the answer is nonsense",
        };

    private static DiarySource PlatformOf(string path) =>
        path.StartsWith("/mastodon", StringComparison.Ordinal) ? DiarySource.Mastodon : DiarySource.Discord;

    /// <summary>The request without its root, and without the long token that an interaction carries in its path.</summary>
    private static string Request(string method, string path)
    {
        var shown = path.Replace("/discord/api/v10", "", StringComparison.Ordinal)
            .Replace("/mastodon", "", StringComparison.Ordinal);
        return $"{method} {string.Join('/', shown.Split('/').Select(part => part.Length > 24 ? "…" : part))}";
    }

    private static string Counted(int count, string noun) =>
        count == 1 ? $"one {noun}" : $"{count.ToString(CultureInfo.InvariantCulture)} {noun}s";
}
