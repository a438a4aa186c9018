using System.Collections.Frozen;

namespace Serge.Bot.Catalogue.Verifying;

/// <summary>The words with which an essay names the speaker of a quotation.</summary>
internal static class ReportingWords
{
    /// <summary>Verbs that introduce what a person said, in the forms in which they do.</summary>
    public static FrozenSet<string> Verbs { get; } =
        Create(
            """
            say says said saying write writes wrote written writing explain explains explained explaining declare
            declares declared declaring warn warns warned warning complain complains complained complaining observe
            observes observed observing insist insists insisted insisting conclude concludes concluded concluding
            admit admits admitted admitting call calls called calling anoint anoints anointed anointing describe
            describes described describing recall recalls recalled recalling remark remarks remarked remarking notes
            noted noting argue argues argued arguing claims claimed claiming put puts putting ask asks asked asking
            add adds added adding think thinks thought believe believes believed believing remember remembers
            remembered reports reported reporting tell tells told telling reply replies replied answers answered
            quip quips quipped announce announces announced hail hails hailed hailing praise praises praised
            praising named naming dub dubs dubbed dubbing term termed labels labelled labeled confess confesses
            confessed lament laments lamented lamenting comments commented commenting maintain maintains maintained
            suggest suggests suggested suggesting assert asserts asserted asserting cries cried exclaim exclaims
            exclaimed proclaim proclaims proclaimed proclaiming acknowledge acknowledges acknowledged judge judges
            judged express expresses expressed expressing recount recounts recounted recounting stated stating speak
            speaks spoke speaking concede concedes conceded reflect reflects reflected
            """
        );

    /// <summary>Nouns that belong to the speaker: "in Sontag’s words".</summary>
    public static FrozenSet<string> Nouns { get; } =
        Create(
            """
            words word phrase phrases sentence line lines formulation description verdict judgment judgement view
            opinion term remark claim essay
            """
        );

    /// <summary>Words before the name of a person who is quoted.</summary>
    public static FrozenSet<string> CitingVerbs { get; } =
        Create(
            """
            quoting quotes quoted cites citing cited paraphrasing echoing echoes
            """
        );

    /// <summary>Lowercase words within a name.</summary>
    public static FrozenSet<string> NameParticles { get; } =
        Create(
            """
            de del della der den di du la le van von da dos ibn
            """
        );

    /// <summary>Words before a name that is not a subject.</summary>
    public static FrozenSet<string> WordsBeforeObjects { get; } =
        Create(
            """
            the a an of to in on at by for from with against under over into about like after before between than
            through upon toward towards or and
            """
        );

    /// <summary>Words that are not names, although they have a capital at the beginning of a sentence.</summary>
    public static FrozenSet<string> NonNames { get; } =
        Create(
            """
            i he she it we they you his her its our their this that these those the a an as so like but yet and or
            nor not if when while then once in on at to of by for from with against under over into about after
            before between during until since through toward towards upon than here there what who whom whose which
            how why where even only although though because however still also another others some many most
            """
        );

    private static readonly FrozenSet<string> Auxiliaries = Create(
        """
        who which has had have was is were be been being once later then also still even now often always never
        himself herself famously recently
        """
    );

    /// <summary>Whether a word may be between a subject and its verb: "who once", "has recently", "was".</summary>
    public static bool IsBetweenSubjectAndVerb(string lower)
    {
        var isAdverb = lower.Length > 4 && lower.EndsWith("ly", StringComparison.Ordinal);
        return isAdverb || Auxiliaries.Contains(lower);
    }

    private static FrozenSet<string> Create(string words)
    {
        return words
            .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToFrozenSet();
    }
}
