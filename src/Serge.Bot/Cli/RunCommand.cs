using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary><c>serge run</c>, also without the verb: the worker, until it is told to stop.</summary>
internal static partial class RunCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "run",
            "Run the bot until it is told to stop. This is what happens without a verb, too."
        );
        command.SetAction(
            async (result, cancellationToken) =>
            {
                await using var host = await context.BuildWorkerAsync(result, cancellationToken);
                var settings = host.Services.GetRequiredService<BotSettings>();
                if (settings is { Discord: null, Mastodon: null })
                {
                    throw new CommandException(
                        "Both platforms are off. Set Discord:Token, or Mastodon:Address and Mastodon:AccessToken, in appsettings.json or as Discord__Token and so on "
                            + "in the environment. To see the bot at work without any account: dotnet run --project src/Serge.Bot.Playground"
                    );
                }

                var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Serge.Bot");
                if (settings.Discord is null)
                {
                    LogOff(logger, "Discord", "Discord:Token");
                }

                if (settings.Mastodon is null)
                {
                    LogOff(logger, "Mastodon", "Mastodon:Address and Mastodon:AccessToken");
                }

                var catalogue = host.Services.GetRequiredService<LiveCatalogue>();
                foreach (var problem in catalogue.Problems)
                {
                    LogProblem(logger, problem);
                }

                LogStart(
                    logger,
                    catalogue.Current.Quotes.Count,
                    catalogue.Current.Events.Count,
                    settings.Schedules.Count
                );
                var surrender = host.Services.GetRequiredService<FatalErrorHandler>();
                await host.RunAsync(cancellationToken);
                return surrender.ExitCode;
            }
        );
        return command;
    }

    [LoggerMessage(LogLevel.Information, "{Quotes} quotations, {Events} events, {Schedules} schedules")]
    private static partial void LogStart(ILogger logger, int quotes, int events, int schedules);

    [LoggerMessage(LogLevel.Information, "{Platform} is off: {Keys} not set")]
    private static partial void LogOff(ILogger logger, string platform, string keys);

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    private static partial void LogProblem(ILogger logger, Problem problem);
}
