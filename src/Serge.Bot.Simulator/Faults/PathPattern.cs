namespace Serge.Bot.Simulator.Faults;

/// <summary>Matches request paths: <c>*</c> is anything within a segment, <c>**</c> anything at all.</summary>
internal static class PathPattern
{
    public static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern[0] == '*')
            {
                var anything = pattern.StartsWith("**");
                return FitsAfterStar(pattern[(anything ? 2 : 1)..], path, anything);
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

    private static bool FitsAfterStar(ReadOnlySpan<char> rest, ReadOnlySpan<char> path, bool anything)
    {
        for (var taken = 0; ; taken++)
        {
            if (Fits(rest, path[taken..]))
            {
                return true;
            }

            if (taken == path.Length || (path[taken] == '/' && !anything))
            {
                return false;
            }
        }
    }
}
