using Serge.Bot.Simulator.Discord;

namespace Serge.Bot.Playground.Api;

/// <summary>The member's actions in the channel.</summary>
internal sealed class ChannelApi(PlaygroundContext playground)
{
    /// <summary>Discord's limit for a member's message.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Create Message.</remarks>
    private const int MaxMessageLength = 2000;

    /// <summary>Sends a slash command or a plain message.</summary>
    public async Task<ApiResponse> SendAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        var line = request.Line?.Trim() ?? "";
        if (line.Length is 0 or > MaxMessageLength)
        {
            return new ApiResponse(Problem: $"Type something, at most {MaxMessageLength} characters.");
        }

        var platforms = playground.Platforms;
        var discord = platforms.World.Discord;
        if (!line.StartsWith('/'))
        {
            discord.SendMessage(platforms.Member, platforms.Channel, line);
            return ApiResponse.Done;
        }

        switch (await discord.InvokeAsync(platforms.Member, platforms.Channel, line, cancellationToken))
        {
            case InteractionResult.Refused refused:
                return new ApiResponse(Problem: refused.Reason);
            case InteractionResult.DidNotRespond failed:
                var command = line.Split(' ')[0].TrimStart('/');
                playground.Conversation.AddFailure(command, failed.Reason);
                playground.Changes.Set();
                return new ApiResponse("no-answer");
            default:
                return new ApiResponse("answered");
        }
    }

    /// <summary>Returns the bot's suggestions for an option; none if it does not respond or the line is
    /// invalid.</summary>
    public async Task<ChoiceView[]> AutocompleteAsync(CompletionRequest request, CancellationToken cancellationToken)
    {
        var platforms = playground.Platforms;
        var result = await platforms.World.Discord.AutocompleteAsync(
            platforms.Member,
            platforms.Channel,
            request.Line ?? "",
            request.Option ?? "",
            cancellationToken
        );
        if (result is not InteractionResult.Suggested suggested)
        {
            return [];
        }

        return [.. suggested.Choices.Select(ChoiceView.Create)];
    }

    public async Task<ApiResponse> PressButtonAsync(PressRequest request, CancellationToken cancellationToken)
    {
        if (playground.Conversation.FindMessage(request.Message ?? "") is not { } message)
        {
            return new ApiResponse(Problem: "The message does not exist any more.");
        }

        var platforms = playground.Platforms;
        var button = request.Button ?? "";
        var discord = platforms.World.Discord;
        var result = await discord.PressButtonAsync(platforms.Member, message, button, cancellationToken);
        return result switch
        {
            InteractionResult.Refused refused => new ApiResponse(Problem: refused.Reason),
            InteractionResult.DidNotRespond => new ApiResponse(Problem: "This interaction failed"),
            _ => new ApiResponse("answered"),
        };
    }
}
