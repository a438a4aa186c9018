namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>The first response to an interaction.</summary>
/// <remarks>Source: Discord docs, Interactions/Receiving and Responding.</remarks>
internal static class InteractionRoutes
{
    public static IEnumerable<RestRoute> All { get; } =
    [
        new("POST", "/interactions/{interaction}/{token}/callback", Respond)
        {
            IsPublic = true,
            IsOutsideGlobalLimit = true,
            Limit = options => options.WebhookLimit,
        },
    ];

    /// <summary>Handles the response of an interactions endpoint.</summary>
    /// <returns>Whether the response is valid.</returns>
    public static bool TryHandleCallback(DiscordWorld world, PendingInteraction interaction, JsonElement response)
    {
        CallbackHandler callback = new(world, interaction);
        return callback.Handle(response, new Dictionary<long, UploadedFile>()).Status < 300;
    }

    private static RestResponse Respond(RestRequest request)
    {
        if (!request.TryGetId("interaction", out var id, out var error))
        {
            return error;
        }

        if (!request.TryGetForm(out _, out error))
        {
            return error;
        }

        var interaction = request.World.FindInteraction(request.GetText("token"));
        if (interaction is null || interaction.Id != id)
        {
            return DiscordError.UnknownInteraction;
        }

        CallbackHandler callback = new(request.World, interaction);
        var response = callback.Handle(request.Body, request.Files);
        if (response.Status != 200 || request.GetFlag("with_response"))
        {
            return response;
        }

        return RestResponse.NoContent;
    }
}
