using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Alerts;

/// <summary>Registers alerts to the operator, if they have a recipient.</summary>
internal static class AlertServices
{
    public static IServiceCollection AddAlerts(this IServiceCollection services, BotSettings settings)
    {
        if (!settings.Alerts.HasRecipient)
        {
            return services;
        }

        services.AddSingleton(settings.Alerts).AddSingleton<TokenCheck>().AddHosted<AlertWorker>();
        if (settings.Mastodon is { ForwardsMentions: true })
        {
            services.AddHosted<MentionForwarder>();
        }

        return services;
    }
}
