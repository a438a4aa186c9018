namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Compares one quote with the essay that it names.</summary>
/// <param name="quote">The quote.</param>
/// <param name="author">Whose words it must contain.</param>
/// <param name="problems">Where problems are added.</param>
/// <param name="notes">Where questions without an answer are added.</param>
internal sealed class QuoteVerifier(Quote quote, Author author, List<Problem> problems, List<ReviewNote> notes)
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
        if (match is null && quote.Answers.ContainsKey(ReviewQuestions.Block))
        {
            match = QuotationMatch.FindInBlock(essay, text);
        }

        if (match is null)
        {
            var (message, fix) = MismatchExplainer.Explain(text, essay, essays);
            AddError(message, fix);
            return;
        }

        CheckJoined(match);
        CheckEnds(text, match);
        CheckBlock(match);
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
            Ask(ReviewQuestions.Part, "It is part of a sentence; does it keep the meaning of the whole sentence?");
        }
    }

    private void CheckBlock(QuotationMatch match)
    {
        if (match.First.IsBlock)
        {
            Ask(
                ReviewQuestions.Block,
                "The essay prints it after a colon, without quotation marks; is it a quotation?"
            );
        }
    }

    private void CheckSpeaker(SurroundingText surroundings)
    {
        var speaker = new SpeakerFinder(author).Find(surroundings);
        if (speaker.Kind == SpeakerKind.Other && !IsRecordedSpeaker(speaker))
        {
            AddError(
                $"The essay attributes these words to {speaker.Name}.",
                $"Remove the quote: only words of {author.Name} are allowed."
            );
        }
        else if (speaker.Kind == SpeakerKind.Unnamed && quote.Note is null)
        {
            AddNote($"The essay names no speaker; if it is {author.Name}, a note should say how we know.");
        }
    }

    /// <summary>Whether the entry itself says that these are the words of this other person.</summary>
    private bool IsRecordedSpeaker(Speaker speaker)
    {
        if (quote.Speaker is null || speaker.Name is null)
        {
            return false;
        }

        var known = FoldedText.GetWords(quote.Speaker);
        return FoldedText.GetWords(speaker.Name).TrueForAll(known.Contains);
    }

    private void CheckNames(SurroundingText surroundings)
    {
        var answer = quote.Answers.GetValueOrDefault(ReviewQuestions.Names, "");
        var others = surroundings.Names.Where(name => !author.HasFamilyName(name.Text) && !IsInTitle(name));
        var texts = others.Select(name => name.Text).Distinct();
        var unknown = texts.Where(text => !answer.Contains(text));
        var names = string.Join(", ", unknown);
        if (names.Length > 0)
        {
            AddNote($"The essay names {names} near it; are the words those of {author.Name}?");
        }
    }

    private void CheckWork(SurroundingText surroundings)
    {
        if (quote.Work is not null && !surroundings.Names.Any(IsInTitle))
        {
            Ask(ReviewQuestions.Work, $"The essay does not name '{quote.Work.Title}' near it; is it from this work?");
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
            Ask(
                ReviewQuestions.Year,
                $"The essay does not mention {written.ToEnglish()} near it; was it written then?"
            );
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

    /// <summary>Asks what a person has not answered in the entry.</summary>
    private void Ask(string question, string message)
    {
        if (!quote.Answers.ContainsKey(question))
        {
            AddNote(message);
        }
    }

    private void AddNote(string message)
    {
        message = $"Quote '{quote.Id}': {message}";
        notes.Add(new(quote.Location, message));
    }
}
