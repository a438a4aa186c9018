using System.Runtime;

namespace Serge.Bot.Tests.Hosting;

/// <summary>Garbage collections are deferred during the start, and not longer.</summary>
public sealed class StartupMemoryTests
{
    [Fact]
    public void Release_AfterADeferral_CollectsAndEndsIt()
    {
        var before = GC.CollectionCount(GC.MaxGeneration);
        StartupMemory.DeferCollections();

        StartupMemory.Release();

        Assert.NotEqual(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
        Assert.True(GC.CollectionCount(GC.MaxGeneration) > before);
    }

    // The start has allocated more than expected.
    [Fact]
    public void Release_WithoutADeferral_Collects()
    {
        var before = GC.CollectionCount(GC.MaxGeneration);

        StartupMemory.Release();

        Assert.True(GC.CollectionCount(GC.MaxGeneration) > before);
    }
}
