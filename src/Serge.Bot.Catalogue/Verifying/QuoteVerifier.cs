namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Compares one quote with the essay that it names.</summary>
internal sealed class QuoteVerifier(Quote quote, List<Problem> problems, List<ReviewNote> notes)
{
    private static readonly char[] ClosingMarks = [.. " ”’\"')]"];

    /// <summary>Compares the quote, if its essay is among the essays.</summary>
    public void Verify(IReadOnlyList<Essay> essays)
    {
        var essay = essays.FirstOrDefault(essay => essay.Source == quote.Via);
        if (essay is null)
        {
            return;
        }

        var text = Essay.Normalize(quote.Text);
        var match = QuotationMatch.Find(essay, text);
        if (match is null)
        {
            var (message, fix) = MismatchExplainer.Explain(text, essay, essays);
            AddError(message, fix);
            return;
        }

        CheckJoined(match);
        CheckEnds(text, match);
        var surroundings = SurroundingText.Find(match.First, match.Last);
        CheckSpeaker(surroundings);
        CheckNames(surroundings);
        CheckWork(surroundings);
        CheckYear(surroundings);
    }

    private void CheckJoined(QuotationMatch match)
    {
        if (match.IsJoined && !quote.IsJoined)
        {
            AddError(
                "The essayist interrupts this sentence, but the quote is not marked as joined.",
                "Add 'joined: true'."
            );
        }
        else if (!match.IsJoined && quote.IsJoined)
        {
            AddError("The quote is marked as joined, but the essay prints it whole.", "Remove 'joined'.");
        }
    }

    private void CheckEnds(string text, QuotationMatch match)
    {
        if (match.TextAfter is ['.' or '!' or '?' or '…' or ';' or ':', ..])
        {
            AddError(
                $"The essay prints '{match.TextAfter[0]}' right after these words.",
                "Add it: only a comma before the closing mark may be omitted."
            );
            return;
        }

        var beginsInside = match.TextBefore.Length > 0 && !EndsSentence(match.TextBefore);
        var endsInside = match.TextAfter is not ("" or ",") && !EndsSentence(text);
        if (beginsInside || endsInside)
        {
            AddNote("It is part of a sentence; does it keep the meaning of the whole sentence?");
        }
    }

    private void CheckSpeaker(SurroundingText surroundings)
    {
        var speaker = Speaker.Find(surroundings);
        if (speaker.Kind == SpeakerKind.Other)
        {
            AddError(
                $"The essay attributes these words to {speaker.Name}.",
                "Remove the quote: only Serge's words are allowed."
            );
        }
        else if (speaker.Kind == SpeakerKind.Unnamed && quote.Note is null)
        {
            AddNote("The essay names no speaker; if the words are Serge's, a note should say how we know.");
        }
    }

    private void CheckNames(SurroundingText surroundings)
    {
        var others = surroundings.Names.Where(name => !name.IsSerge && !IsInTitle(name));
        var names = string.Join(", ", others.Select(name => name.Text).Distinct());
        if (names.Length > 0)
        {
            AddNote($"The essay names {names} near it; are the words Serge's?");
        }
    }

    private void CheckWork(SurroundingText surroundings)
    {
        if (quote.Work is not null && !surroundings.Names.Any(IsInTitle))
        {
            AddNote($"The essay does not name '{quote.Work.Title}' near it; is it from this work?");
        }
    }

    private void CheckYear(SurroundingText surroundings)
    {
        if (quote.Written is not { Text.Length: > 3 } written)
        {
            return;
        }

        var year = written.Text[..4];
        var text = surroundings.Before + surroundings.After;
        if (!text.Contains(year))
        {
            AddNote($"The essay does not mention {written.ToEnglish()} near it; was it written then?");
        }
    }

    private bool IsInTitle(ProperName name)
    {
        if (quote.Work is null)
        {
            return false;
        }

        var title = FoldedText.GetWords(quote.Work.Title);
        return FoldedText.GetWords(name.Text).TrueForAll(title.Contains);
    }

    private static bool EndsSentence(string text)
    {
        var sentence = text.TrimEnd(ClosingMarks);
        return sentence is [.., '.' or '!' or '?' or '…'];
    }

    private void AddError(string message, string fix)
    {
        message = $"Quote '{quote.Id}': {message}";
        problems.Add(new(quote.Location, ProblemSeverity.Error, message, fix));
    }

    private void AddNote(string message)
    {
        message = $"Quote '{quote.Id}': {message}";
        notes.Add(new(quote.Location, message));
    }
}
