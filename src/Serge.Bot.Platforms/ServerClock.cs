namespace Serge.Bot.Platforms;

/// <summary>Compares the clock of a server with the client's clock.</summary>
public static class ServerClock
{
    /// <summary>A server that is further ahead is not believed: every post would be older than the first attempt, so a
    /// lookup would not find the post and it would be published twice.</summary>
    public static readonly TimeSpan MaxLead = TimeSpan.FromDays(1);

    /// <summary>The server's clock minus the client's clock, from the header <c>Date</c>.</summary>
    /// <param name="response">The response.</param>
    /// <param name="now">On the client's clock.</param>
    /// <returns><see langword="null"/> if there is no date, or one that cannot be right.</returns>
    public static TimeSpan? GetOffset(HttpResponseMessage response, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.Headers.Date is not { } date || date < DateTimeOffset.UnixEpoch)
        {
            return null;
        }

        var offset = date - now;
        return offset <= MaxLead ? offset : null;
    }
}
