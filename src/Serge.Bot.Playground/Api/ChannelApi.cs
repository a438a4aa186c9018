using Serge.Bot.Simulator.Discord.Interactions;

namespace Serge.Bot.Playground.Api;

/// <summary>What the member does in the channel.</summary>
internal sealed class ChannelApi(PlaygroundParts playground)
{
    /// <summary>Discord's limit for a member's message.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Create Message.</remarks>
    private const int LongestMessage = 2000;

    /// <summary>Sends a slash command or a plain message.</summary>
    public async Task<Answer> CommandAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        var line = request.Line?.Trim() ?? "";
        if (line.Length is 0 or > LongestMessage)
        {
            return new Answer(Problem: $"Type something, of at most {LongestMessage} characters.");
        }

        var places = playground.Places;
        if (!line.StartsWith('/'))
        {
            places.World.Discord.Say(places.Member, places.Channel, line);
            return Answer.Done;
        }

        switch (await places.World.Discord.InvokeAsync(places.Member, places.Channel, line, cancellationToken))
        {
            case InteractionResult.Refused refused:
                return new Answer(Problem: refused.Reason);
            case InteractionResult.DidNotRespond silent:
                playground.Conversation.Fail(line.Split(' ')[0].TrimStart('/'), silent.Reason);
                playground.Changes.Tell();
                return new Answer("no-answer");
            default:
                return new Answer("answered");
        }
    }

    /// <summary>Asks the bot for values of an option.</summary>
    /// <returns>Its suggestions; none when it does not answer or the line makes no sense yet.</returns>
    public async Task<ChoiceView[]> CompleteAsync(CompletionRequest request, CancellationToken cancellationToken)
    {
        var places = playground.Places;
        return
            await places.World.Discord.CompleteAsync(
                places.Member,
                places.Channel,
                request.Line ?? "",
                request.Option ?? "",
                cancellationToken
            )
                is InteractionResult.Suggested suggested
            ? [.. suggested.Choices.Select(choice => new ChoiceView(choice.Name, choice.Value.ToString()))]
            : [];
    }

    /// <summary>Presses a button.</summary>
    public async Task<Answer> PressAsync(PressRequest request, CancellationToken cancellationToken)
    {
        if (playground.Conversation.Find(request.Message ?? "") is not { } message)
        {
            return new Answer(Problem: "This message is gone.");
        }

        var places = playground.Places;
        switch (await places.World.Discord.PressAsync(places.Member, message, request.Button ?? "", cancellationToken))
        {
            case InteractionResult.Refused refused:
                return new Answer(Problem: refused.Reason);
            case InteractionResult.DidNotRespond:
                return new Answer(Problem: "This interaction failed");
            default:
                return new Answer("answered");
        }
    }
}
