namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>The response to a request.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON body; <see langword="null"/> for none.</param>
internal sealed record RestResponse(int Status, JsonNode? Body)
{
    public static RestResponse NoContent { get; } = new(204, null);

    public static RestResponse Ok(JsonNode body) => new(200, body);

    public SimulatedResponse ToSimulated() => SimulatedResponse.Json(Status, Body, "application/json");
}
