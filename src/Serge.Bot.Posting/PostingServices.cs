using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serge.Bot.Posting.Delivery;
using Serge.Bot.Posting.Scheduling;

namespace Serge.Bot.Posting;

/// <summary>Registers the engine.</summary>
public static class PostingServices
{
    /// <summary>Registers a background service under its own type, so that other services can depend on it.</summary>
    public static IServiceCollection AddHosted<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T
    >(this IServiceCollection services)
        where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());

    /// <summary>Registers the ledger. The container closes the database, so that one file is the whole ledger
    /// after a stop.</summary>
    public static IServiceCollection AddLedger(this IServiceCollection services, Database database) =>
        services
            .AddSingleton(_ => database)
            .AddSingleton<ILedger, Ledger>()
            .AddSingleton<IOperatorLedger, OperatorLedger>()
            .AddSingleton<IFollowUpLedger, FollowUpRows>()
            .AddSingleton<SenderRows>()
            .AddSingleton<StoredMoments>();

    /// <summary>Registers scheduling and delivery.</summary>
    /// <remarks>Needs a registration of each <see cref="IPublishTarget"/>, <see cref="IScheduleSource"/>,
    /// <see cref="ICatalogueSource"/>, <see cref="IRefusalListener"/>, <see cref="SenderAccounts"/>,
    /// <see cref="DeliverySettings"/>, <see cref="Clocks"/> and <see cref="Random"/>. Services stop in reverse order,
    /// so the lease is released after everything that sends has stopped.</remarks>
    public static IServiceCollection AddPosting(this IServiceCollection services, OperatorSchedules schedules) =>
        services
            .AddSingleton(schedules)
            .AddSingleton<PublishTargets>()
            .AddSingleton<PostPlanner>()
            .AddSingleton<PostFactory>()
            .AddSingleton<PlanningLog>()
            .AddSingleton<PostRecorder>()
            .AddSingleton<PostDelivery>()
            .AddSingleton<IScheduleSource, OperatorScheduleSource>()
            .AddSingleton<IMomentRules, PostingMomentRules>()
            .AddHosted<MomentCorrector>()
            .AddHosted<SenderLease>()
            .AddHosted<Scheduler>()
            .AddHosted<DeliveryWorker>()
            .AddHosted<FollowUpWorker>();
}
