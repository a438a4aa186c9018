using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Hosting;

/// <summary>Registers the platform clients. No other code refers to their projects; the project file chooses which ones
/// are built in.</summary>
internal static class PlatformClients
{
    /// <summary>Registers a client for each platform that has credentials.</summary>
    public static void Add(IServiceCollection services, BotSettings settings)
    {
        if (settings.Discord is { } discord)
        {
            services.AddSingleton(provider => CreateDiscord(provider, discord));
            services.AddSingleton<IDiscord>(provider => provider.GetRequiredService<DiscordClient>());
            services.AddSingleton(provider => provider.GetRequiredService<DiscordClient>().Endpoint);
        }

        if (settings.Mastodon is { } mastodon)
        {
            services.AddSingleton<IMastodon>(provider => CreateMastodon(provider, mastodon));
        }
    }

    private static DiscordClient CreateDiscord(IServiceProvider provider, DiscordSettings settings)
    {
        DiscordClientOptions options = new()
        {
            Token = settings.Token.Reveal(),
            ApiAddress = settings.ApiAddress,
            InteractionsOverHttp = settings.InteractionsOverHttp,
        };
        var clocks = provider.GetRequiredService<Clocks>();
        var random = provider.GetRequiredService<Random>();
        var loggers = provider.GetRequiredService<ILoggerFactory>();
        return new DiscordClient(options, clocks.System, random, loggers);
    }

    private static MastodonClient CreateMastodon(IServiceProvider provider, MastodonSettings settings)
    {
        MastodonClientOptions options = new()
        {
            Address = settings.Address,
            AccessToken = settings.AccessToken.Reveal(),
        };
        var clocks = provider.GetRequiredService<Clocks>();
        var random = provider.GetRequiredService<Random>();
        var loggers = provider.GetRequiredService<ILoggerFactory>();
        return new MastodonClient(options, clocks.System, random, loggers);
    }
}
