using System.Globalization;
using System.Text.RegularExpressions;

namespace Serge.Bot.Guilds;

/// <summary>The time zones of the world by their IANA names, and how people find theirs.</summary>
internal static partial class TimeZoneNames
{
    /// <summary>French names of cities whose zone is called otherwise, folded.</summary>
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

    private static readonly Lazy<IReadOnlyList<(string Id, string Folded, string City)>> Known = new(() =>
        [
            .. TimeZoneInfo
                .GetSystemTimeZones()
                .Select(zone => zone.Id)
                .Where(id => id.Contains('/', StringComparison.Ordinal) && Iana().IsMatch(id))
                .Append("Etc/UTC")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(id => (id, Fold(id), Fold(id[(id.LastIndexOf('/') + 1)..]))),
        ]
    );

    /// <summary>A zone by its name as the database has it; <see langword="null"/> when this machine does not know it.</summary>
    public static TimeZoneInfo? Find(string id) =>
        Iana().IsMatch(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    /// <summary>What somebody means who types this: a name in any spelling, or a city that only one zone has.</summary>
    /// <param name="typed">Such as <c>europe/brussels</c>, <c>New York</c> or <c>Bruxelles</c>.</param>
    /// <returns>Its IANA name; <see langword="null"/> when it is none, or could be several.</returns>
    public static string? Resolve(string typed)
    {
        var folded = Fold(typed);
        if (French.TryGetValue(folded, out var french))
        {
            return french;
        }

        if (Known.Value.FirstOrDefault(zone => zone.Folded == folded).Id is { } whole)
        {
            return whole;
        }

        // Older names, such as US/Eastern, are not in the list but have not become wrong.
        if (typed.Contains('/', StringComparison.Ordinal) && Find(typed.Trim()) is not null)
        {
            return typed.Trim();
        }

        return folded is "utc" or "gmt" ? "Etc/UTC"
            : Known.Value.Where(zone => zone.City == folded).Select(zone => zone.Id).ToArray() is [var only] ? only
            : null;
    }

    /// <summary>Zones for what has been typed so far, best first: whose city begins so, then any word, then any part of the name.</summary>
    public static IReadOnlyList<string> Suggest(string typed, int limit)
    {
        var folded = Fold(typed);
        var french =
            folded.Length == 0
                ? []
                : French
                    .Where(city => city.Key.StartsWith(folded, StringComparison.Ordinal))
                    .Select(city => city.Value);
        var ranked = Known
            .Value.Select(zone => (zone.Id, Rank: Rank(zone.Folded, zone.City, folded)))
            .Where(zone => zone.Rank < int.MaxValue)
            .OrderBy(zone => zone.Rank)
            .Select(zone => zone.Id);
        return [.. french.Concat(ranked).Distinct(StringComparer.Ordinal).Take(limit)];
    }

    private static int Rank(string name, string city, string typed) =>
        city.StartsWith(typed, StringComparison.Ordinal) ? 0
        : name.StartsWith(typed, StringComparison.Ordinal) ? 1
        : name.Contains(' ' + typed, StringComparison.Ordinal) ? 2
        : name.Contains(typed, StringComparison.Ordinal) ? 3
        : int.MaxValue;

    /// <summary>Small letters without accents, and one space where anything else stood.</summary>
    private static string Fold(string text)
    {
        var letters = text.Normalize(System.Text.NormalizationForm.FormD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            .Select(c => char.IsLetterOrDigit(c) || c == '+' ? char.ToLowerInvariant(c) : ' ');
        return string.Join(' ', string.Concat(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A name as the zone database gives them. Nothing else reaches the file system, where a zone's name is a path.</summary>
    [GeneratedRegex(
        @"^[A-Za-z]{1,20}(/[A-Za-z0-9_+\-]{1,30}){0,2}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Iana();
}
