using System.Globalization;

namespace Serge.Bot.Discord.Rest;

/// <summary>Whether a request may be sent again when nobody knows what became of it.</summary>
internal enum Repeat
{
    /// <summary>Yes: a second one changes nothing, or is refused as the second.</summary>
    Safe,

    /// <summary>No: it might be executed twice.</summary>
    Unsafe,
}

/// <summary>What is asked of Discord, and by which limit it goes.</summary>
/// <remarks>A class that prints its template only: the paths of interactions contain their tokens.</remarks>
internal sealed class Route
{
    private Route(HttpMethod method, string template, string path, string major)
    {
        Method = method;
        Template = $"{method} {template}";
        Path = path;
        Major = major;
    }

    /// <summary>The method.</summary>
    public HttpMethod Method { get; }

    /// <summary>The same for all channels, servers and messages, such as <c>POST channels/{id}/messages</c>.</summary>
    public string Template { get; }

    /// <summary>The path, relative to the interface's address.</summary>
    public string Path { get; }

    /// <summary>The channel, server or interaction whose limit it is: limits of different ones do not touch.</summary>
    public string Major { get; }

    /// <summary>Whether it may be repeated. Default: yes.</summary>
    public Repeat Repeat { get; private init; }

    /// <summary>Whether it answers an interaction: exempt from the global limit, and the token in the path is all it needs.</summary>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Endpoints.</remarks>
    public bool IsExempt { get; private init; }

    public static Route GatewayBot() => new(HttpMethod.Get, "gateway/bot", "gateway/bot", "");

    public static Route Me() => new(HttpMethod.Get, "users/@me", "users/@me", "");

    public static Route MyGuilds(int limit, ulong? after) =>
        new(
            HttpMethod.Get,
            "users/@me/guilds",
            $"users/@me/guilds?limit={Id((ulong)limit)}{(after is { } id ? $"&after={Id(id)}" : "")}",
            ""
        );

    public static Route MyApplication() => new(HttpMethod.Get, "applications/@me", "applications/@me", "");

    public static Route Commands(ulong application) =>
        new(
            HttpMethod.Get,
            "applications/{id}/commands",
            $"applications/{Id(application)}/commands?with_localizations=true",
            ""
        );

    public static Route OverwriteCommands(ulong application) =>
        new(HttpMethod.Put, "applications/{id}/commands", $"applications/{Id(application)}/commands", "");

    public static Route Channel(ulong channel) =>
        new(HttpMethod.Get, "channels/{id}", $"channels/{Id(channel)}", Id(channel));

    public static Route Guild(ulong guild) => new(HttpMethod.Get, "guilds/{id}", $"guilds/{Id(guild)}", Id(guild));

    public static Route GuildMember(ulong guild, ulong user) =>
        new(HttpMethod.Get, "guilds/{id}/members/{id}", $"guilds/{Id(guild)}/members/{Id(user)}", Id(guild));

    public static Route Messages(ulong channel, int limit, ulong? before) =>
        new(
            HttpMethod.Get,
            "channels/{id}/messages",
            $"channels/{Id(channel)}/messages?limit={Id((ulong)limit)}{(before is { } id ? $"&before={Id(id)}" : "")}",
            Id(channel)
        );

    public static Route CreateMessage(ulong channel) =>
        new(HttpMethod.Post, "channels/{id}/messages", $"channels/{Id(channel)}/messages", Id(channel))
        {
            Repeat = Repeat.Unsafe,
        };

    public static Route EditMessage(ulong channel, ulong message) =>
        new(
            HttpMethod.Patch,
            "channels/{id}/messages/{id}",
            $"channels/{Id(channel)}/messages/{Id(message)}",
            Id(channel)
        );

    public static Route DeleteMessage(ulong channel, ulong message) =>
        new(
            HttpMethod.Delete,
            "channels/{id}/messages/{id}",
            $"channels/{Id(channel)}/messages/{Id(message)}",
            Id(channel)
        );

    /// <summary>The first answer. It may be repeated: an interaction takes one, and refuses the second.</summary>
    public static Route Callback(ulong interaction, string token) =>
        new(
            HttpMethod.Post,
            "interactions/{id}/{token}/callback",
            $"interactions/{Id(interaction)}/{Uri.EscapeDataString(token)}/callback",
            Id(interaction)
        )
        {
            IsExempt = true,
        };

    /// <summary>The answer that was promised.</summary>
    public static Route EditOriginal(ulong application, ulong interaction, string token) =>
        new(
            HttpMethod.Patch,
            "webhooks/{id}/{token}/messages/@original",
            $"webhooks/{Id(application)}/{Uri.EscapeDataString(token)}/messages/@original",
            Id(interaction)
        )
        {
            IsExempt = true,
        };

    public override string ToString() => Template;

    private static string Id(ulong id) => id.ToString(CultureInfo.InvariantCulture);
}
