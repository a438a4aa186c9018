namespace Serge.Bot.Simulator.Faults;

/// <summary>Matches request paths: <c>*</c> is anything within a segment, <c>**</c> is anything.</summary>
internal static class PathPattern
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern.StartsWith("**"))
            {
                return MatchesAfterWildcard(pattern[2..], path, acrossSegments: true);
            }

            if (pattern[0] == '*')
            {
                return MatchesAfterWildcard(pattern[1..], path, acrossSegments: false);
            }

            if (path.IsEmpty || pattern[0] != path[0])
            {
                return false;
            }

            pattern = pattern[1..];
            path = path[1..];
        }

        return path.IsEmpty;
    }

    private static bool MatchesAfterWildcard(ReadOnlySpan<char> rest, ReadOnlySpan<char> path, bool acrossSegments)
    {
        for (var length = 0; ; length++)
        {
            if (Matches(rest, path[length..]))
            {
                return true;
            }

            if (length == path.Length || (path[length] == '/' && !acrossSegments))
            {
                return false;
            }
        }
    }
}
