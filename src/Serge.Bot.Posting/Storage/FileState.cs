using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Serge.Bot.Posting.Storage;

/// <summary>A file as its path names it now. Does not open the file: closing it would release SQLite's locks.</summary>
/// <param name="Identity">Device and inode; <see langword="null"/> where the operating system is not Linux.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ModifiedAt">When the content was changed, as the file system counts it.</param>
internal sealed record FileState(FileIdentity? Identity, long Length, long ModifiedAt)
{
    /// <returns><see langword="null"/> when there is no such file.</returns>
    public static FileState? Read(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            FileInfo file = new(path);
            if (file.Exists)
            {
                return new FileState(Identity: null, file.Length, file.LastWriteTimeUtc.Ticks);
            }

            return null;
        }

        return ReadOnLinux(path);
    }

    [SupportedOSPlatform("linux")]
    private static FileState? ReadOnLinux(string path)
    {
        if (LinuxStat.Read(LinuxStat.CurrentDirectory, path, 0, LinuxStat.Mask, out var stat) != 0)
        {
            return null;
        }

        FileIdentity identity = new(stat.DeviceMajor, stat.DeviceMinor, stat.Inode);
        var modifiedAt = unchecked((stat.ModifiedSeconds * 1_000_000_000) + stat.ModifiedNanoseconds);
        return new FileState(identity, (long)stat.Size, modifiedAt);
    }
}

/// <summary>Distinguishes a file from all others that exist at the same time.</summary>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode);

/// <summary>The result of <c>statx</c>, whose layout is the same on all processors.</summary>
/// <remarks>Source: Linux manual pages, statx(2), and linux/stat.h.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal partial struct LinuxStat
{
    /// <summary><c>AT_FDCWD</c>: a relative path starts at the current directory.</summary>
    public const int CurrentDirectory = -100;

    /// <summary><c>STATX_MTIME | STATX_INO | STATX_SIZE</c>.</summary>
    public const uint Mask = 0x40 | 0x100 | 0x200;

    [FieldOffset(32)]
    public ulong Inode;

    [FieldOffset(40)]
    public ulong Size;

    [FieldOffset(112)]
    public long ModifiedSeconds;

    [FieldOffset(120)]
    public uint ModifiedNanoseconds;

    [FieldOffset(136)]
    public uint DeviceMajor;

    [FieldOffset(140)]
    public uint DeviceMinor;

    /// <returns>0 on success.</returns>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [SupportedOSPlatform("linux")]
    public static partial int Read(int directory, string path, int flags, uint mask, out LinuxStat result);
}
