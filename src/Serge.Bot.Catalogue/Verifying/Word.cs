namespace Serge.Bot.Catalogue.Verifying;

/// <summary>A word as the essay has it.</summary>
internal sealed record Word(string Text)
{
    public bool IsFirst { get; init; }

    public bool HasCommaAfter { get; init; }

    /// <summary>Whether punctuation other than a quotation follows.</summary>
    public bool HasBreakAfter { get; init; }

    public string Lower { get; } = Text.ToLowerInvariant();

    /// <summary>The word without a possessive ending.</summary>
    public string Base => IsPossessive ? Text.TrimEnd('s').TrimEnd('’', '\'') : Text;

    public bool IsPossessive
    {
        get
        {
            var text = Text.Replace('’', '\'');
            return text is [.., '\'', 's'] or [.., 's', '\''];
        }
    }

    /// <summary>Whether it may be part of a name.</summary>
    public bool IsCapital => char.IsUpper(Text[0]) && !ReportingWords.NonNames.Contains(Lower);

    /// <summary>Whether it is a lowercase word within a name.</summary>
    public bool IsParticle => ReportingWords.NameParticles.Contains(Lower);

    public bool IsReportingVerb => ReportingWords.Verbs.Contains(Lower);
}

/// <summary>A name and its position among the words of a sentence.</summary>
/// <param name="From">The index of its first word.</param>
/// <param name="To">The index of its last word.</param>
/// <param name="Text">The name.</param>
/// <param name="IsObject">Whether it follows a preposition or an article, so that it is not the subject of a
/// verb.</param>
internal sealed record ProperName(int From, int To, string Text, bool IsObject);
