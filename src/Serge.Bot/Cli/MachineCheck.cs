using System.Globalization;
using System.Net.Http.Headers;

namespace Serge.Bot.Cli;

/// <summary>Checks the machine's clock and time zone data, on which every schedule depends.</summary>
internal static class MachineCheck
{
    private const string What = "clock";

    /// <summary>A server's <c>Date</c> is truncated to the second and takes a while to arrive: less
    /// is no difference.</summary>
    private static readonly TimeSpan Precision = TimeSpan.FromSeconds(5);

    /// <summary>With a larger difference posts are visibly early or late, and workers disagree about leases.</summary>
    private static readonly TimeSpan MaxDifference = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Compares the system clock with the clock of a platform.</summary>
    public static async Task<DoctorFinding> CheckClockAsync(
        BotSettings settings,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var clocks = context.Clocks;
        if ((settings.Mastodon?.Address ?? settings.Discord?.ApiAddress) is not { } address)
        {
            var now = clocks.Schedule.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            return DoctorFinding.Off(What, $"{now} UTC; there is no platform to compare it with");
        }

        var before = clocks.System.GetUtcNow();
        var serverTime = await GetServerTimeAsync(address, context.Dependencies.CreateHttpHandler, cancellationToken);
        if (serverTime is not { } theirs)
        {
            return DoctorFinding.Note(
                What,
                $"{address.Host} did not return its time, so the clock could not be compared. "
                    + "timedatectl shows whether it is synchronized."
            );
        }

        var roundTrip = clocks.System.GetUtcNow() - before;
        return Compare(before + (roundTrip / 2), theirs, address.Host);
    }

    /// <summary>The finding for our clock and a server's.</summary>
    internal static DoctorFinding Compare(DateTimeOffset ours, DateTimeOffset theirs, string host)
    {
        var difference = ours - theirs;
        var size = difference.Duration();
        if (size <= Precision)
        {
            return DoctorFinding.Ok(What, $"agrees with {host}");
        }

        var seconds = Math.Round(size.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var direction = difference > TimeSpan.Zero ? "ahead of" : "behind";
        var text = $"{seconds} s {direction} {host}";
        if (size <= MaxDifference)
        {
            return DoctorFinding.Note(What, text);
        }

        return DoctorFinding.Error(
            What,
            $"{text}. Synchronize the clock: timedatectl set-ntp true, or install the package chrony."
        );
    }

    /// <summary>The version of the time zone data, if the machine states it.</summary>
    /// <param name="folder">Where the data is: <c>/usr/share/zoneinfo</c>.</param>
    public static DoctorFinding CheckZoneData(string folder = "/usr/share/zoneinfo")
    {
        if (ReadZoneDataVersion(folder) is { } version)
        {
            return DoctorFinding.Ok("zone data", $"version {version}");
        }

        var count = TimeZoneInfo.GetSystemTimeZones().Count;
        return DoctorFinding.Ok("zone data", $"{count} zones; the machine does not state their version");
    }

    private static string? ReadZoneDataVersion(string folder)
    {
        // A comment in the first line of the compiled source, such as "# version 2026a".
        const string prefix = "# version ";
        try
        {
            var line = File.ReadLines(Path.Combine(folder, "tzdata.zi")).FirstOrDefault();
            if (line is not null && line.StartsWith(prefix, StringComparison.Ordinal))
            {
                return line[prefix.Length..];
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Sends no token: every answer contains the time.</summary>
    /// <returns><see langword="null"/> when there was no answer, or one without a time.</returns>
    private static async Task<DateTimeOffset?> GetServerTimeAsync(
        Uri address,
        Func<HttpMessageHandler> createHandler,
        CancellationToken cancellationToken
    )
    {
        using var handler = createHandler();
        using HttpClient client = new(handler) { Timeout = RequestTimeout };
        using HttpRequestMessage request = new(HttpMethod.Head, address);
        request.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            return response.Headers.Date + (response.Headers.Age ?? TimeSpan.Zero);
        }
        catch (HttpRequestException)
        {
            // The check of the platform reports it.
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
