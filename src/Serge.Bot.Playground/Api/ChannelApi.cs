using Serge.Bot.Simulator.Discord;

namespace Serge.Bot.Playground.Api;

/// <summary>The member's actions in the channel.</summary>
internal sealed class ChannelApi(PlaygroundContext playground)
{
    /// <summary>Discord's limit for a member's message.</summary>
    /// <remarks>Source: Discord docs, Resources/Message, Create Message.</remarks>
    private const int MaxMessageLength = 2000;

    private readonly Lock _lock = new();

    /// <summary>Suggestions that were requested; some may be done.</summary>
    private readonly List<Task> _suggestions = [];

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

        if (playground.Faults.DelaysCommand)
        {
            await WaitForSuggestionsAsync(cancellationToken);
        }

        var result = await playground.Faults.SendCommandAsync(() =>
            discord.InvokeAsync(platforms.Member, platforms.Channel, line, cancellationToken)
        );
        switch (result)
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
        var requested = platforms.World.Discord.AutocompleteAsync(
            platforms.Member,
            platforms.Channel,
            request.Line ?? "",
            request.Option ?? "",
            cancellationToken
        );
        lock (_lock)
        {
            _suggestions.RemoveAll(task => task.IsCompleted);
            _suggestions.Add(requested);
        }

        var result = await requested;
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

    /// <summary>Waits for the suggestions that were requested before the command: the response to one of them would be
    /// delayed instead.</summary>
    private async Task WaitForSuggestionsAsync(CancellationToken cancellationToken)
    {
        Task all;
        lock (_lock)
        {
            all = Task.WhenAll(_suggestions);
        }

        await all.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
