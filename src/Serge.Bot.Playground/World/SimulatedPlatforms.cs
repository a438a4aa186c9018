using Serge.Bot.Simulator.Discord.Model;
using Serge.Bot.Simulator.Mastodon;

namespace Serge.Bot.Playground.World;

/// <summary>The simulated platforms of the bot: a Discord server with one channel and one member, and an account on a
/// Mastodon server.</summary>
internal sealed class SimulatedPlatforms
{
    /// <summary>Days pass in seconds on the schedule clock, but Mastodon's limits count on the system clock: after some
    /// weeks of posts the real limits would stop the bot for up to three hours.</summary>
    private const int NoLimit = 1_000_000;

    private const string TokenCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly string[] Scopes = ["profile", "read:statuses", "write:statuses", "write:media"];

    /// <param name="author">The author, whom the account is named after.</param>
    /// <param name="systemClock">The clock of the platforms.</param>
    /// <param name="random">The source of tokens.</param>
    public SimulatedPlatforms(Author author, TimeProvider systemClock, Random random)
    {
        Author = author;
        World = new SimulatorWorld(systemClock, random);
        DiscordToken = CreateToken(random);
        MastodonToken = CreateToken(random);
        Bot = World.Discord.AddApplication(DiscordToken, "Serge.Bot");
        Member = World.Discord.AddUser("Ada");
        Guild = World.Discord.AddGuild("Reading circle", Member);
        Channel = World.Discord.AddChannel(Guild, "quotations");
        World.Discord.Install(Guild, Bot);
        Account = World.Mastodon.AddAccount(author.Tag.ToLowerInvariant(), $"{author.Name}, quoted");
        Account.Note =
            $"A bot. Quotations of {author.Name}, and what happened on this day. "
            + "It is run by Ada, to whom you can write: ada@reading-circle.example";
        var options = World.Mastodon.Options;
        options.RequestsPerFiveMinutes = NoLimit;
        options.StatusesPerThreeHours = NoLimit;
        options.MediaPerHalfHour = NoLimit;
        RestoreMastodonToken();
    }

    public Author Author { get; }

    public SimulatorWorld World { get; }

    /// <summary>The bot's application on Discord.</summary>
    public Application Bot { get; }

    public Guild Guild { get; }

    public Channel Channel { get; }

    /// <summary>The person at the page.</summary>
    public User Member { get; }

    /// <summary>The bot's account on Mastodon.</summary>
    public Account Account { get; }

    public string DiscordToken { get; }

    public string MastodonToken { get; }

    public bool IsMastodonTokenRevoked { get; private set; }

    public void RevokeMastodonToken()
    {
        World.Mastodon.RevokeToken(MastodonToken);
        IsMastodonTokenRevoked = true;
    }

    public void RestoreMastodonToken()
    {
        World.Mastodon.AddToken(MastodonToken, Account, Scopes);
        IsMastodonTokenRevoked = false;
    }

    private static string CreateToken(Random random)
    {
        var characters = random.GetItems<char>(TokenCharacters, 32);
        return $"playground.{new string(characters)}";
    }
}
