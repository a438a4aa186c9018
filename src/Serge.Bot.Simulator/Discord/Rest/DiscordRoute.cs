namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>One route of the REST interface.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Pattern">The path under the version, with route values in braces.</param>
/// <param name="Handle">Acts on a request, under the world's lock.</param>
internal sealed record DiscordRoute(string Method, string Pattern, Func<RestRequest, Answer> Handle)
{
    /// <summary>Whether no token is needed: interaction routes carry their own.</summary>
    public bool Open { get; init; }

    /// <summary>Whether the limit over all routes does not count it, as for interaction routes.</summary>
    public bool OutsideGlobalLimit { get; init; }

    /// <summary>Its own limit; <see langword="null"/> for the default one.</summary>
    public Func<DiscordOptions, RouteLimit>? Limit { get; init; }

    /// <summary>The route values that name the resource limits are kept by.</summary>
    public IReadOnlyList<string> Resource { get; init; } = [];
}
