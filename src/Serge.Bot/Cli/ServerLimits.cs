using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary>Lets a verb go by the Mastodon server's own limits, as the worker does.</summary>
internal static class ServerLimits
{
    private const string Usual = "a Mastodon server with the usual limit of 500 characters";

    /// <summary>A verb that needs no server does not wait long for one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks the server; says so if it does not answer.</summary>
    public static async Task LearnAsync(
        IServiceProvider services,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        if (
            services.GetService<IMastodon>() is { } mastodon
            && await services.GetRequiredService<InstanceLimits>().AskAsync(mastodon, cancellationToken)
                is not Result<MastodonInstance>.Success
        )
        {
            await error.WriteLineAsync(
                "The Mastodon server did not tell its limits, so the usual 500 characters are assumed."
            );
        }
    }

    /// <summary>Asks the server for a verb that has no worker around it.</summary>
    /// <returns>What to call the server.</returns>
    public static async Task<string> NameAsync(
        BotSettings settings,
        InstanceLimits limits,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (settings.Mastodon is not { } mastodon)
        {
            return Usual;
        }

        var services = new ServiceCollection()
            .AddSingleton(context.Clocks)
            .AddSingleton(context.Dependencies.Chance)
            .AddLogging()
            .AddSingleton(limits);
        context.Dependencies.AddClients(services, settings with { Discord = null });
        await using var provider = services.BuildServiceProvider();
        using var patience = new CancellationTokenSource(Patience, context.Clocks.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        await LearnAsync(provider, context.Error, either.Token);
        return limits.Current.Version == "unknown" ? Usual : mastodon.Address.Host;
    }
}
