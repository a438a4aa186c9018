namespace Serge.Bot.Commands;

/// <summary>Whether interactions come the way that the bot expects them. If not, it runs without an error and hears of no command.</summary>
internal static class InteractionEndpointCheck
{
    /// <summary>What is wrong and how to mend it; <see langword="null"/> when nothing is.</summary>
    /// <param name="application">As the Developer Portal has it.</param>
    /// <param name="overHttp">Whether the bot waits for HTTP requests, and not at the gateway.</param>
    public static string? FindProblem(DiscordApplication application, bool overHttp) =>
        (application.InteractionsEndpoint, overHttp) switch
        {
            ({ } endpoint, false) =>
                $"Discord sends the commands to {endpoint}, so none of them reaches this bot. Clear \"Interactions Endpoint URL\" "
                    + "in the Developer Portal, under General Information, or set Discord:Interactions to http.",
            (null, true) =>
                "Discord:Interactions is http, but the Developer Portal has no \"Interactions Endpoint URL\", under General Information: "
                    + $"while the bot runs, set it to the https address that leads to {InteractionListener.Path}. Until then no command reaches this bot.",
            _ => null,
        };
}
