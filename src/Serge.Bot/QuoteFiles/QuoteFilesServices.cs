using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.QuoteFiles;

/// <summary>Registers the catalogue and the services that keep it up to date.</summary>
internal static class QuoteFilesServices
{
    public static IServiceCollection AddCatalogue(this IServiceCollection services, LiveCatalogue catalogue) =>
        services
            .AddSingleton(catalogue)
            .AddSingleton<ICatalogueSource>(catalogue)
            .AddHosted<CatalogueWatcher>()
            .AddHosted<WithdrawalPoller>();
}
