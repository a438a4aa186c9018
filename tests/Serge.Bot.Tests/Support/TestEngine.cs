using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Support;

/// <summary>Builds parts of the engine as the worker does, with the real targets over fake clients.</summary>
internal static class TestEngine
{
    public static BotSettings Settings(params Schedule[] schedules) =>
        new()
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Schedules = schedules,
        };

    public static PublishTargets Targets(
        IDiscord? discord,
        IMastodon? mastodon,
        AccountCheck? check = null,
        PlatformConnections? connections = null,
        MastodonSettings? account = null,
        DiscordSettings? discordSettings = null,
        InstanceLimits? limits = null,
        PictureSender? pictures = null
    )
    {
        pictures ??= new PictureSender(Drawer(new CardSettings { IsEnabled = false }));
        List<IPublishTarget> targets = [];
        if (discord is not null)
        {
            targets.Add(new DiscordTarget(discord, new DiscordRenderer(), discordSettings ?? Some.Discord(), pictures));
        }

        if (mastodon is not null)
        {
            account ??= Some.Mastodon();
            limits ??= new InstanceLimits();
            MastodonRenderer renderer = new(account, limits, () => Some.Author);
            Clocks clocks = new(TimeProvider.System, TimeProvider.System);
            check ??= new AccountCheck(
                mastodon,
                limits,
                renderer,
                null!, // only read by AccountCheck.RunAsync
                Settings() with
                {
                    Mastodon = account,
                },
                clocks
            );
            targets.Add(
                new MastodonTarget(
                    mastodon,
                    renderer,
                    account,
                    limits,
                    pictures,
                    check,
                    connections ?? new PlatformConnections(clocks)
                )
            );
        }

        return new PublishTargets(targets);
    }

    /// <summary>Draws with the fonts of this machine.</summary>
    public static PictureDrawer Drawer(CardSettings settings) =>
        new(settings, FontFolders.System, NullLogger<PictureDrawer>.Instance);

    /// <summary>Both platforms, with the accounts of the given settings.</summary>
    public static PublishTargets BothTargets(BotSettings? settings = null) =>
        Targets(new FakeServers(), new FakeMastodon(), account: settings?.Mastodon, discordSettings: settings?.Discord);

    public static PostPlanner Planner(BotSettings? settings = null) => new(BothTargets(settings));

    public static GuildForecast GuildForecast(
        ILedger ledger,
        LiveCatalogue catalogue,
        Clocks clocks,
        BotSettings? settings = null
    )
    {
        var targets = BothTargets(settings);
        return new GuildForecast(ledger, catalogue, targets, new PostPlanner(targets), settings ?? Settings(), clocks);
    }

    public static GuildScheduler GuildScheduler(
        IGuildStore guilds,
        ILedger ledger,
        ICatalogueSource catalogue,
        Clocks clocks,
        BotSettings? settings = null,
        ILogger<PlanningLog>? planned = null,
        ILogger<GuildScheduler>? log = null,
        PublishTargets? targets = null
    ) =>
        new(
            guilds,
            ledger,
            Factory(ledger, catalogue, targets ?? Targets(new FakeServers(), null)),
            settings ?? Settings(),
            clocks,
            new PlanningLog(planned ?? NullLogger<PlanningLog>.Instance),
            log ?? NullLogger<GuildScheduler>.Instance
        );

    public static PostFactory Factory(
        ILedger ledger,
        ICatalogueSource catalogue,
        PublishTargets targets,
        Random? random = null
    ) => new(ledger, catalogue, targets, new PostPlanner(targets), random ?? new SystemRandom());

    /// <summary>Schedules of the operator, planned by the worker's own loop.</summary>
    public static Scheduler Scheduler(
        ILedger ledger,
        ICatalogueSource catalogue,
        PublishTargets targets,
        Clocks clocks,
        IReadOnlyList<Schedule> schedules,
        ILogger<PlanningLog>? planned = null,
        ILogger<Scheduler>? log = null,
        IScheduleSource? others = null,
        ILogger<OperatorScheduleSource>? sourceLog = null,
        Random? random = null
    )
    {
        OperatorScheduleSource source = new(
            new OperatorSchedules(schedules),
            ledger,
            Factory(ledger, catalogue, targets, random),
            targets,
            clocks,
            new PlanningLog(planned ?? NullLogger<PlanningLog>.Instance),
            sourceLog ?? NullLogger<OperatorScheduleSource>.Instance
        );
        IScheduleSource[] sources = others is null ? [source] : [source, others];
        return new Scheduler(sources, targets, HeldLease(), clocks, log ?? NullLogger<Scheduler>.Instance);
    }

    /// <summary>The worker with its delivery; both log to <paramref name="log"/>.</summary>
    public static DeliveryWorker Worker(
        ILedger ledger,
        PublishTargets targets,
        DeliverySettings settings,
        Clocks clocks,
        Random random,
        ILogger<DeliveryWorker> log,
        IRefusalListener? refusals = null,
        SenderLease? lease = null
    )
    {
        PostRecorder recorder = new(ledger, clocks, new SharedLog<PostRecorder>(log));
        var delivery = Delivery(ledger, targets, settings, clocks, random, log, refusals);
        return new DeliveryWorker(ledger, targets, settings, lease ?? HeldLease(), delivery, recorder, clocks, log);
    }

    /// <summary>The component that sends and looks up one post.</summary>
    public static PostDelivery Delivery(
        ILedger ledger,
        PublishTargets targets,
        DeliverySettings settings,
        Clocks clocks,
        Random random,
        ILogger log,
        IRefusalListener? refusals = null
    ) =>
        new(
            ledger,
            targets,
            settings,
            new PostRecorder(ledger, clocks, new SharedLog<PostRecorder>(log)),
            refusals ?? new NoRefusalListener(),
            clocks,
            random,
            new SharedLog<PostDelivery>(log)
        );

    /// <summary>A lease that is held and does not end.</summary>
    public static SenderLease HeldLease()
    {
        FakeTimeProvider stopped = new(Some.Noon);
        var opening = Database.OpenAsync(new SqliteFile(":memory:"), LedgerDatabase.Steps, CancellationToken.None);
        SenderLease lease = new(
            new SenderRows(opening.GetAwaiter().GetResult()),
            new SenderAccounts(["test"]),
            new DeliverySettings(),
            new Clocks(stopped, stopped),
            new Random(1),
            NullLogger<SenderLease>.Instance
        );
        lease.RenewAsync(CancellationToken.None).GetAwaiter().GetResult();
        return lease;
    }

    /// <summary>A database in memory with the schema of the worker.</summary>
    public static Task<Database> OpenDatabaseAsync() => OpenDatabaseAsync(":memory:");

    /// <summary>An SQLite file with the schema of the worker.</summary>
    public static Task<Database> OpenDatabaseAsync(string path) => OpenDatabaseAsync(new SqliteFile(path));

    public static Task<Database> OpenDatabaseAsync(IDatabaseEngine engine) =>
        Database.OpenAsync(engine, LedgerDatabase.Steps, TestContext.Current.CancellationToken);

    /// <summary>Notices in system channels.</summary>
    public static SystemChannelNotices Notices(IDiscord discord, Clocks clocks) =>
        new(discord, new CommandMentions(), clocks, new Random(1));

    /// <summary>The first messages in servers.</summary>
    public static GuildWelcome Welcome(GuildDirectory directory, IDiscord discord, Clocks clocks) =>
        new(directory, discord, Notices(discord, clocks), () => Some.Author, clocks, NullLogger<GuildWelcome>.Instance);
}
