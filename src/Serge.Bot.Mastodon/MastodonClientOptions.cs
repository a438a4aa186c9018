namespace Serge.Bot.Mastodon;

/// <summary>Where a Mastodon account lives, its key, and how long the client waits. A class, not a record: it holds a secret
/// and must not print it.</summary>
public sealed class MastodonClientOptions
{
    /// <summary>The server, <c>http</c> or <c>https</c>, with a path where its API does not begin at the root:
    /// <c>https://mastodon.example/</c>, <c>http://127.0.0.1:5080/mastodon/</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The access token, with the scopes <c>write:statuses</c>, <c>read:statuses</c> and <c>profile</c> (before Mastodon 4.3
    /// <c>read:accounts</c>). Surrounding space is ignored.</summary>
    public required string AccessToken { get; init; }

    /// <summary>How long a call may take with all its waits and retries; a longer wait is handed back. Default 30 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt may take, from connecting to the end of the answer. Default 10 s, so that a read gets a second
    /// chance within <see cref="Patience"/>.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest answer that is read, in bytes. Default 4 MiB: forty posts of 5,000 characters take about one.</summary>
    public int MaxAnswerBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The server's name, and nothing else.</summary>
    public override string ToString() => Address.Host;
}
