using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Hosting;

/// <summary>The worker, put together.</summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _started;

    private WorkerHost(IHost host) => _host = host;

    /// <summary>Its parts.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Reads settings and catalogue, opens the ledger, and builds the host; nothing runs yet.</summary>
    /// <param name="home">The bot's folder.</param>
    /// <param name="overrides">Settings over the file and the environment; for tests and the playground.</param>
    /// <param name="clocks">Calendar and wire.</param>
    /// <param name="chance">Keys, jitter and random quotations.</param>
    /// <param name="logging">More logging, for the playground's page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SettingsException">The settings are wrong.</exception>
    /// <exception cref="CatalogueException">The quote files are wrong.</exception>
    /// <exception cref="LedgerException">The ledger cannot be opened.</exception>
    public static Task<WorkerHost> BuildAsync(
        string home,
        IReadOnlyDictionary<string, string?>? overrides,
        Clocks clocks,
        Random chance,
        Action<ILoggingBuilder>? logging,
        CancellationToken cancellationToken
    ) => BuildAsync(home, overrides, clocks, chance, logging, PlatformClients.Add, cancellationToken);

    /// <param name="home">The bot's folder.</param>
    /// <param name="overrides">Settings over the file and the environment; for tests and the playground.</param>
    /// <param name="clocks">Calendar and wire.</param>
    /// <param name="chance">Keys, jitter and random quotations.</param>
    /// <param name="logging">More logging, for the playground's page.</param>
    /// <param name="addClients">Registers a client for each platform that has credentials.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <inheritdoc cref="BuildAsync(string, IReadOnlyDictionary{string, string}, Clocks, Random, Action{ILoggingBuilder}, CancellationToken)"/>
    public static async Task<WorkerHost> BuildAsync(
        string home,
        IReadOnlyDictionary<string, string?>? overrides,
        Clocks clocks,
        Random chance,
        Action<ILoggingBuilder>? logging,
        Action<IServiceCollection, BotSettings> addClients,
        CancellationToken cancellationToken
    )
    {
        var (settings, configuration) = SettingsReader.Read(home, overrides);
        var catalogue = LiveCatalogue.Open(Path.Combine(home, "quotes"), clocks.Schedule);

        // An empty builder: the usual one would read settings from the current folder and watch every folder below it.
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Configuration.AddConfiguration(configuration);
        LogLines.Add(builder.Logging, configuration, settings.LogFormat);
        logging?.Invoke(builder.Logging);
        TelemetryExport.Add(builder.Services, configuration);

        var services = builder.Services;
        services.AddSingleton(settings).AddSingleton(settings.Delivery).AddSingleton(clocks).AddSingleton(chance);
        if (settings.Discord is { InteractionsOverHttp: true })
        {
            // First of all: if the port is taken, nothing else has begun.
            services
                .AddSingleton(settings.Discord)
                .AddSingleton<InteractionListener>()
                .AddHostedService(provider => provider.GetRequiredService<InteractionListener>());
        }

        services.AddSingleton(catalogue).AddHostedService<CatalogueWatcher>();
        var database = await Database.OpenAsync(settings, cancellationToken);
        await database.CheckClockAsync(clocks.System, cancellationToken);
        var operators = new OperatorLedger(database);
        catalogue.Withdraw(await operators.GetWithdrawnAsync(cancellationToken));
        services
            .AddSingleton<PlatformConnections>()
            .AddSingleton<HealthRows>()
            .AddSingleton<HealthReader>()
            .AddSingleton<HealthEndpoints>()
            .AddHostedService(provider => provider.GetRequiredService<HealthEndpoints>());
        services
            .AddSingleton(database)
            .AddSingleton<ILedger>(new Ledger(database))
            .AddSingleton<IGuildStore>(new GuildStore(database))
            .AddSingleton<IOperatorLedger>(operators);
        services
            .AddSingleton<WithdrawalPoller>()
            .AddHostedService(provider => provider.GetRequiredService<WithdrawalPoller>());

        if (SystemdNotifier.Find(Environment.GetEnvironmentVariable, Environment.ProcessId) is { } manager)
        {
            services.AddSingleton(manager).AddHostedService<SystemdService>();
        }

        // Before all that sends, and so stopped after it.
        services
            .AddSingleton<SenderRows>()
            .AddSingleton<SenderLease>()
            .AddHostedService(provider => provider.GetRequiredService<SenderLease>());
        services
            .AddSingleton<FatalErrorHandler>()
            .AddSingleton<InstanceLimits>()
            .AddSingleton<PostRenderer>()
            .AddSingleton<PostPlanner>()
            .AddSingleton<PostFactory>()
            .AddSingleton<PlanningLog>();
        services.AddSingleton(provider => new Publisher(
            provider.GetService<IDiscord>(),
            provider.GetService<IMastodon>(),
            provider.GetService<AccountCheck>(),
            provider.GetService<PlatformConnections>()
        ));
        services
            .AddSingleton<GuildDirectory>()
            .AddSingleton<ITimeZoneProvider>(provider => provider.GetRequiredService<GuildDirectory>());
        services.AddSingleton<GuildScheduler>().AddSingleton<GuildForecast>();
        services.AddSingleton<Scheduler>().AddHostedService(provider => provider.GetRequiredService<Scheduler>());
        services
            .AddSingleton<DeliveryWorker>()
            .AddHostedService(provider => provider.GetRequiredService<DeliveryWorker>());
        services
            .AddSingleton<ISlashCommand, QuoteSlashCommand>()
            .AddSingleton<ISlashCommand, TodaySlashCommand>()
            .AddSingleton<ISlashCommand, OnThisDaySlashCommand>()
            .AddSingleton<ISlashCommand, TimelineSlashCommand>()
            .AddSingleton<ISlashCommand, TopicsSlashCommand>()
            .AddSingleton<ISlashCommand, SourceSlashCommand>()
            .AddSingleton<ISlashCommand, ScheduleSlashCommand>()
            .AddSingleton<ScheduleSetup>()
            .AddSingleton<SchedulePreview>()
            .AddSingleton<ISlashCommand, AboutSlashCommand>();
        addClients(services, settings);
        if (settings.Discord is not null)
        {
            services.AddSingleton<GuildPauses>().AddSingleton<GuildLifecycleService>();
            services
                .AddSingleton<IRefusalListener>(provider => provider.GetRequiredService<GuildLifecycleService>())
                .AddSingleton<IGuildEventHandler>(provider => provider.GetRequiredService<GuildLifecycleService>());
            services.AddHostedService(provider => provider.GetRequiredService<GuildLifecycleService>());
            services.AddSingleton<InteractionDispatcher>().AddHostedService<InteractionWorker>();
        }

        if (settings.Mastodon is not null)
        {
            services.AddSingleton<AccountCheck>().AddHostedService<MastodonStartupCheck>();
        }

        if (settings.Alerts is { Discord: not null } or { Mastodon: not null })
        {
            services
                .AddSingleton(settings.Alerts)
                .AddSingleton(provider => new TokenCheck(
                    provider.GetService<IDiscord>(),
                    provider.GetService<IMastodon>()
                ));
            services
                .AddSingleton<AlertWorker>()
                .AddHostedService(provider => provider.GetRequiredService<AlertWorker>());
        }

        return new WorkerHost(builder.Build());
    }

    /// <summary>Starts it and comes back.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _started = true;
        return _host.StartAsync(cancellationToken);
    }

    /// <summary>Stops it: what is being sent is finished and written down.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _host.StopAsync(cancellationToken);

    /// <summary>Runs it until it is told to stop.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _host.RunAsync(cancellationToken);

    /// <summary>Stops it if it was started, and closes its connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            await _host.StopAsync();
        }

        // Some parts can only be disposed of asynchronously, which the host's interface does not show.
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
