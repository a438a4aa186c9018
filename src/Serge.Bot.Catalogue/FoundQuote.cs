namespace Serge.Bot.Catalogue;

/// <summary>A quotation whose words another text has.</summary>
/// <param name="Quote">The quotation.</param>
/// <param name="Agreement">How the words agree.</param>
/// <param name="Differences">What is different; empty unless <see cref="QuoteAgreement.Similar"/>.</param>
public sealed record FoundQuote(Quote Quote, QuoteAgreement Agreement, IReadOnlyList<TextDifference> Differences);

/// <summary>How a text agrees with a quotation, from the most to the least.</summary>
public enum QuoteAgreement
{
    /// <summary>All of it, word for word, also in case and punctuation; only the shape of quotation marks and
    /// apostrophes is ignored.</summary>
    Exact,

    /// <summary>All of its words; only case, accents or punctuation are different.</summary>
    SameWords,

    /// <summary>A part of it, word for word; case, accents and punctuation are ignored.</summary>
    Part,

    /// <summary>Most of its words, or of a part of them.</summary>
    Similar,
}

/// <summary>Words of a quotation instead of which a text has others.</summary>
/// <param name="Before">The word before them; empty at the beginning.</param>
/// <param name="Printed">The words of the quotation; empty when the text adds words.</param>
/// <param name="Written">The words of the text; empty when it omits words.</param>
/// <param name="After">The word after them; empty at the end.</param>
public sealed record TextDifference(string Before, string Printed, string Written, string After);
