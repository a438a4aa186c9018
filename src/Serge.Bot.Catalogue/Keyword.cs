namespace Serge.Bot.Catalogue;

/// <summary>The keywords of the files and of the export for kinds and statuses: the names of the values in
/// lowercase.</summary>
internal static class Keyword
{
    public static string Get<T>(T value)
        where T : struct, Enum
    {
        return value.ToString().ToLowerInvariant();
    }

    /// <summary>Gets all keywords, sorted.</summary>
    public static IReadOnlyList<string> GetAll<T>()
        where T : struct, Enum
    {
        var keywords = Enum.GetValues<T>().Select(Get);
        return [.. keywords.Order(StringComparer.Ordinal)];
    }

    /// <returns>Null when it is not a keyword.</returns>
    public static T? Find<T>(string keyword)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Get(value) == keyword)
            {
                return value;
            }
        }

        return null;
    }
}
