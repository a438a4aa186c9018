using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Commands;

/// <summary>Registers the commands.</summary>
internal static class CommandServices
{
    /// <summary>Registers every command. The order is that of Discord's registration.</summary>
    public static IServiceCollection AddCommands(this IServiceCollection services) =>
        services
            .AddSingleton<IApplicationCommand, QuoteSlashCommand>()
            .AddSingleton<IApplicationCommand, TodaySlashCommand>()
            .AddSingleton<IApplicationCommand, OnThisDaySlashCommand>()
            .AddSingleton<IApplicationCommand, TimelineSlashCommand>()
            .AddSingleton<IApplicationCommand, TopicsSlashCommand>()
            .AddSingleton<IApplicationCommand, SourceSlashCommand>()
            .AddSingleton<IApplicationCommand, ScheduleSlashCommand>()
            .AddSingleton<IApplicationCommand, AboutSlashCommand>()
            .AddSingleton<IApplicationCommand, QuotationCheckCommand>()
            .AddSingleton<QuotePictures>()
            .AddSingleton<ScheduleSetup>()
            .AddSingleton<SchedulePreview>();

    /// <summary>Registers the service that receives and answers interactions.</summary>
    public static IServiceCollection AddInteractions(this IServiceCollection services) =>
        services
            .AddCommands()
            .AddSingleton<InteractionDispatcher>()
            .AddSingleton<CommandRegistrar>()
            .AddHosted<InteractionWorker>();
}
