namespace Serge.Bot.Commands;

/// <summary>Checks that Discord sends interactions the way that the bot expects; else it receives none, without an
/// error.</summary>
internal static class InteractionEndpointCheck
{
    /// <summary>The path of the endpoint of HTTP interactions.</summary>
    public const string Path = "/discord/interactions";

    /// <summary>What is wrong and how to fix it; <see langword="null"/> if nothing is wrong.</summary>
    /// <param name="application">As set in the Developer Portal.</param>
    /// <param name="overHttp">Whether the bot expects HTTP requests instead of the gateway.</param>
    public static string? FindProblem(DiscordApplication application, bool overHttp)
    {
        var endpoint = application.InteractionsEndpoint;
        if (endpoint is not null && !overHttp)
        {
            return $"Discord sends the commands to {endpoint}, so none of them reaches this bot. Clear \"Interactions "
                + "Endpoint URL\" in the Developer Portal, under General Information, or set Discord:Interactions to "
                + "http.";
        }

        if (endpoint is null && overHttp)
        {
            return "Discord:Interactions is http, but the Developer Portal has no \"Interactions Endpoint URL\", "
                + $"under General Information: while the bot runs, set it to the https address that leads to {Path}. "
                + "Until then no command reaches this bot.";
        }

        return null;
    }
}
