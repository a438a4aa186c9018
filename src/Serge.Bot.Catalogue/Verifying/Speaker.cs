namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Whom an essay gives a quotation to.</summary>
/// <param name="Kind">Serge, somebody else, or nobody by name.</param>
/// <param name="Name">The other's name as the essay has it; null unless it is somebody else.</param>
internal sealed record Speaker(SpeakerKind Kind, string? Name)
{
    private static readonly Speaker Serge = new(SpeakerKind.Serge, null);
    private static readonly Speaker Unnamed = new(SpeakerKind.Unnamed, null);

    /// <summary>Reads the speaker from the words around a quotation.</summary>
    /// <remarks>
    /// <para>In these essays "he" is Serge. Somebody else is the speaker when another pronoun or another's name is the subject of a verb of saying
    /// ("as Todd Gitlin, a scholar, recently observed", "Susan Sontag anointed him", "wrote Sontag"), owns the words ("in Sontag’s
    /// words") or is their source ("according to Sontag", "quoting Sontag"); or when there is a verb of saying, a name, and
    /// neither Serge nor "he" in the sentence.</para>
    /// <para>It is a rule of thumb for two essays and not a grammar, so whatever names stand near are listed for a human as well.</para>
    /// </remarks>
    public static Speaker Find(SurroundingText introduction)
    {
        var before = SentenceParser.ParseWords(introduction.Before);
        var after = SentenceParser.ParseWords(introduction.After);
        return OwnerIn(before) ?? SubjectBeforeVerb(before) ?? SubjectAfterQuotation(after) ?? Fallback(before);
    }

    /// <summary>"in Sontag’s words", "according to Sontag", "quoting Sontag", anywhere before the quotation.</summary>
    private static Speaker? OwnerIn(IReadOnlyList<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var isOwner =
                words[i].IsPossessive && i + 1 < words.Count && ReportingWords.Nouns.Contains(words[i + 1].Lower);
            var isSource =
                i > 0
                && (
                    ReportingWords.CitingVerbs.Contains(words[i - 1].Lower)
                    || (i > 1 && words[i - 1].Lower is "to" && words[i - 2].Lower is "according")
                );
            if ((isOwner || isSource) && NameAt(words, i) is { } name)
            {
                return By(name);
            }
        }

        return null;
    }

    /// <summary>The subject of the last verb of saying, when it stands right before the verb or is parted from it by an apposition.</summary>
    private static Speaker? SubjectBeforeVerb(IReadOnlyList<Word> words)
    {
        var verb = LastVerb(words);
        var i = verb - 1;
        while (i >= 0 && ReportingWords.IsBetweenSubjectAndVerb(words[i].Lower))
        {
            i--;
        }

        if (i < 0)
        {
            return null;
        }

        if (SubjectAt(words, i) is { } subject)
        {
            return subject;
        }

        if (!words[i].HasCommaAfter)
        {
            return null;
        }

        // "Todd Gitlin, a key student leader, recently observed": back over the apposition to the comma that opens it.
        for (i--; i >= 0 && !words[i].HasCommaAfter; i--) { }

        return SubjectAt(words, i);
    }

    /// <summary>"Sontag wrote" or "wrote Susan Sontag" right behind the quotation.</summary>
    private static Speaker? SubjectAfterQuotation(IReadOnlyList<Word> words)
    {
        var verb = 0;
        while (verb < words.Count && verb < 6 && !ReportingWords.Verbs.Contains(words[verb].Lower))
        {
            verb++;
        }

        if (verb == words.Count || verb == 6)
        {
            return null;
        }

        return verb == 0 ? SubjectAt(words, 1) : SubjectBeforeVerb([.. words.Take(verb + 1)]);
    }

    private static Speaker Fallback(IReadOnlyList<Word> before)
    {
        if (before.Any(static word => word.IsHe || word.IsSerge))
        {
            return Serge;
        }

        var verb = LastVerb(before);
        var name =
            verb < 0
                ? null
                : SentenceParser.FindNames(before).LastOrDefault(name => name.From < verb && !name.IsObject);
        return name is null ? Unnamed : By(name);
    }

    private static int LastVerb(IReadOnlyList<Word> words)
    {
        var verb = words.Count - 1;
        while (verb >= 0 && !ReportingWords.Verbs.Contains(words[verb].Lower))
        {
            verb--;
        }

        return verb;
    }

    private static Speaker? SubjectAt(IReadOnlyList<Word> words, int i)
    {
        if (i < 0 || i >= words.Count || words[i].IsPossessive)
        {
            return null;
        }

        return words[i] switch
        {
            { IsHe: true } => Serge,
            { Lower: "she" or "they" or "we" or "i" or "you" } => new(SpeakerKind.Other, words[i].Text),
            _ => NameAt(words, i) is { IsObject: false } name ? By(name) : null,
        };
    }

    private static ProperName? NameAt(IReadOnlyList<Word> words, int i) =>
        SentenceParser.FindNames(words).SingleOrDefault(name => name.From <= i && i <= name.To);

    private static Speaker By(ProperName name) => name.IsSerge ? Serge : new(SpeakerKind.Other, name.Text);
}

/// <summary>Who speaks.</summary>
internal enum SpeakerKind
{
    /// <summary>Serge, by name or as "he".</summary>
    Serge,

    /// <summary>Somebody else, by name.</summary>
    Other,

    /// <summary>Nobody is named.</summary>
    Unnamed,
}
