namespace Serge.Bot.Cli.Adding;

/// <summary>Asks the questions, has every answer judged by the reader of the files, and writes the entry when all is said.</summary>
/// <remarks>There is one rule book: an answer is tried as if the entry so far stood at the end of the file already, and what the reader says of its
/// line is what the person is told.</remarks>
internal sealed class EntryPrompt(
    Questionnaire questionnaire,
    string folder,
    OpenFile file,
    QuoteCatalogue catalogue,
    TextWriter output,
    TextReader person
)
{
    private readonly EntryDraft _draft = new(questionnaire.Order);

    /// <summary>Asks and writes.</summary>
    /// <returns>Whether an entry was written.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(
            $"A new {questionnaire.Title}. Enter alone leaves out what may be missing, ? lists what may be answered, Ctrl+C ends it and changes nothing."
        );
        foreach (var question in questionnaire.Questions.Where(question => question.IsAsked(_draft)))
        {
            if (!await AskAsync(question, cancellationToken))
            {
                return await EndAsync("The answers ended too early. Nothing was added.");
            }
        }

        var yaml = _draft.ToYaml();
        var (read, problems) = CatalogueReader.ReadWith(folder, questionnaire.FileName, file.WithEntry(yaml));
        if (read is null || !IsOneMore(read))
        {
            // Such as a file that is one list in brackets, after which nothing can stand.
            var why =
                problems.FirstOrDefault(static problem => problem.Severity == Severity.Error)?.ToString()
                ?? "It would change what stands there.";
            return await EndAsync(
                $"This cannot be put at the end of {questionnaire.FileName} as the file is now. {why}\nNothing was added. Put it in by hand:\n\n{yaml}"
            );
        }

        await output.WriteLineAsync($"\n{yaml}");
        foreach (
            var problem in problems.Where(problem =>
                problem.At.Line > file.LinesBefore && FileNameOf(problem) == questionnaire.FileName
            )
        )
        {
            await output.WriteLineAsync($"A remark: {problem.What} {problem.Mend}");
        }

        return (
            await ReadAsync($"Add it to {questionnaire.FileName}? [Y/n] ", cancellationToken)
        )?.ToUpperInvariant() switch
        {
            "" or "Y" or "YES" => await WriteAsync(yaml),
            null => await EndAsync("The answers ended before this one. Nothing was added."),
            _ => await EndAsync("Nothing was added."),
        };
    }

    /// <summary>Asks until the answer will do.</summary>
    /// <returns>False when there are no more answers.</returns>
    private async Task<bool> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var standard = question.Default(_draft);
        await output.WriteLineAsync($"\n{question.Asks}{(string.IsNullOrEmpty(standard) ? "" : $" [{standard}]")}");
        while (await ReadAsync($"{question.Key}: ", cancellationToken) is { } typed)
        {
            if (typed == "?")
            {
                await output.WriteLineAsync(
                    question.Choices is { } choices
                        ? string.Join('\n', choices(catalogue).Select(static choice => "  " + choice))
                        : question.Asks
                );
            }
            else if (await TakeAsync(question, typed.Length == 0 ? standard : Tidy(typed)))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> TakeAsync(Question question, string? answer)
    {
        if (question.Kind == AnswerKind.Flag && answer is not null)
        {
            if (answer.ToUpperInvariant() is not ("Y" or "YES" or "N" or "NO"))
            {
                await output.WriteLineAsync("Answer y or n.");
                return false;
            }

            answer = answer[0] is 'y' or 'Y' ? "true" : null;
        }

        if (answer is null)
        {
            if (question.IsRequired(_draft))
            {
                await output.WriteLineAsync(
                    $"This one is needed.{(question.Choices is null ? "" : " ? lists what may be answered.")}"
                );
                return false;
            }

            return true;
        }

        _draft.Set(question.Key, answer, question.Kind);
        var problems = ProblemsOf(question).ToList();
        foreach (var (_, severity, what, mend) in problems)
        {
            await output.WriteLineAsync(
                severity == Severity.Error
                    ? $"That will not do. {what} {mend}"
                    : $"Kept, but look at it again: {what} {mend}"
            );
        }

        if (problems.TrueForAll(static problem => problem.Severity == Severity.Warning))
        {
            return true;
        }

        _draft.Remove(question.Key);
        return false;
    }

    /// <summary>What the reader says of the line of this key. What it says of the entry as a whole waits until the entry is whole.</summary>
    private IEnumerable<Problem> ProblemsOf(Question question)
    {
        if (question.JudgedWith is { } later)
        {
            _draft.Set(later, "To be said.", AnswerKind.Plain);
        }

        var line = file.LinesBefore + _draft.LineOf(question.Key) + 1;
        var column = "- ".Length + question.Key.Length;
        var yaml = _draft.ToYaml();
        if (question.JudgedWith is not null)
        {
            _draft.Remove(question.JudgedWith);
        }

        return CatalogueReader
            .ReadWith(folder, questionnaire.FileName, file.WithEntry(yaml))
            .Problems.Where(problem =>
                problem.At.Line == line && problem.At.Column > column && FileNameOf(problem) == questionnaire.FileName
            );
    }

    /// <summary>Whether all that stood there stands there still, and the new one after it with the words that were given.</summary>
    private bool IsOneMore(QuoteCatalogue read) =>
        read
            .Quotes.Select(static quote => (quote.Id, quote.Text))
            .Concat(read.Events.Select(static e => (e.Id, e.Text)))
            .ToHashSet()
            is var after
        && after.Count == catalogue.Quotes.Count + catalogue.Events.Count + 1
        && catalogue.Quotes.All(quote => after.Contains((quote.Id, quote.Text)))
        && catalogue.Events.All(e => after.Contains((e.Id, e.Text)))
        && after.Contains((_draft["id"]!, _draft["text"]!.Normalize()));

    private async Task<bool> WriteAsync(string yaml) =>
        file.TryAppend(yaml)
            ? await EndAsync($"Added as {_draft["id"]}. A running bot serves it within seconds.", written: true)
            : await EndAsync(
                $"Somebody changed {questionnaire.FileName} meanwhile. Nothing was added. Begin again, or put it in by hand."
            );

    private async Task<bool> EndAsync(string words, bool written = false)
    {
        await output.WriteLineAsync(words);
        return written;
    }

    private async Task<string?> ReadAsync(string prompt, CancellationToken cancellationToken)
    {
        await output.WriteAsync(prompt);
        await output.FlushAsync(cancellationToken);
        // A terminal reads without hearing of Ctrl+C, so it is left to its reading then.
        var line = await Task.Run(person.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        return line?.Trim();
    }

    /// <summary>An apostrophe between two letters is one in print, whatever the keyboard has.</summary>
    private static string Tidy(string typed) =>
        string.Create(
            typed.Length,
            typed,
            static (tidy, typed) =>
            {
                for (var i = 0; i < typed.Length; i++)
                {
                    tidy[i] =
                        typed[i] == '\''
                        && i > 0
                        && i + 1 < typed.Length
                        && char.IsLetter(typed[i - 1])
                        && char.IsLetter(typed[i + 1])
                            ? '’'
                            : typed[i];
                }
            }
        );

    private static string FileNameOf(Problem problem) => Path.GetFileName(problem.At.File);
}
