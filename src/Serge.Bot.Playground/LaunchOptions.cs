using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Serge.Bot.Playground;

/// <summary>The options of the command line.</summary>
/// <param name="Address">The address of the page; port 0 for any free one.</param>
/// <param name="Home">The folder with <c>quotes/</c>; <see langword="null"/> to search for it.</param>
/// <param name="IsEmpty">Whether to start with the current date and without posts.</param>
/// <param name="WithoutBot">Whether to start the platforms only, for a bot that is started elsewhere.</param>
internal sealed record LaunchOptions(IPEndPoint Address, string? Home, bool WithoutBot, bool IsEmpty = false)
{
    private const string Usage = """
        Serge.Bot.Playground: runs the bot with a simulated Discord and Mastodon server and shows them on a web page.

          --urls ADDRESS   Address of the page. Default http://127.0.0.1:5080; if the port is in use, the next free one.
          --home FOLDER    The bot's folder. Default SERGE_HOME, else the nearest parent folder with
                           appsettings.json and quotes/.
          --without-bot    Starts the simulated platforms only, to test your own bot, and prints the settings to connect
                           it.
          --empty          Starts at the current date, without posts.
          --help           Shows this text.
        """;

    public static IPEndPoint DefaultAddress => new(IPAddress.Loopback, 5080);

    /// <summary>Parses the command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="options">The options.</param>
    /// <param name="message">The help, or the error for invalid arguments.</param>
    public static bool TryParse(
        IReadOnlyList<string> args,
        [NotNullWhen(true)] out LaunchOptions? options,
        [NotNullWhen(false)] out LaunchMessage? message
    )
    {
        options = null;
        message = null;
        LaunchOptions parsed = new(DefaultAddress, Home: null, WithoutBot: false);
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            if (name is "--urls" or "--home" && value is null && i + 1 < args.Count)
            {
                i++;
                value = args[i];
            }

            switch (name)
            {
                case "--help" or "-h" or "-?":
                    message = new LaunchMessage(Usage, IsHelp: true);
                    return false;
                case "--without-bot" when value is null:
                    parsed = parsed with { WithoutBot = true };
                    break;
                case "--empty" when value is null:
                    parsed = parsed with { IsEmpty = true };
                    break;
                case "--home":
                    parsed = parsed with { Home = value ?? "" };
                    break;
                case "--urls" when ParseAddress(value ?? "") is { } address:
                    parsed = parsed with { Address = address };
                    break;
                case "--urls":
                    message = new LaunchMessage(
                        $"Invalid address \"{value}\" for --urls. Use a loopback address without TLS, such as "
                            + "http://127.0.0.1:5081."
                    );
                    return false;
                default:
                    message = new LaunchMessage(
                        $"Unknown option \"{args[i]}\". Options are --urls, --home, --without-bot, --empty and --help."
                    );
                    return false;
            }
        }

        options = parsed;
        return true;
    }

    private static (string Name, string? Value) Split(string arg)
    {
        var sign = arg.IndexOf('=');
        return sign < 0 ? (arg, null) : (arg[..sign], arg[(sign + 1)..]);
    }

    private static IPEndPoint? ParseAddress(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp)
        {
            return null;
        }

        if (uri.PathAndQuery != "/" || !uri.IsLoopback)
        {
            return null;
        }

        var isAddress = IPAddress.TryParse(uri.DnsSafeHost, out var address);
        return new IPEndPoint(isAddress ? address! : IPAddress.Loopback, uri.Port);
    }
}

/// <summary>The text to print instead of starting.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsHelp">Whether it is the requested help; otherwise an error.</param>
internal sealed record LaunchMessage(string Text, bool IsHelp = false);
