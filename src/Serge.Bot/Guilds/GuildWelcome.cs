namespace Serge.Bot.Guilds;

/// <summary>The first message in a server that has invited the bot: in its language, in its system channel.</summary>
/// <remarks>The server becomes known in the same transaction, so the message is posted once: not again after a restart,
/// by another worker, nor when the bot is invited back before the server's data was deleted.</remarks>
internal sealed partial class GuildWelcome(
    GuildDirectory directory,
    IDiscord discord,
    SystemChannelNotices notices,
    Func<Author> getAuthor,
    Clocks clocks,
    ILogger<GuildWelcome> logger
)
{
    /// <summary>A server that has invited the bot earlier is not welcomed: it has had the bot for a while, perhaps
    /// since before its data was deleted.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    /// <summary>Whether a server has just invited the bot, and has not been welcomed.</summary>
    /// <param name="joined">The event, which is repeated for each session.</param>
    public bool IsDue(DiscordEvent.GuildJoined joined)
    {
        var isNew = joined.JoinedAt > clocks.System.GetUtcNow() - MaxAge;
        return isNew && !directory.Knows(joined.Guild);
    }

    /// <summary>Plans the message. If Discord does not answer, the next session repeats it.</summary>
    /// <exception cref="LedgerException">The database could not be read or written.</exception>
    public async Task WelcomeAsync(GuildId guild, CancellationToken cancellationToken)
    {
        if (directory.Knows(guild))
        {
            return;
        }

        var answer = await discord.GetGuildAsync(guild, cancellationToken);
        if (!answer.TryGetValue(out var known))
        {
            LogNotWelcomed(guild, answer.GetReason());
            return;
        }

        List<Post> posts = [];
        if (await notices.FindChannelAsync(known, cancellationToken) is { } channel)
        {
            var text = GuildNotices.Welcome(Strings.For(known.Locale), getAuthor());
            posts.Add(notices.Create(guild, "Welcome", channel, text));
        }

        // The directory may be a minute old, and another worker may have welcomed the server since.
        var isNew = false;
        await directory.ChangeAsync(
            guild,
            current =>
            {
                isNew = current.IsNew;
                return new GuildChange(current) { Notices = isNew ? posts : [] };
            },
            cancellationToken
        );
        if (isNew)
        {
            LogJoined(guild, posts.Count);
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "Server {Guild} has invited the bot; messages planned in its system channel: {Count}"
    )]
    private partial void LogJoined(GuildId guild, int count);

    [LoggerMessage(
        LogLevel.Warning,
        "Welcoming server {Guild} failed; it is repeated when the bot next connects: {Reason}"
    )]
    private partial void LogNotWelcomed(GuildId guild, string reason);
}
