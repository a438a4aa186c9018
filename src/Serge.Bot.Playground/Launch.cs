namespace Serge.Bot.Playground;

/// <summary>The command line of the playground: starts it, says where it is, and waits for Ctrl+C.</summary>
internal static class Launch
{
    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>0 after a wanted end, 1 for a wrong option, 2 when it could not start.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (!LaunchOptions.TryParse(args, out var options, out var answer))
        {
            var (writer, exitCode) = answer.IsHelp ? (output, 0) : (error, 1);
            await writer.WriteLineAsync(answer.Text);
            return exitCode;
        }

        try
        {
            var home = PlaygroundHome.Find(options.Home);
            await using var playground = await PlaygroundHost.StartAsync(
                home,
                options.Address,
                busy => output.WriteLine($"Port {busy} is in use, so the next one is taken."),
                options.WithoutBot
            );
            await output.WriteLineAsync(
                options.WithoutBot
                    ? Rehearsal(playground)
                    : $"""

                    Serge.Bot, at play: {playground.Address}

                    The bot, a Discord and a Mastodon live in this one program, and nothing leaves this machine.
                    Ctrl+C ends it.
                    """
            );
            await playground.WaitForEndAsync();
            await output.WriteLineAsync("The playground is closed; nothing of it stays behind.");
            return 0;
        }
        catch (SettingsException e)
        {
            await error.WriteLineAsync(
                $"The playground goes by the bot's own settings, and those are wrong:{Environment.NewLine}{e.Message}"
            );
        }
        catch (CatalogueException e)
        {
            await error.WriteLineAsync($"The quote files are wrong:{Environment.NewLine}{e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
        }

        return 2;
    }

    /// <summary>What connects a bot of one's own to the two places, to be copied into a shell.</summary>
    internal static string Rehearsal(PlaygroundHost playground) =>
        $"""

            A Discord and a Mastodon to rehearse on: {playground.Address}

            Copy these four lines into the terminal in which you start your bot:

            {string.Join(
                Environment.NewLine,
                playground.Connection.Select(setting =>
                    $"export {setting.Key.Replace(":", "__", StringComparison.Ordinal)}={setting.Value}"
                )
            )}

            Nothing leaves this machine. Ctrl+C ends it.
            """;
}
