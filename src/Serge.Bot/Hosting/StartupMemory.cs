using System.Runtime;

namespace Serge.Bot.Hosting;

/// <summary>Controls the garbage collector during the start, which allocates more than the bot does afterwards in
/// hours.</summary>
internal static class StartupMemory
{
    /// <summary>The start allocates 17 MiB with the quote files of the repository.</summary>
    private const long ExpectedBytes = 24 << 20;

    /// <summary>A machine or container with less memory starts without a deferral.</summary>
    private const long MinAvailableBytes = 8 * ExpectedBytes;

    /// <summary>Defers collections until <see cref="Release"/>, or until the start has allocated more than expected.
    /// They would take a fifth of the time of the start, and would find little to release.</summary>
    public static void DeferCollections()
    {
        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >= MinAvailableBytes)
        {
            GC.TryStartNoGCRegion(ExpectedBytes);
        }
    }

    /// <summary>Collects what only the start needed, and returns the memory to the operating system. An idle bot
    /// allocates too little to start a collection.</summary>
    public static void Release()
    {
        EndDeferral();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
    }

    private static void EndDeferral()
    {
        if (GCSettings.LatencyMode != GCLatencyMode.NoGCRegion)
        {
            return;
        }

        try
        {
            GC.EndNoGCRegion();
        }
        catch (InvalidOperationException)
        {
            // Another thread has just allocated more than expected, which ended the deferral.
        }
    }
}
