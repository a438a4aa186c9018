namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>One route of the REST API.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The path below the version, with route values in braces.</param>
/// <param name="Handle">Handles a request, under the world's lock.</param>
internal sealed record RestRoute(string Method, string Pattern, Func<RestRequest, RestResponse> Handle)
{
    private static readonly string[] ResourceValues = ["application", "guild", "channel", "interaction", "token"];

    /// <summary>Whether the route needs no bot token.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Whether the limit over all routes does not count the route, as for interaction routes.</summary>
    public bool IsOutsideGlobalLimit { get; init; }

    /// <summary>The route's own limit; <see langword="null"/> for the default one.</summary>
    public Func<DiscordOptions, RouteLimit>? Limit { get; init; }

    /// <summary>The route values that identify the resource of the limit.</summary>
    public IEnumerable<string> Resource => ResourceValues.Where(name => Pattern.Contains($"{{{name}}}"));
}
