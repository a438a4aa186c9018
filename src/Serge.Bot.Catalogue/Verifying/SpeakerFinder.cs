namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Finds the person to whom an essay attributes a quotation.</summary>
/// <param name="author">The author, whom the essay is about.</param>
internal sealed class SpeakerFinder(Author author)
{
    private const int MaxWordsBeforeVerb = 6;

    private static readonly Speaker TheAuthor = new(SpeakerKind.Author, null);
    private static readonly Speaker Unnamed = new(SpeakerKind.Unnamed, null);

    /// <summary>Finds the speaker in the words around a quotation.</summary>
    /// <remarks>
    /// <para>In an essay about the author, the author's pronoun means the author. Another person is the speaker when
    /// another pronoun or name is the subject of a reporting verb ("as Todd Gitlin, a scholar, recently observed",
    /// "Susan Sontag anointed him", "wrote Sontag"), has a possessive ending before the words ("in Sontag’s words") or
    /// is their source ("according to Sontag", "quoting Sontag"); or when the sentence has a reporting verb and a name,
    /// but neither the author nor that pronoun.</para>
    /// <para>These are heuristics for two essays and not a grammar, so all names near a quotation are also listed for
    /// review.</para>
    /// </remarks>
    public Speaker Find(SurroundingText surroundings)
    {
        var before = SentenceParser.ParseWords(surroundings.Before);
        var after = SentenceParser.ParseWords(surroundings.After);
        return FindOwner(before)
            ?? FindSubjectBeforeVerb(before)
            ?? FindSubjectAfterQuotation(after)
            ?? FindMentioned(before);
    }

    /// <summary>Finds "in Sontag’s words", "according to Sontag" or "quoting Sontag" anywhere before the
    /// quotation.</summary>
    private Speaker? FindOwner(IReadOnlyList<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (!IsOwner(words, i) && !IsSource(words, i))
            {
                continue;
            }

            var name = FindName(words, i);
            if (name is not null)
            {
                return Create(name);
            }
        }

        return null;
    }

    private static bool IsOwner(IReadOnlyList<Word> words, int i)
    {
        if (!words[i].IsPossessive || i + 1 == words.Count)
        {
            return false;
        }

        var next = words[i + 1].Lower;
        return ReportingWords.Nouns.Contains(next);
    }

    private static bool IsSource(IReadOnlyList<Word> words, int i)
    {
        var previous = i > 0 ? words[i - 1].Lower : "";
        if (previous == "to" && i > 1)
        {
            return words[i - 2].Lower == "according";
        }

        return ReportingWords.CitingVerbs.Contains(previous);
    }

    /// <summary>Finds the subject of the last reporting verb, directly before the verb or separated from it by an
    /// apposition.</summary>
    private Speaker? FindSubjectBeforeVerb(IReadOnlyList<Word> words)
    {
        var i = FindLastVerb(words) - 1;
        while (i >= 0 && ReportingWords.IsBetweenSubjectAndVerb(words[i].Lower))
        {
            i--;
        }

        var subject = FindSubject(words, i);
        if (subject is not null || i < 0 || !words[i].HasCommaAfter)
        {
            return subject;
        }

        // "Todd Gitlin, a key student leader, recently observed": skip the apposition back to the comma before it.
        i--;
        while (i >= 0 && !words[i].HasCommaAfter)
        {
            i--;
        }

        return FindSubject(words, i);
    }

    /// <summary>Finds "Sontag wrote" or "wrote Susan Sontag" directly after the quotation.</summary>
    private Speaker? FindSubjectAfterQuotation(IReadOnlyList<Word> words)
    {
        var firstWords = words.Take(MaxWordsBeforeVerb).ToList();
        var verb = firstWords.FindIndex(word => word.IsReportingVerb);
        return verb switch
        {
            < 0 => null,
            0 => FindSubject(words, 1),
            _ => FindSubjectBeforeVerb(firstWords[..(verb + 1)]),
        };
    }

    /// <summary>Finds the author, when the words mention the author, or else the last name before a reporting
    /// verb.</summary>
    private Speaker FindMentioned(IReadOnlyList<Word> before)
    {
        if (before.Any(IsAuthor))
        {
            return TheAuthor;
        }

        var verb = FindLastVerb(before);
        var names = SentenceParser.FindNames(before);
        var last = names.LastOrDefault(name => name.From < verb && !name.IsObject);
        return last is null ? Unnamed : Create(last);
    }

    /// <returns>-1 when there is none.</returns>
    private static int FindLastVerb(IReadOnlyList<Word> words)
    {
        var verb = words.Count - 1;
        while (verb >= 0 && !words[verb].IsReportingVerb)
        {
            verb--;
        }

        return verb;
    }

    private Speaker? FindSubject(IReadOnlyList<Word> words, int i)
    {
        if (i < 0 || i >= words.Count || words[i].IsPossessive)
        {
            return null;
        }

        var word = words[i];
        if (author.HasPronoun(word.Lower))
        {
            return TheAuthor;
        }

        if (word.Lower is "he" or "she" or "they" or "we" or "i" or "you")
        {
            return new(SpeakerKind.Other, word.Text);
        }

        var name = FindName(words, i);
        if (name is null || name.IsObject)
        {
            return null;
        }

        return Create(name);
    }

    /// <summary>Finds the name of which a word is a part.</summary>
    private static ProperName? FindName(IReadOnlyList<Word> words, int i)
    {
        var names = SentenceParser.FindNames(words);
        return names.SingleOrDefault(name => name.From <= i && i <= name.To);
    }

    private bool IsAuthor(Word word)
    {
        return author.HasPronoun(word.Lower) || author.HasFamilyName(word.Base);
    }

    private Speaker Create(ProperName name)
    {
        if (author.HasFamilyName(name.Text))
        {
            return TheAuthor;
        }

        return new(SpeakerKind.Other, name.Text);
    }
}
