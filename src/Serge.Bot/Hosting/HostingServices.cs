using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Hosting;

/// <summary>Registers what belongs to the process: endpoints and the service manager.</summary>
internal static class HostingServices
{
    /// <summary>Registers the endpoint of HTTP interactions, if Discord sends them that way.</summary>
    public static IServiceCollection AddHttpInteractions(this IServiceCollection services, BotSettings settings) =>
        settings.Discord is { InteractionsOverHttp: true } ? services.AddHosted<InteractionListener>() : services;

    public static IServiceCollection AddHealth(this IServiceCollection services) =>
        services.AddSingleton<HealthReader>().AddHosted<HealthEndpoints>();

    /// <summary>Registers notifications to systemd, if it started the process.</summary>
    public static IServiceCollection AddSystemd(this IServiceCollection services)
    {
        var notifier = SystemdNotifier.Find(Environment.GetEnvironmentVariable, Environment.ProcessId);
        return notifier is null ? services : services.AddSingleton(notifier).AddHosted<SystemdService>();
    }
}
