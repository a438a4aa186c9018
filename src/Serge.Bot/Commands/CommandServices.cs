using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Commands;

/// <summary>Registers the slash commands.</summary>
internal static class CommandServices
{
    /// <summary>Registers every command. The order is that of Discord's registration.</summary>
    public static IServiceCollection AddSlashCommands(this IServiceCollection services) =>
        services
            .AddSingleton<ISlashCommand, QuoteSlashCommand>()
            .AddSingleton<ISlashCommand, TodaySlashCommand>()
            .AddSingleton<ISlashCommand, OnThisDaySlashCommand>()
            .AddSingleton<ISlashCommand, TimelineSlashCommand>()
            .AddSingleton<ISlashCommand, TopicsSlashCommand>()
            .AddSingleton<ISlashCommand, SourceSlashCommand>()
            .AddSingleton<ISlashCommand, ScheduleSlashCommand>()
            .AddSingleton<ISlashCommand, AboutSlashCommand>()
            .AddSingleton<QuotePictures>()
            .AddSingleton<ScheduleSetup>()
            .AddSingleton<SchedulePreview>();

    /// <summary>Registers the service that receives and answers interactions.</summary>
    public static IServiceCollection AddInteractions(this IServiceCollection services) =>
        services.AddSlashCommands().AddSingleton<InteractionDispatcher>().AddHosted<InteractionWorker>();
}
