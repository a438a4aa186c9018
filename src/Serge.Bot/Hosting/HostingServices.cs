using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Hosting;

/// <summary>Registers what belongs to the process: the web server and the service manager.</summary>
internal static class HostingServices
{
    /// <summary>Registers the web server, if HTTP interactions or health pages are enabled.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services, BotSettings settings)
    {
        services.AddSingleton<HealthReader>();
        var isInteractive = settings.Discord is { InteractionsOverHttp: true };
        if (isInteractive)
        {
            services.AddSingleton<IWebEndpoint, HttpInteractionEndpoint>();
        }

        if (settings.Health.Listen is { } address)
        {
            services.AddSingleton<IWebEndpoint>(provider => new HealthEndpoint(
                provider.GetRequiredService<HealthReader>(),
                address
            ));
        }

        if (isInteractive || settings.Health.Listen is not null)
        {
            services.AddHosted<WebServer>();
        }

        return services;
    }

    /// <summary>Registers notifications to systemd, if it started the process.</summary>
    public static IServiceCollection AddSystemd(this IServiceCollection services)
    {
        var notifier = SystemdNotifier.Find(Environment.GetEnvironmentVariable, Environment.ProcessId);
        if (notifier is not null)
        {
            services.AddSingleton(notifier).AddHosted<SystemdService>();
        }

        return services;
    }
}
