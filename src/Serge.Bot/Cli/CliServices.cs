using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary>Registers what several commands share.</summary>
internal static class CliServices
{
    public static IServiceCollection AddCli(this IServiceCollection services, CommandContext context) =>
        services
            .AddSingleton(context)
            .AddSingleton<ServerLimits>()
            .AddSingleton<PublishedItem>()
            .AddSingleton<PostChanges>()
            .AddSingleton<PublishedPostEditor>()
            .AddSingleton<ChangeConfirmation>()
            .AddSingleton<PlanBuilder>();
}
