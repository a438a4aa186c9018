namespace Serge.Bot.Catalogue;

/// <summary>What only a person can judge of a quotation. An entry's <c>answers</c> record the judgement by these
/// names.</summary>
internal static class ReviewQuestions
{
    /// <summary>Does a part of a sentence keep the meaning of the whole sentence?</summary>
    public const string Part = "part";

    /// <summary>The essay names other people near it; are the words the author's?</summary>
    /// <remarks>The answer names each of them, so a name that the essay adds is asked about again.</remarks>
    public const string Names = "names";

    /// <summary>The essay does not name the work near it; is it from this work?</summary>
    public const string Work = "work";

    /// <summary>The essay does not mention the year near it; was it written then?</summary>
    public const string Year = "year";

    /// <summary>The essay prints a paragraph without quotation marks after a colon; is it a quotation?</summary>
    public const string Block = "block";

    public static IReadOnlyList<string> All { get; } = [Part, Names, Work, Year, Block];
}
