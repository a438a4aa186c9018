namespace Serge.Bot.Catalogue.Reading;

/// <summary>Checks the punctuation of a text: curly marks as in print, and none that the bot adds itself.</summary>
internal static class Typography
{
    private const string Marks = "“”\"«»";

    public static void CheckStraightMarks(string text, FileLocation location, ProblemList problems)
    {
        if (text.Contains('"'))
        {
            problems.AddWarning(location, "The text has a straight quotation mark (\").", "Write “ or ”, as in print.");
        }

        if (text.Contains('\''))
        {
            problems.AddWarning(location, "The text has a straight apostrophe (').", "Write ’, as in print.");
        }
    }

    /// <summary>Reports a pair of marks around the whole quotation, which would be doubled in the post.</summary>
    public static void CheckOuterMarks(string text, FileLocation location, ProblemList problems)
    {
        if (text.Length < 2)
        {
            return;
        }

        var marks = $"{text[0]}{text[^1]}";
        var isPair = marks is "“”" or "\"\"" or "«»";
        var hasOtherMarks = text[1..^1].Any(Marks.Contains);
        if (isPair && !hasOtherMarks)
        {
            problems.AddError(
                location,
                "The whole text is in quotation marks, which the bot adds itself.",
                "Remove the quotation marks."
            );
        }
    }

    public static void CheckSentenceEnd(string text, FileLocation location, ProblemList problems)
    {
        var sentence = text.TrimEnd('”', '’', '"', '\'', ')', '»');
        if (text.Length > 0 && sentence is not [.., '.' or '!' or '?' or '…'])
        {
            problems.AddWarning(location, "The text does not end as a sentence.", "End it with a full stop.");
        }
    }
}
