using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Serge.Bot.Guilds;

/// <summary>Finds time zones by IANA name or city.</summary>
internal static partial class TimeZoneNames
{
    private const string Utc = "Etc/UTC";

    /// <summary>French names of cities, folded, where the zone's name differs.</summary>
    private static readonly Dictionary<string, string> French = new(StringComparer.Ordinal)
    {
        ["alger"] = "Africa/Algiers",
        ["athenes"] = "Europe/Athens",
        ["bruxelles"] = "Europe/Brussels",
        ["bucarest"] = "Europe/Bucharest",
        ["copenhague"] = "Europe/Copenhagen",
        ["edimbourg"] = "Europe/London",
        ["geneve"] = "Europe/Zurich",
        ["le caire"] = "Africa/Cairo",
        ["lisbonne"] = "Europe/Lisbon",
        ["londres"] = "Europe/London",
        ["moscou"] = "Europe/Moscow",
        ["montreal"] = "America/Toronto",
        ["mexico"] = "America/Mexico_City",
        ["pekin"] = "Asia/Shanghai",
        ["saint petersbourg"] = "Europe/Moscow",
        ["varsovie"] = "Europe/Warsaw",
        ["vienne"] = "Europe/Vienna",
    };

    private static readonly Lazy<IReadOnlyList<Zone>> Known = new(GetKnownZones);

    /// <summary>Finds a zone by its exact IANA name; <see langword="null"/> if this machine does not know it.</summary>
    public static TimeZoneInfo? Find(string id)
    {
        if (IanaPattern().IsMatch(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            return zone;
        }

        return null;
    }

    /// <summary>Resolves a typed name: an IANA name in any spelling, or a city that only one zone has.</summary>
    /// <param name="typed">Such as <c>europe/brussels</c>, <c>New York</c> or <c>Bruxelles</c>.</param>
    /// <returns>The IANA name; <see langword="null"/> if there is none or more than one.</returns>
    public static string? Resolve(string typed)
    {
        var folded = Fold(typed);
        if (French.TryGetValue(folded, out var french))
        {
            return french;
        }

        if (Known.Value.FirstOrDefault(zone => zone.Folded == folded) is { } exact)
        {
            return exact.Id;
        }

        // Older names such as US/Eastern are valid, but not in the list.
        var trimmed = typed.Trim();
        if (trimmed.Contains('/', StringComparison.Ordinal) && Find(trimmed) is not null)
        {
            return trimmed;
        }

        if (folded is "utc" or "gmt")
        {
            return Utc;
        }

        var sameCity = Known.Value.Where(zone => zone.City == folded).ToArray();
        return sameCity is [var only] ? only.Id : null;
    }

    /// <summary>Suggests zones for a partial input, best first: the city starts with it, then the name, then a word of
    /// the name, then any part of the name.</summary>
    public static IReadOnlyList<string> Suggest(string typed, int limit)
    {
        var folded = Fold(typed);
        IEnumerable<string> french = [];
        if (folded.Length > 0)
        {
            var cities = French.Where(city => city.Key.StartsWith(folded, StringComparison.Ordinal));
            french = cities.Select(city => city.Value);
        }

        var ranked = Known
            .Value.Select(zone => (zone.Id, Rank: GetRank(zone, folded)))
            .Where(zone => zone.Rank is not null)
            .OrderBy(zone => zone.Rank)
            .Select(zone => zone.Id);
        return [.. french.Concat(ranked).Distinct(StringComparer.Ordinal).Take(limit)];
    }

    /// <summary>How well a zone matches, 0 for the best; <see langword="null"/> if it does not.</summary>
    private static int? GetRank(Zone zone, string typed)
    {
        if (zone.City.StartsWith(typed, StringComparison.Ordinal))
        {
            return 0;
        }

        if (zone.Folded.StartsWith(typed, StringComparison.Ordinal))
        {
            return 1;
        }

        if (zone.Folded.Contains($" {typed}", StringComparison.Ordinal))
        {
            return 2;
        }

        return zone.Folded.Contains(typed, StringComparison.Ordinal) ? 3 : null;
    }

    private static Zone[] GetKnownZones()
    {
        SortedSet<string> ids = new(StringComparer.Ordinal) { Utc };
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            if (zone.Id.Contains('/', StringComparison.Ordinal) && IanaPattern().IsMatch(zone.Id))
            {
                ids.Add(zone.Id);
            }
        }

        return [.. ids.Select(CreateZone)];
    }

    private static Zone CreateZone(string id)
    {
        var city = id[(id.LastIndexOf('/') + 1)..];
        return new Zone(id, Fold(id), Fold(city));
    }

    /// <summary>Converts to lower case, removes accents, and replaces anything but letters, digits and plus signs by
    /// single spaces.</summary>
    private static string Fold(string text)
    {
        StringBuilder letters = new();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c) || c == '+')
            {
                letters.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                letters.Append(' ');
            }
        }

        var words = letters.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words);
    }

    /// <summary>The form of IANA names. No other name reaches the file system, where a zone's name is a path.</summary>
    [GeneratedRegex(
        @"^[A-Za-z]{1,20}(/[A-Za-z0-9_+\-]{1,30}){0,2}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex IanaPattern();

    /// <param name="Id">The IANA name.</param>
    /// <param name="Folded">The name, folded.</param>
    /// <param name="City">Its last part, folded.</param>
    private sealed record Zone(string Id, string Folded, string City);
}
