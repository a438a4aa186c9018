using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Hosting;

/// <summary>Ends the worker when there is nothing left that it could do, so that whoever watches processes notices.</summary>
internal sealed class FatalErrorHandler(BotSettings settings, IHostApplicationLifetime lifetime)
{
    /// <summary>What the process ends with: 0 for a wanted end, 2 where a person has to mend a setting.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Discord needs a person. Without Mastodon that is the end.</summary>
    public void HandleDiscordStopped()
    {
        if (settings.Mastodon is null)
        {
            ExitCode = 2;
            lifetime.StopApplication();
        }
    }
}
