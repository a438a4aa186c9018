using System.Text.RegularExpressions;

namespace Serge.Bot.Cli.Adding;

/// <summary>Asks the questions, validates each answer, and adds the entry to its file.</summary>
internal sealed partial class EntryPrompt(
    Questionnaire questionnaire,
    EntryValidator validator,
    OpenFile file,
    QuoteCatalogue catalogue,
    TextWriter output,
    TextReader input
)
{
    private readonly EntryDraft _draft = new(questionnaire.Order);

    /// <returns>Whether an entry was added.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(
            $"A new {questionnaire.Title}. Enter skips an optional question, ? lists the possible answers, Ctrl+C "
                + "cancels without changes."
        );
        foreach (var question in questionnaire.Questions.Where(question => question.IsAsked(_draft)))
        {
            if (!await AskAsync(question, cancellationToken))
            {
                return await CancelAsync("The input ended early.");
            }
        }

        var yaml = _draft.ToYaml();
        var (read, problems) = validator.Read(yaml);
        if (read is null || !IsOnlyAddition(read))
        {
            // For example if the file is a single list in brackets, which cannot be continued.
            var error = problems.FirstOrDefault(static problem => problem.Severity == ProblemSeverity.Error);
            var why = error?.ToString() ?? "It would change existing entries.";
            await output.WriteLineAsync($"The entry cannot be added at the end of {questionnaire.FileName}. {why}");
            return await CancelAsync($"Add it by hand:\n\n{yaml}");
        }

        await output.WriteLineAsync($"\n{yaml}");
        foreach (var problem in problems.Where(validator.IsInEntry))
        {
            await output.WriteLineAsync($"Warning: {problem.Message} {problem.Fix}");
        }

        var answer = await ReadAsync($"Add it to {questionnaire.FileName}? [Y/n] ", cancellationToken);
        return answer?.ToUpperInvariant() switch
        {
            "" or "Y" or "YES" => await AddAsync(yaml),
            null => await CancelAsync("The input ended early."),
            _ => await CancelAsync(""),
        };
    }

    /// <summary>Asks until the answer is valid.</summary>
    /// <returns>False if the input has ended.</returns>
    private async Task<bool> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var defaultAnswer = question.Default(_draft);
        var shownDefault = string.IsNullOrEmpty(defaultAnswer) ? "" : $" [{defaultAnswer}]";
        await output.WriteLineAsync($"\n{question.Prompt}{shownDefault}");
        while (await ReadAsync($"{question.Key}: ", cancellationToken) is { } typed)
        {
            if (typed == "?")
            {
                await output.WriteLineAsync(FormatHelp(question));
            }
            else
            {
                var answer = typed.Length == 0 ? defaultAnswer : FixApostrophes(typed);
                if (await TryAnswerAsync(question, answer))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private string FormatHelp(Question question)
    {
        if (question.GetChoices is not { } getChoices)
        {
            return question.Prompt;
        }

        var choices = getChoices(catalogue).Select(static choice => $"  {choice}");
        return string.Join('\n', choices);
    }

    private async Task<bool> TryAnswerAsync(Question question, string? answer)
    {
        if (question.Kind == AnswerKind.Flag && answer is not null)
        {
            if (answer.ToUpperInvariant() is not ("Y" or "YES" or "N" or "NO"))
            {
                await output.WriteLineAsync("Answer y or n.");
                return false;
            }

            var isYes = answer[0] is 'y' or 'Y';
            answer = isYes ? "true" : null;
        }

        if (answer is not null)
        {
            return await TrySetAsync(question, answer);
        }

        if (question.IsRequired(_draft))
        {
            await output.WriteLineAsync(DescribeMissing(question));
            return false;
        }

        return true;
    }

    private static string DescribeMissing(Question question)
    {
        const string Missing = "An answer is required.";
        if (question.GetChoices is null)
        {
            return Missing;
        }

        return $"{Missing} ? lists the possible answers.";
    }

    private async Task<bool> TrySetAsync(Question question, string answer)
    {
        _draft.Set(question.Key, answer, question.Kind);
        var isValid = true;
        foreach (var problem in validator.Validate(_draft, question))
        {
            var isError = problem.Severity == ProblemSeverity.Error;
            var label = "Warning";
            if (isError)
            {
                label = "Invalid";
                isValid = false;
            }

            await output.WriteLineAsync($"{label}: {problem.Message} {problem.Fix}");
        }

        if (!isValid)
        {
            _draft.Remove(question.Key);
        }

        return isValid;
    }

    /// <summary>Whether the catalogue has all entries as before, and the new one.</summary>
    private bool IsOnlyAddition(QuoteCatalogue after)
    {
        var expected = GetEntries(catalogue).Append((_draft["id"]!, _draft["text"]!.Normalize())).ToHashSet();
        return expected.SetEquals(GetEntries(after));
    }

    private static IEnumerable<(string Id, string Text)> GetEntries(QuoteCatalogue catalogue)
    {
        var quotes = catalogue.Quotes.Select(static quote => (quote.Id, quote.Text));
        return quotes.Concat(catalogue.Events.Select(static e => (e.Id, e.Text)));
    }

    private async Task<bool> AddAsync(string yaml)
    {
        if (!file.TryAppend(yaml))
        {
            await output.WriteLineAsync($"{questionnaire.FileName} was changed in the meantime.");
            return await CancelAsync("Start again, or add the entry by hand.");
        }

        await output.WriteLineAsync($"Added {_draft["id"]}. A running bot uses it within seconds.");
        return true;
    }

    private async Task<bool> CancelAsync(string message)
    {
        await output.WriteLineAsync($"Nothing was added. {message}".TrimEnd(' '));
        return false;
    }

    private async Task<string?> ReadAsync(string prompt, CancellationToken cancellationToken)
    {
        await output.WriteAsync(prompt);
        await output.FlushAsync(cancellationToken);
        // Reading from a terminal cannot be cancelled, so Ctrl+C abandons the read.
        var line = await Task.Run(input.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        return line?.Trim();
    }

    /// <summary>Replaces a straight apostrophe between two letters.</summary>
    private static string FixApostrophes(string typed) => StraightApostrophe().Replace(typed, "’");

    [GeneratedRegex(@"(?<=\p{L})'(?=\p{L})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex StraightApostrophe();
}
