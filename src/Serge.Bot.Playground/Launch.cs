using System.Text;

namespace Serge.Bot.Playground;

/// <summary>The command line of the playground: starts it, prints its address and waits for Ctrl+C.</summary>
internal static class Launch
{
    /// <returns>0 after a normal stop, 1 for an invalid option, 2 if the start failed.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (!LaunchOptions.TryParse(args, out var options, out var message))
        {
            return await PrintAsync(message, output, error);
        }

        try
        {
            await RunAsync(options, output);
            return 0;
        }
        catch (SettingsException e)
        {
            await error.WriteLineAsync($"The bot's settings are invalid:{Environment.NewLine}{e.Message}");
        }
        catch (CatalogueException e)
        {
            await error.WriteLineAsync($"The quote files are invalid:{Environment.NewLine}{e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
        }

        return 2;
    }

    /// <summary>Returns the settings that connect another bot to the platforms, as shell commands.</summary>
    internal static string DescribeConnection(PlaygroundHost playground)
    {
        StringBuilder exports = new();
        foreach (var (key, value) in playground.Connection)
        {
            var variable = key.Replace(":", "__");
            exports.AppendLine(CultureInfo.InvariantCulture, $"export {variable}={value}");
        }

        return $"""

            A Discord and a Mastodon server for tests: {playground.Address}

            Run these four lines in the terminal in which you start your bot:

            {exports}
            Nothing is sent to other machines. Press Ctrl+C to stop.
            """;
    }

    private static async Task<int> PrintAsync(LaunchMessage message, TextWriter output, TextWriter error)
    {
        if (message.IsHelp)
        {
            await output.WriteLineAsync(message.Text);
            return 0;
        }

        await error.WriteLineAsync(message.Text);
        return 1;
    }

    private static async Task RunAsync(LaunchOptions options, TextWriter output)
    {
        void ReportBusy(int port) => output.WriteLine($"Port {port} is in use; trying the next one.");

        var home = PlaygroundHome.Find(options.Home);
        await using var playground = await PlaygroundHost.StartAsync(
            home,
            options.Address,
            ReportBusy,
            options.WithoutBot,
            withPosts: !options.IsEmpty
        );
        var text = options.WithoutBot ? DescribeConnection(playground) : Describe(playground);
        await output.WriteLineAsync(text);
        await playground.WaitForEndAsync();
        await output.WriteLineAsync("Playground stopped; its ledger and its copy of the quote files are deleted.");
    }

    private static string Describe(PlaygroundHost playground) =>
        $"""

            Serge.Bot playground: {playground.Address}

            The bot, Discord and a Mastodon server run in this program. Nothing is sent to other machines.
            Press Ctrl+C to stop.
            """;
}
