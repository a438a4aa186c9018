using System.Runtime.CompilerServices;

namespace Serge.Bot.Tests.Support;

/// <summary>Where the tests create their temporary folders.</summary>
internal static class TemporaryFolders
{
    private const string Memory = "/dev/shm";

    /// <summary>Far more than the tests use at the same time. A container often has only 64 MiB.</summary>
    private const long RequiredBytes = 2L << 30;

    /// <summary>On Linux the folders are in memory if there is room. Otherwise each write to a ledger waits for the disk,
    /// and the tests take a third longer. The variable <c>TMPDIR</c> has precedence.</summary>
    [ModuleInitializer]
    internal static void UseMemory()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("TMPDIR") is null && HasRoom())
        {
            Environment.SetEnvironmentVariable("TMPDIR", Memory);
        }
    }

    private static bool HasRoom() =>
        Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= RequiredBytes;
}
