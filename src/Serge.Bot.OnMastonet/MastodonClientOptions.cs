namespace Serge.Bot.OnMastonet;

/// <summary>Where a Mastodon account lives, its key, and how long the client waits. A class, not a record: it holds a secret
/// and must not print it.</summary>
public sealed class MastodonClientOptions
{
    /// <summary>The server, <c>http</c> or <c>https</c>, with a path where its API does not begin at the root.</summary>
    /// <remarks>Mastonet itself knows <c>https</c> only; <see cref="Transport"/> puts the address right. It refuses every host with
    /// <c>gab.</c> or <c>truthsocial.</c> in its name.</remarks>
    public required Uri Address { get; init; }

    /// <summary>The access token, with the scopes <c>write:statuses</c>, <c>read:statuses</c> and <c>profile</c> (before Mastodon 4.3
    /// <c>read:accounts</c>). Surrounding space is ignored.</summary>
    public required string AccessToken { get; init; }

    /// <summary>How long a call may take with all its waits and retries; a longer wait is handed back. Default 30 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt may take, from connecting to the end of the answer. Default 10 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest answer that is read, in bytes. Default 4 MiB.</summary>
    public int MaxAnswerBytes { get; init; } = 4 * 1024 * 1024;
}
