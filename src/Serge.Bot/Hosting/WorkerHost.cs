using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Hosting;

/// <summary>The worker: the composition of all services.</summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _isRunning;

    private WorkerHost(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    /// <summary>Opens what can fail, then composes the services. Starts nothing.</summary>
    /// <exception cref="SettingsException">The settings are invalid.</exception>
    /// <exception cref="CatalogueException">The quote files are invalid.</exception>
    /// <exception cref="LedgerException">The ledger cannot be opened.</exception>
    public static async Task<WorkerHost> BuildAsync(WorkerOptions options, CancellationToken cancellationToken)
    {
        var clocks = options.Clocks;
        var (settings, configuration) = SettingsReader.Read(options.Home, options.Overrides);
        var catalogue = LiveCatalogue.Open(options.GetQuotesFolder(), clocks.Schedule);
        var opening = options.CreatesLedger
            ? LedgerDatabase.OpenAsync(settings, cancellationToken)
            : LedgerDatabase.OpenExistingAsync(settings, cancellationToken);
        var database = await opening;
        try
        {
            await database.CheckClockAsync(clocks.System, cancellationToken);
            await WithdrawalPoller.ApplyAsync(new OperatorLedger(database), catalogue, cancellationToken);

            // An empty builder: the default one reads settings from the current folder and watches every
            // folder below it.
            var builder = Host.CreateEmptyApplicationBuilder(
                new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory }
            );
            builder.Configuration.AddConfiguration(configuration);
            LogLines.Add(builder.Logging, configuration, settings.LogFormat, options.LogsToStandardError);
            options.ConfigureLogging?.Invoke(builder.Logging);
            TelemetryExport.Add(builder.Services, configuration);
            AddServices(builder.Services, settings, catalogue, database, options);
            var host = LogLines.BuildHost(builder);
            TelemetryExport.CheckOptions(host.Services);
            return new WorkerHost(host);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates an object whose constructor parameters are services of the worker.</summary>
    public T Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        params object[] more
    ) => ActivatorUtilities.CreateInstance<T>(_host.Services, more);

    /// <summary>Starts the services and returns.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _isRunning = true;
        return _host.StartAsync(cancellationToken);
    }

    /// <summary>Stops the services. Sends in progress finish and are recorded.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _host.StopAsync(cancellationToken);
        _isRunning = false;
    }

    /// <summary>Runs the services until the process is asked to stop.</summary>
    /// <remarks>Unlike the host's own method it does not dispose the services.</remarks>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
        try
        {
            await StartAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The process was asked to stop before all services had started. DisposeAsync stops those that have.
            return;
        }

        var watching = Services.GetRequiredService<ServiceSupervisor>().WatchAsync();
        await _host.WaitForShutdownAsync(cancellationToken);
        await watching;
        _isRunning = false;
    }

    public async ValueTask DisposeAsync()
    {
        // Opened before the container; it is closed with the container only if a service has requested it.
        _host.Services.GetRequiredService<Database>();
        if (_isRunning)
        {
            await _host.StopAsync();
        }

        // Some services can only be disposed asynchronously, which IHost does not declare.
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    /// <summary>Services start in this order and stop in the reverse order.</summary>
    private static void AddServices(
        IServiceCollection services,
        BotSettings settings,
        LiveCatalogue catalogue,
        Database database,
        WorkerOptions options
    )
    {
        services.AddSingleton(settings).AddSingleton(settings.Delivery).AddSingleton(settings.Cards);
        services.AddSingleton(options.Clocks).AddSingleton(options.Random);
        services.AddSingleton(SenderAccountNames.Create(settings));
        services.AddSingleton<FatalErrorHandler>();
        ServiceSupervisor.Add(services);
        options.AddClients(services, settings);
        services.AddWeb(settings);
        services.AddLedger(database).AddCatalogue(catalogue).AddRendering(settings.MastodonPosts).AddGuildStore();
        services.AddSystemd();
        services.AddPosting(new OperatorSchedules(settings.Schedules)).AddTargets(settings);
        if (settings.Discord is not null)
        {
            services.AddGuilds().AddInteractions();
        }
        else
        {
            services.AddCommands().AddSingleton<IRefusalListener, NoRefusalListener>();
        }

        services.AddAlerts(settings);
    }
}

/// <summary>What a worker is built from.</summary>
internal sealed record WorkerOptions
{
    /// <summary>The folder with <c>appsettings.json</c> and <c>quotes/</c>.</summary>
    public required string Home { get; init; }

    /// <summary>The folder with the quote files. Default <c>quotes</c> in <see cref="Home"/>.</summary>
    public string? QuotesFolder { get; init; }

    /// <summary>Settings with precedence over the file and the environment.</summary>
    public IReadOnlyDictionary<string, string?>? Overrides { get; init; }

    /// <summary>Whether a ledger is created where there is none; otherwise it is empty and in memory.</summary>
    public required bool CreatesLedger { get; init; }

    public Clocks Clocks { get; init; } = Clocks.Real;

    /// <summary>Source of keys, jitter and random quotations. Default the operating system's.</summary>
    public Random Random { get; init; } = new SystemRandom();

    /// <summary>Registers a client for each platform with credentials.</summary>
    public Action<IServiceCollection, BotSettings> AddClients { get; init; } = PlatformClients.Add;

    /// <summary>Whether the log goes to standard error. Otherwise it goes where the settings say, by default to
    /// standard output.</summary>
    public bool LogsToStandardError { get; init; }

    /// <summary>Adds log providers.</summary>
    public Action<ILoggingBuilder>? ConfigureLogging { get; init; }

    public string GetQuotesFolder() => QuotesFolder ?? HomeDirectory.GetQuotes(Home);
}
