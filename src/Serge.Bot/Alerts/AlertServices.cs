using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Alerts;

/// <summary>Registers alerts to the operator, if they have a recipient, and the forwarding of mentions.</summary>
internal static class AlertServices
{
    public static IServiceCollection AddAlerts(this IServiceCollection services, BotSettings settings)
    {
        var forwardsMentions = settings.Mastodon is { ForwardsMentions: true };
        if (!forwardsMentions)
        {
            services.AddSingleton<IScheduleSource, MentionReset>();
        }

        if (!settings.Alerts.HasRecipient)
        {
            return services;
        }

        services.AddSingleton(settings.Alerts).AddSingleton<TokenCheck>().AddHosted<AlertWorker>();
        if (forwardsMentions)
        {
            services.AddHosted<MentionForwarder>();
        }

        return services;
    }
}
