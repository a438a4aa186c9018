using Serge.Bot.Simulator;
using Serge.Bot.Simulator.Discord;
using Serge.Bot.Simulator.Mastodon;

namespace Serge.Bot.Playground.World;

/// <summary>The bot's two places: a Discord server with one channel and one member, and an account on a Mastodon server.</summary>
internal sealed class TwoPlaces
{
    private static readonly string[] Scopes = ["profile", "read:statuses", "write:statuses"];

    /// <summary>Furnishes them.</summary>
    /// <param name="clock">The world's; the wire's, as it is with real servers.</param>
    /// <param name="chance">Where tokens come from.</param>
    public TwoPlaces(TimeProvider clock, Random chance)
    {
        World = new SimulatorWorld(clock, chance);
        DiscordToken = $"playground.{Letters(chance)}";
        MastodonToken = $"playground.{Letters(chance)}";
        Bot = World.Discord.AddApplication(DiscordToken, "Serge");
        Member = World.Discord.AddUser("Ada");
        Guild = World.Discord.AddGuild("Reading circle", Member);
        Channel = World.Discord.AddChannel(Guild, "quotations");
        World.Discord.Install(Guild, Bot);
        Account = World.Mastodon.AddAccount("serge", "Victor Serge, quoted");
        Account.Note =
            "A bot. Quotations of Victor Serge, and what happened on this day. It is run by Ada, to whom you can write: ada@reading-circle.example";
        RestoreMastodonToken();
    }

    /// <summary>All of it.</summary>
    public SimulatorWorld World { get; }

    /// <summary>The bot's application.</summary>
    public Application Bot { get; }

    /// <summary>The server.</summary>
    public Guild Guild { get; }

    /// <summary>The one channel.</summary>
    public Channel Channel { get; }

    /// <summary>Who sits at the page.</summary>
    public User Member { get; }

    /// <summary>The bot's account.</summary>
    public Account Account { get; }

    /// <summary>The bot's secret on Discord.</summary>
    public string DiscordToken { get; }

    /// <summary>The bot's secret on Mastodon.</summary>
    public string MastodonToken { get; }

    /// <summary>Whether the Mastodon token is worthless at the moment.</summary>
    public bool MastodonTokenRevoked { get; private set; }

    /// <summary>Makes the Mastodon token worthless.</summary>
    public void RevokeMastodonToken()
    {
        World.Mastodon.RevokeToken(MastodonToken);
        MastodonTokenRevoked = true;
    }

    /// <summary>Makes it good again.</summary>
    public void RestoreMastodonToken()
    {
        World.Mastodon.AddToken(MastodonToken, Account, Scopes);
        MastodonTokenRevoked = false;
    }

    private static string Letters(Random chance) =>
        new(chance.GetItems<char>("abcdefghijklmnopqrstuvwxyz0123456789", 32));
}
