using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Hosting;

/// <summary>The one place that knows the clients behind the seams. Which ones they are is said in the project file.</summary>
internal static class PlatformClients
{
    /// <summary>Registers a client for each platform that has credentials.</summary>
    public static void Add(IServiceCollection services, BotSettings settings)
    {
        if (settings.Discord is { } discord)
        {
            services.AddSingleton(provider => new DiscordClient(
                new DiscordClientOptions
                {
                    Token = discord.Token.Reveal(),
                    ApiAddress = discord.ApiAddress,
                    InteractionsOverHttp = discord.InteractionsOverHttp,
                },
                provider.GetRequiredService<Clocks>().System,
                provider.GetRequiredService<Random>(),
                provider.GetRequiredService<ILoggerFactory>()
            ));
            services.AddSingleton<IDiscord>(provider => provider.GetRequiredService<DiscordClient>());
            services.AddSingleton(provider => provider.GetRequiredService<DiscordClient>().Endpoint);
        }

        if (settings.Mastodon is { } mastodon)
        {
            services.AddSingleton<IMastodon>(provider => new MastodonClient(
                new MastodonClientOptions { Address = mastodon.Address, AccessToken = mastodon.AccessToken.Reveal() },
                provider.GetRequiredService<Clocks>().System,
                provider.GetRequiredService<Random>(),
                provider.GetRequiredService<ILoggerFactory>()
            ));
        }
    }
}
