using System.Globalization;

namespace Serge.Bot.Discord.Model;

/// <summary>A method and a path of Discord's REST API, and the rate limit that applies to them.</summary>
/// <remarks>A class that prints its template only: the paths of interactions contain tokens.</remarks>
internal sealed class Route
{
    private Route(HttpMethod method, string template, string path, string major)
    {
        Method = method;
        Template = $"{method} {template}";
        Path = path;
        Major = major;
    }

    public HttpMethod Method { get; }

    /// <summary>Equal for all channels, guilds and messages, such as <c>POST channels/{id}/messages</c>.</summary>
    public string Template { get; }

    /// <summary>Relative to the address of the API.</summary>
    public string Path { get; }

    /// <summary>The channel, guild or interaction that the rate limit applies to.</summary>
    public string Major { get; }

    /// <summary>Whether a second execution has no effect. Default <see langword="true"/>.</summary>
    public bool IsIdempotent { get; private init; } = true;

    /// <summary>Whether the request responds to an interaction: it is exempt from the global rate limit, and the token in
    /// the path replaces the bot's token.</summary>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Endpoints.</remarks>
    public bool IsInteractionResponse { get; private init; }

    public static Route GatewayBot() => new(HttpMethod.Get, "gateway/bot", "gateway/bot", "");

    public static Route CurrentUser() => new(HttpMethod.Get, "users/@me", "users/@me", "");

    public static Route CurrentUserGuilds(int limit, ulong? after)
    {
        var path = $"users/@me/guilds?limit={Format(limit)}{FormatParameter("after", after)}";
        return new(HttpMethod.Get, "users/@me/guilds", path, "");
    }

    public static Route CurrentApplication() => new(HttpMethod.Get, "applications/@me", "applications/@me", "");

    public static Route Commands(ulong application)
    {
        var path = $"applications/{Format(application)}/commands?with_localizations=true";
        return new(HttpMethod.Get, "applications/{id}/commands", path, "");
    }

    public static Route OverwriteCommands(ulong application) =>
        new(HttpMethod.Put, "applications/{id}/commands", $"applications/{Format(application)}/commands", "");

    public static Route Channel(ulong channel) =>
        new(HttpMethod.Get, "channels/{id}", $"channels/{Format(channel)}", Format(channel));

    public static Route Guild(ulong guild) =>
        new(HttpMethod.Get, "guilds/{id}", $"guilds/{Format(guild)}", Format(guild));

    public static Route GuildMember(ulong guild, ulong user)
    {
        var path = $"guilds/{Format(guild)}/members/{Format(user)}";
        return new(HttpMethod.Get, "guilds/{id}/members/{id}", path, Format(guild));
    }

    public static Route Messages(ulong channel, int limit, ulong? before)
    {
        var path = $"channels/{Format(channel)}/messages?limit={Format(limit)}{FormatParameter("before", before)}";
        return new(HttpMethod.Get, "channels/{id}/messages", path, Format(channel));
    }

    public static Route CreateMessage(ulong channel)
    {
        var path = $"channels/{Format(channel)}/messages";
        return new(HttpMethod.Post, "channels/{id}/messages", path, Format(channel)) { IsIdempotent = false };
    }

    public static Route EditMessage(ulong channel, ulong message) => OfMessage(HttpMethod.Patch, channel, message);

    public static Route DeleteMessage(ulong channel, ulong message) => OfMessage(HttpMethod.Delete, channel, message);

    /// <summary>The first response. Idempotent: an interaction accepts one and refuses the second.</summary>
    public static Route InteractionCallback(ulong interaction, string token)
    {
        var path = $"interactions/{Format(interaction)}/{Uri.EscapeDataString(token)}/callback";
        return OfInteraction(HttpMethod.Post, "interactions/{id}/{token}/callback", path, interaction);
    }

    /// <summary>The response after a deferral.</summary>
    public static Route EditOriginalResponse(ulong application, ulong interaction, string token)
    {
        var path = $"webhooks/{Format(application)}/{Uri.EscapeDataString(token)}/messages/@original";
        return OfInteraction(HttpMethod.Patch, "webhooks/{id}/{token}/messages/@original", path, interaction);
    }

    public override string ToString() => Template;

    private static Route OfMessage(HttpMethod method, ulong channel, ulong message)
    {
        var path = $"channels/{Format(channel)}/messages/{Format(message)}";
        return new(method, "channels/{id}/messages/{id}", path, Format(channel));
    }

    private static Route OfInteraction(HttpMethod method, string template, string path, ulong interaction) =>
        new(method, template, path, Format(interaction)) { IsInteractionResponse = true };

    private static string FormatParameter(string name, ulong? id) => id is null ? "" : $"&{name}={Format(id.Value)}";

    private static string Format<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
