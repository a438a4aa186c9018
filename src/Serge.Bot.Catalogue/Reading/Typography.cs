namespace Serge.Bot.Catalogue.Reading;

/// <summary>The marks of a text: curly as in print, and none that the bot adds itself.</summary>
internal static class Typography
{
    /// <summary>Warns of typewriter marks.</summary>
    public static void CheckStraightMarks(string text, FileLocation at, ProblemList problems)
    {
        if (text.Contains('"', StringComparison.Ordinal))
        {
            problems.AddWarning(at, "The text has a straight quotation mark (\").", "Write “ or ”, as in print.");
        }

        if (text.Contains('\'', StringComparison.Ordinal))
        {
            problems.AddWarning(at, "The text has a straight apostrophe (').", "Write ’, as in print.");
        }
    }

    /// <summary>A pair of marks around the whole of a quote would be doubled in the post.</summary>
    public static void CheckOuterMarks(string text, FileLocation at, ProblemList problems)
    {
        if (
            text.Length > 1
            && (text[0], text[^1]) is ('“', '”') or ('"', '"') or ('«', '»')
            && text[1..^1].IndexOfAny(['“', '”', '"', '«', '»']) < 0
        )
        {
            problems.AddError(at, "The whole text stands in quotation marks; the bot adds its own.", "Take them away.");
        }
    }

    /// <summary>Warns of a text that does not end as a sentence.</summary>
    public static void CheckSentenceEnd(string text, FileLocation at, ProblemList problems)
    {
        if (text.Length > 0 && text.TrimEnd('”', '’', '"', '\'', ')', '»')[^1..] is not ("." or "!" or "?" or "…"))
        {
            problems.AddWarning(at, "The text does not end as a sentence.", "End it with a full stop.");
        }
    }
}
