using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Serge.Bot.Playground;

/// <summary>How the playground is started.</summary>
/// <param name="Address">Where the page is; port 0 for any free one.</param>
/// <param name="Home">The folder with <c>quotes/</c>; <see langword="null"/> to look for it.</param>
/// <param name="WithoutBot">Whether the two places are left to a bot that is started elsewhere.</param>
internal sealed record LaunchOptions(IPEndPoint Address, string? Home, bool WithoutBot)
{
    private const string Usage = """
        Serge.Bot.Playground: the bot at work on a Discord and a Mastodon of its own, with a page to watch it.

          --urls ADDRESS   Where the page is. Default http://127.0.0.1:5080; if that port is in use, the next free one.
          --home FOLDER    The bot's folder; else SERGE_HOME, else the nearest folder upward with appsettings.json and quotes/.
          --without-bot    Only the Discord and the Mastodon: to rehearse on with a bot of your own. Says with which settings it connects.
          --help           This text.
        """;

    /// <summary>The page's usual place.</summary>
    public static IPEndPoint StandardAddress => new(IPAddress.Loopback, 5080);

    /// <summary>Reads the command line.</summary>
    /// <param name="args">As they were typed.</param>
    /// <param name="options">What they ask for.</param>
    /// <param name="answer">Where they ask for help or make no sense: what to say.</param>
    public static bool TryParse(
        IReadOnlyList<string> args,
        [NotNullWhen(true)] out LaunchOptions? options,
        [NotNullWhen(false)] out LaunchAnswer? answer
    )
    {
        options = null;
        answer = null;
        var (address, home, withoutBot) = (StandardAddress, default(string), false);
        for (var i = 0; i < args.Count; i++)
        {
            var (name, joined) = Split(args[i]);
            if (name is "--help" or "-h" or "-?")
            {
                answer = new LaunchAnswer(Usage, IsHelp: true);
                return false;
            }

            if (name == "--without-bot" && joined is null)
            {
                withoutBot = true;
                continue;
            }

            if (name is not ("--urls" or "--home"))
            {
                answer = new LaunchAnswer(
                    $"\"{args[i]}\" is no option of the playground. It takes --urls, --home, --without-bot and --help."
                );
                return false;
            }

            var value = joined ?? (i + 1 < args.Count ? args[++i] : "");
            if (name == "--home")
            {
                home = value;
            }
            else if (!TryParseAddress(value, out address))
            {
                answer = new LaunchAnswer(
                    $"--urls \"{value}\" will not do. The playground answers this machine only and without TLS: give an address such as http://127.0.0.1:5081."
                );
                return false;
            }
        }

        options = new LaunchOptions(address, home, withoutBot);
        return true;
    }

    private static (string Name, string? Value) Split(string arg)
    {
        var sign = arg.IndexOf('=', StringComparison.Ordinal);
        return sign < 0 ? (arg, null) : (arg[..sign], arg[(sign + 1)..]);
    }

    private static bool TryParseAddress(string text, out IPEndPoint address)
    {
        address = StandardAddress;
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme != Uri.UriSchemeHttp
            || uri.PathAndQuery != "/"
            || !uri.IsLoopback
        )
        {
            return false;
        }

        address = new IPEndPoint(IPAddress.TryParse(uri.DnsSafeHost, out var ip) ? ip : IPAddress.Loopback, uri.Port);
        return true;
    }
}

/// <summary>What is said instead of starting.</summary>
/// <param name="Text">The words.</param>
/// <param name="IsHelp">Whether they were asked for.</param>
internal sealed record LaunchAnswer(string Text, bool IsHelp = false);
