namespace Serge.Bot.Platforms;

/// <summary>Options of a client of Mastodon. A class, so that it does not print the token.</summary>
public sealed class MastodonClientOptions
{
    /// <summary>The server's address with <c>http</c> or <c>https</c>, and with a path if its API has one:
    /// <c>https://mastodon.example/</c>, <c>http://127.0.0.1:5080/mastodon/</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The access token, with the scopes <c>write:statuses</c>, <c>read:statuses</c> and <c>profile</c>
    /// (before Mastodon 4.3 <c>read:accounts</c>). White space around it is ignored.</summary>
    public required string AccessToken { get; init; }

    /// <summary>The timeout of a call, including retries and waits for rate limits; the outcome of a longer wait says
    /// until when. Default 30 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The timeout of an attempt, from connecting to the end of the response. Default 10 s, so that a read can
    /// be retried within <see cref="CallTimeout"/>.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest response in bytes. Default 4 MiB: forty posts of 5,000 characters have about 1
    /// MiB.</summary>
    public int MaxResponseBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The server's name only.</summary>
    public override string ToString() => Address.Host;
}
