using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Serge.Bot.Publishing;

/// <summary>Registers the platforms as targets of posts.</summary>
internal static class PublishingServices
{
    /// <summary>Registers what needs no credentials: rendering for both platforms.</summary>
    public static IServiceCollection AddRendering(this IServiceCollection services, MastodonPostSettings mastodon)
    {
        services.TryAddSingleton(FontFolders.System);
        return services
            .AddSingleton<InstanceLimits>()
            .AddSingleton<PictureDrawer>()
            .AddSingleton<PictureSender>()
            .AddSingleton<CommandMentions>()
            .AddSingleton<DiscordRenderer>()
            .AddSingleton(provider => CreateMastodonRenderer(provider, mastodon))
            .AddSingleton<PostRenderer>(provider => provider.GetRequiredService<DiscordRenderer>())
            .AddSingleton<PostRenderer>(provider => provider.GetRequiredService<MastodonRenderer>())
            .AddSingleton<PostRenderers>()
            .AddSingleton<PlatformConnections>();
    }

    private static MastodonRenderer CreateMastodonRenderer(IServiceProvider provider, MastodonPostSettings settings)
    {
        var limits = provider.GetRequiredService<InstanceLimits>();
        var catalogue = provider.GetRequiredService<LiveCatalogue>();
        return new MastodonRenderer(settings, limits, () => catalogue.Current.Author);
    }

    /// <summary>Registers the targets of the platforms that have credentials.</summary>
    public static IServiceCollection AddTargets(this IServiceCollection services, BotSettings settings)
    {
        if (settings.Discord is { } discord)
        {
            services.AddSingleton(discord).AddSingleton<IPublishTarget, DiscordTarget>();
        }

        if (settings.Mastodon is { } mastodon)
        {
            services
                .AddSingleton(mastodon)
                .AddSingleton<AccountCheck>()
                .AddSingleton<IPublishTarget, MastodonTarget>()
                .AddHosted<MastodonStartupCheck>();
        }

        if (settings.Alerts.Webhook is { } webhook)
        {
            services
                .AddSingleton(webhook)
                .AddSingleton<WebhookClient>()
                .AddSingleton<PostRenderer, WebhookRenderer>()
                .AddSingleton<IPublishTarget, WebhookTarget>();
        }

        return services;
    }
}
