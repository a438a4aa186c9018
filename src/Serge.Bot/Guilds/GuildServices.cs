using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Guilds;

/// <summary>Registers settings, schedules and lifecycle of Discord servers.</summary>
internal static class GuildServices
{
    /// <summary>Registers what is needed without Discord too: the commands of the operator read it.</summary>
    public static IServiceCollection AddGuildStore(this IServiceCollection services) =>
        services
            .AddSingleton<IGuildStore, GuildStore>()
            .AddSingleton<IMomentRules, GuildMomentRules>()
            .AddSingleton<GuildDirectory>()
            .AddSingleton<ITimeZoneProvider>(provider => provider.GetRequiredService<GuildDirectory>())
            .AddSingleton<GuildForecast>();

    /// <summary>Registers what needs Discord.</summary>
    public static IServiceCollection AddGuilds(this IServiceCollection services) =>
        services
            .AddSingleton<IScheduleSource, GuildScheduler>()
            .AddSingleton<SystemChannelNotices>()
            .AddSingleton<GuildPauses>()
            .AddSingleton<GuildRetention>()
            .AddSingleton<GuildReturnCheck>()
            .AddSingleton(CreateWelcome)
            .AddHosted<GuildLifecycleService>()
            .AddSingleton<IRefusalListener>(provider => provider.GetRequiredService<GuildLifecycleService>())
            .AddSingleton<IGuildEventHandler>(provider => provider.GetRequiredService<GuildLifecycleService>());

    private static GuildWelcome CreateWelcome(IServiceProvider provider)
    {
        var catalogue = provider.GetRequiredService<LiveCatalogue>();
        return ActivatorUtilities.CreateInstance<GuildWelcome>(provider, () => catalogue.Current.Author);
    }
}
