using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary>Reads the limits of the Mastodon server, so that a command renders posts as the worker does.</summary>
internal sealed class ServerLimits(IEnumerable<IMastodon> mastodon, InstanceLimits limits, CommandContext context)
{
    /// <summary>Why a post cannot be rendered again.</summary>
    public const string Unknown =
        "The Mastodon server did not return its limits, so it is unknown which text fits there.";

    private const string DefaultServer = "a Mastodon server with the default limit of 500 characters";

    /// <summary>A command that needs no server does not wait longer.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Asks the server, and reports that the default is used if it does not answer.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (!await TryLoadAsync(cancellationToken))
        {
            await context.Error.WriteLineAsync(
                "The Mastodon server did not return its limits; the default of 500 characters is assumed."
            );
        }
    }

    /// <summary>Asks the server.</summary>
    /// <returns>Whether its limits are known; <see langword="true"/> without a server.</returns>
    public async Task<bool> TryLoadAsync(CancellationToken cancellationToken)
    {
        if (mastodon.SingleOrDefault() is not { } client)
        {
            return true;
        }

        return await RefreshAsync(client, cancellationToken) is Result<MastodonInstance>.Success;
    }

    private async Task<Result<MastodonInstance>> RefreshAsync(IMastodon client, CancellationToken cancellationToken)
    {
        using var progress = ProgressLine.Start(context, "Asking the Mastodon server for its limits");
        return await limits.RefreshAsync(client, cancellationToken);
    }

    /// <summary>Asks the server for a command that builds no worker.</summary>
    /// <returns>The name of the server.</returns>
    public static async Task<string> LoadAsync(
        BotSettings settings,
        InstanceLimits limits,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (settings.Mastodon is not { } mastodon)
        {
            return DefaultServer;
        }

        var services = new ServiceCollection()
            .AddSingleton(context)
            .AddSingleton(context.Clocks)
            .AddSingleton(context.Dependencies.Random)
            .AddSingleton(limits)
            .AddSingleton<ServerLimits>()
            .AddLogging();
        context.Dependencies.AddClients(services, settings with { Discord = null });
        await using var provider = services.BuildServiceProvider();
        using CancellationTokenSource timeout = new(Timeout, context.Clocks.System);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        await provider.GetRequiredService<ServerLimits>().LoadAsync(linked.Token);
        return limits.Current.Version == "unknown" ? DefaultServer : mastodon.Address.Host;
    }
}
