using System.Diagnostics;
using System.Globalization;

namespace Serge.Bot.Benchmarks.Latency;

/// <summary>The memory of a process, in MiB.</summary>
/// <param name="Resident">All pages in memory, including pages of files that other processes may share.</param>
/// <param name="Private">Pages that only this process uses and that are not a copy of a file; available on Linux
/// only.</param>
internal sealed record ProcessMemory(double Resident, double? Private)
{
    private const double KibPerMib = 1024;

    /// <remarks>Source: Linux, <c>Documentation/filesystems/proc.rst</c>, <c>smaps_rollup</c>.</remarks>
    public static ProcessMemory Read(Process process)
    {
        process.Refresh();
        var resident = process.WorkingSet64 / KibPerMib / KibPerMib;
        var rollup = $"/proc/{process.Id}/smaps_rollup";
        if (!File.Exists(rollup))
        {
            return new ProcessMemory(resident, Private: null);
        }

        const string Field = "Private_Dirty:";
        var line = File.ReadLines(rollup).First(line => line.StartsWith(Field, StringComparison.Ordinal));
        var number = line[Field.Length..].Replace("kB", "", StringComparison.Ordinal);
        return new ProcessMemory(resident, double.Parse(number, CultureInfo.InvariantCulture) / KibPerMib);
    }
}
