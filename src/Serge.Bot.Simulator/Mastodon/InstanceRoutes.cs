namespace Serge.Bot.Simulator.Mastodon;

/// <summary>The server's description of itself.</summary>
internal static class InstanceRoutes
{
    public static IEnumerable<MastodonRoute> All { get; } = [];
}
