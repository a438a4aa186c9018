using System.Globalization;
using System.Net.Http.Headers;

namespace Serge.Bot.Cli;

/// <summary>The machine's clock and its time zone data: what every schedule rests on.</summary>
internal static class MachineCheck
{
    /// <summary>A server's <c>Date</c> is cut to the second and a while on its way, so less than this is no difference.</summary>
    private static readonly TimeSpan Exactness = TimeSpan.FromSeconds(5);

    /// <summary>From here on posts are visibly off their time, and several workers no longer agree whose lease it is.</summary>
    private static readonly TimeSpan MostDifference = TimeSpan.FromSeconds(30);

    /// <summary>Compares the clock with that of a platform.</summary>
    /// <param name="settings">Name the platform.</param>
    /// <param name="clocks">The wire is compared.</param>
    /// <param name="createHandler">Makes the handler of the request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<DoctorFinding> ClockAsync(
        BotSettings settings,
        Clocks clocks,
        Func<HttpMessageHandler> createHandler,
        CancellationToken cancellationToken
    )
    {
        if ((settings.Mastodon?.Address ?? settings.Discord?.ApiAddress) is not { } address)
        {
            return new DoctorFinding(
                DiagnosticStatus.Off,
                "clock",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{clocks.Schedule.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC; there is no platform to compare it with"
                )
            );
        }

        try
        {
            var asked = clocks.System.GetUtcNow();
            if (await ServerTimeAsync(address, createHandler, cancellationToken) is { } theirs)
            {
                return Compare(asked + ((clocks.System.GetUtcNow() - asked) / 2), theirs, address.Host);
            }
        }
        catch (Exception e)
            when (e is HttpRequestException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            // Said below; what is wrong with the platform is said with the platform.
        }

        return new DoctorFinding(
            DiagnosticStatus.Note,
            "clock",
            $"{address.Host} did not tell its time, so the clock could not be compared. timedatectl says whether it is kept."
        );
    }

    /// <summary>What is to be said of our clock beside a server's.</summary>
    internal static DoctorFinding Compare(DateTimeOffset ours, DateTimeOffset theirs, string host)
    {
        var difference = ours - theirs;
        var seconds = Math.Round(difference.Duration().TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var way = difference > TimeSpan.Zero ? "ahead of" : "behind";
        return difference.Duration() <= Exactness ? new DoctorFinding(DiagnosticStatus.Ok, "clock", $"agrees with {host}")
            : difference.Duration() <= MostDifference
                ? new DoctorFinding(DiagnosticStatus.Note, "clock", $"{seconds} s {way} {host}")
            : new DoctorFinding(
                DiagnosticStatus.Error,
                "clock",
                $"{seconds} s {way} {host}. Let the machine keep its time: timedatectl set-ntp true, or the package chrony."
            );
    }

    /// <summary>Which edition of the zone data there is, as far as the machine says.</summary>
    /// <param name="folder">Where it keeps them: <c>/usr/share/zoneinfo</c>.</param>
    public static DoctorFinding ZoneData(string folder = "/usr/share/zoneinfo")
    {
        // A comment in the first line of the compiled source, such as "# version 2026a".
        const string mark = "# version ";
        try
        {
            return
                File.ReadLines(Path.Combine(folder, "tzdata.zi")).FirstOrDefault() is { } line
                && line.StartsWith(mark, StringComparison.Ordinal)
                ? new DoctorFinding(DiagnosticStatus.Ok, "zone data", $"edition {line[mark.Length..]}")
                : Unknown();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unknown();
        }

        static DoctorFinding Unknown() =>
            new(
                DiagnosticStatus.Ok,
                "zone data",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{TimeZoneInfo.GetSystemTimeZones().Count} zones; the machine does not say of which edition"
                )
            );
    }

    /// <summary>No token goes with it: any answer has the time.</summary>
    private static async Task<DateTimeOffset?> ServerTimeAsync(
        Uri address,
        Func<HttpMessageHandler> createHandler,
        CancellationToken cancellationToken
    )
    {
        using var handler = createHandler();
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(10) };
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        request.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        using var answer = await client.SendAsync(request, cancellationToken);
        return answer.Headers.Date + (answer.Headers.Age ?? TimeSpan.Zero);
    }
}
