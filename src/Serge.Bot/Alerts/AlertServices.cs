using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Alerts;

/// <summary>Registers alerts to the operator, if they have a recipient.</summary>
internal static class AlertServices
{
    public static IServiceCollection AddAlerts(this IServiceCollection services, AlertSettings settings)
    {
        if (!settings.HasRecipient)
        {
            return services;
        }

        return services.AddSingleton(settings).AddSingleton<TokenCheck>().AddHosted<AlertWorker>();
    }
}
