using System.Globalization;

namespace Serge.Bot.Discord.Model;

/// <summary>A method and a path of Discord's REST API, and the rate limit that applies to them.</summary>
/// <remarks>A class that prints its template only: the paths of interactions contain tokens.</remarks>
internal sealed class Route
{
    /// <param name="method">The method.</param>
    /// <param name="template">The path with placeholders in braces.</param>
    /// <param name="ids">The values of the placeholders, the major one first.</param>
    private Route(HttpMethod method, string template, params ReadOnlySpan<object> ids)
    {
        Method = method;
        Template = $"{method} {template}";
        Path = Fill(template, ids);
        Major = ids.Length == 0 ? "" : Format(ids[0]);
    }

    public HttpMethod Method { get; }

    /// <summary>Equal for all channels, guilds and messages, such as <c>POST channels/{id}/messages</c>.</summary>
    public string Template { get; }

    /// <summary>Relative to the address of the API.</summary>
    public string Path { get; private set; }

    /// <summary>The channel, guild or interaction that the rate limit applies to.</summary>
    public string Major { get; private init; }

    /// <summary>Whether a second execution has no effect. Default <see langword="true"/>.</summary>
    public bool IsIdempotent { get; private init; } = true;

    /// <summary>Whether the request responds to an interaction: it is exempt from the global rate limit, and the token
    /// in the path replaces the bot's token.</summary>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Endpoints.</remarks>
    public bool IsInteractionResponse { get; private init; }

    public static Route GatewayBot() => Get("gateway/bot");

    public static Route CurrentUser() => Get("users/@me");

    public static Route CurrentUserGuilds(int limit, ulong? after) =>
        WithPage(Get("users/@me/guilds"), limit, "after", after);

    public static Route CurrentApplication() => Get("applications/@me");

    public static Route Commands(ulong application)
    {
        var route = Get("applications/{id}/commands", application);
        route.Path += "?with_localizations=true";
        return route;
    }

    public static Route OverwriteCommands(ulong application) =>
        new(HttpMethod.Put, "applications/{id}/commands", application);

    public static Route Channel(ulong channel) => Get("channels/{id}", channel);

    public static Route Guild(ulong guild) => Get("guilds/{id}", guild);

    public static Route GuildRoles(ulong guild) => Get("guilds/{id}/roles", guild);

    public static Route GuildMember(ulong guild, ulong user) => Get("guilds/{id}/members/{id}", guild, user);

    public static Route Messages(ulong channel, int limit, ulong? before) =>
        WithPage(Get("channels/{id}/messages", channel), limit, "before", before);

    public static Route CreateMessage(ulong channel) =>
        new(HttpMethod.Post, "channels/{id}/messages", channel) { IsIdempotent = false };

    public static Route EditMessage(ulong channel, ulong message) =>
        new(HttpMethod.Patch, "channels/{id}/messages/{id}", channel, message);

    public static Route DeleteMessage(ulong channel, ulong message) =>
        new(HttpMethod.Delete, "channels/{id}/messages/{id}", channel, message);

    public static Route StartForumPost(ulong forum) =>
        new(HttpMethod.Post, "channels/{id}/threads", forum) { IsIdempotent = false };

    public static Route ActiveThreads(ulong guild) => Get("guilds/{id}/threads/active", guild);

    public static Route ArchivedThreads(ulong channel, int limit) =>
        WithPage(Get("channels/{id}/threads/archived/public", channel), limit, "before", id: null);

    public static Route Message(ulong channel, ulong message) => Get("channels/{id}/messages/{id}", channel, message);

    /// <summary>Idempotent: a message has at most one thread.</summary>
    public static Route StartThread(ulong channel, ulong message) =>
        new(HttpMethod.Post, "channels/{id}/messages/{id}/threads", channel, message);

    /// <summary>Idempotent: a second one is refused.</summary>
    public static Route Crosspost(ulong channel, ulong message) =>
        new(HttpMethod.Post, "channels/{id}/messages/{id}/crosspost", channel, message);

    /// <summary>The first response. Idempotent: an interaction accepts one and refuses the second.</summary>
    public static Route InteractionCallback(ulong interaction, string token) =>
        new(HttpMethod.Post, "interactions/{id}/{token}/callback", interaction, token) { IsInteractionResponse = true };

    /// <summary>The response after a deferral.</summary>
    public static Route EditOriginalResponse(ulong application, ulong interaction, string token) =>
        new(HttpMethod.Patch, "webhooks/{id}/{token}/messages/@original", application, token)
        {
            IsInteractionResponse = true,
            Major = Format(interaction),
        };

    /// <summary>A new message after the first response.</summary>
    public static Route FollowUpMessage(ulong application, ulong interaction, string token) =>
        new(HttpMethod.Post, "webhooks/{id}/{token}", application, token)
        {
            IsInteractionResponse = true,
            IsIdempotent = false,
            Major = Format(interaction),
        };

    public override string ToString() => Template;

    private static Route Get(string template, params ReadOnlySpan<object> ids) => new(HttpMethod.Get, template, ids);

    private static Route WithPage(Route route, int limit, string cursor, ulong? id)
    {
        route.Path += $"?limit={Format(limit)}";
        if (id is not null)
        {
            route.Path += $"&{cursor}={Format(id)}";
        }

        return route;
    }

    private static string Fill(string template, ReadOnlySpan<object> ids)
    {
        foreach (var id in ids)
        {
            var start = template.IndexOf('{', StringComparison.Ordinal);
            var end = template.IndexOf('}', StringComparison.Ordinal);
            var value = Uri.EscapeDataString(Format(id));
            template = template[..start] + value + template[(end + 1)..];
        }

        return template;
    }

    private static string Format(object id) => Convert.ToString(id, CultureInfo.InvariantCulture)!;
}
