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
    /// <summary>Typed instead of an answer.</summary>
    private const string BackSign = "<";

    /// <summary>Removes an earlier answer.</summary>
    private const string ClearSign = "-";

    private const string InputEnded = "The input ended early.";

    private readonly EntryDraft _draft = new(questionnaire.Order);

    /// <summary>What was typed for each key, which is the default after going back.</summary>
    private readonly Dictionary<string, string> _typed = new(StringComparer.Ordinal);

    /// <summary>The questions that were answered, the last one on top, as indexes.</summary>
    private readonly Stack<int> _answered = new();

    private int _next;

    /// <returns>Whether an entry was added.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(
            $"A new {questionnaire.Title}. Enter skips an optional question, ? lists the possible answers and ?part "
                + "those "
                + $"with this part, {BackSign} goes back to the previous question, Ctrl+C cancels without changes."
        );
        while (await AskAllAsync(cancellationToken))
        {
            var yaml = _draft.ToYaml();
            if (!await ShowAsync(yaml))
            {
                return false;
            }

            var answer = await ReadAsync($"Add it to {questionnaire.FileName}? [Y/n] ", cancellationToken);
            switch (answer?.ToUpperInvariant())
            {
                case "" or "Y" or "YES":
                    return await AddAsync(yaml);
                case BackSign:
                    await GoBackAsync();
                    break;
                case null:
                    return await CancelAsync(InputEnded);
                default:
                    return await CancelAsync("");
            }
        }

        return await CancelAsync(InputEnded);
    }

    /// <summary>Shows the entry and its warnings.</summary>
    /// <returns>False if it cannot be added.</returns>
    private async Task<bool> ShowAsync(string yaml)
    {
        var (read, problems) = validator.Read(yaml);
        if (read is null || !EntryValidator.IsOnlyAddition(catalogue, _draft, read))
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

        return true;
    }

    /// <summary>Asks the questions that are left.</summary>
    /// <returns>False if the input has ended.</returns>
    private async Task<bool> AskAllAsync(CancellationToken cancellationToken)
    {
        while (_next < questionnaire.Questions.Count)
        {
            var question = questionnaire.Questions[_next];
            if (question.IsAsked(_draft))
            {
                switch (await AskAsync(question, cancellationToken))
                {
                    case Step.End:
                        return false;
                    case Step.Back:
                        await GoBackAsync();
                        continue;
                    default:
                        _answered.Push(_next);
                        break;
                }
            }

            _next++;
        }

        return true;
    }

    /// <summary>Removes the last answer, so that its question is the next one. Later answers are not in the
    /// draft.</summary>
    private async Task GoBackAsync()
    {
        if (!_answered.TryPop(out var last))
        {
            await output.WriteLineAsync("This is the first question.");
            return;
        }

        _next = last;
        _draft.Remove(questionnaire.Questions[last].Key);
    }

    /// <summary>Asks until the answer is valid.</summary>
    private async Task<Step> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var earlier = _typed.GetValueOrDefault(question.Key);
        var defaultAnswer = earlier ?? question.Default(_draft);
        var shownDefault = string.IsNullOrEmpty(defaultAnswer) ? "" : $" [{defaultAnswer}]";
        var hint = earlier is null ? "" : $" ({ClearSign} removes this answer)";
        await output.WriteLineAsync($"\n{question.Prompt}{shownDefault}{hint}");
        while (await ReadAsync($"{question.Key}: ", cancellationToken) is { } typed)
        {
            if (typed == BackSign)
            {
                return Step.Back;
            }

            if (typed.StartsWith('?'))
            {
                var part = typed[1..].Trim();
                await output.WriteLineAsync(FormatHelp(question, part));
            }
            else if (await TryTypedAsync(question, typed, defaultAnswer))
            {
                return Step.Next;
            }
        }

        return Step.End;
    }

    private async Task<bool> TryTypedAsync(Question question, string typed, string? defaultAnswer)
    {
        if (typed == ClearSign && _typed.Remove(question.Key))
        {
            return await TryAnswerAsync(question, question.Default(_draft));
        }

        if (typed.Length == 0)
        {
            return await TryAnswerAsync(question, defaultAnswer);
        }

        var isValid = await TryAnswerAsync(question, FixApostrophes(typed));
        if (isValid)
        {
            _typed[question.Key] = FixApostrophes(typed);
        }

        return isValid;
    }

    private string FormatHelp(Question question, string part)
    {
        if (question.GetChoices is not { } getChoices)
        {
            return question.Prompt;
        }

        return ChoiceList.Format(getChoices(catalogue), part);
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
            await SuggestAsync(question, answer);
        }

        return isValid;
    }

    private async Task SuggestAsync(Question question, string answer)
    {
        if (question.GetChoices is { } getChoices && ChoiceList.Suggest(getChoices(catalogue), answer) is { } choices)
        {
            await output.WriteLineAsync(choices);
        }
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

    [GeneratedRegex(@"(?<=\p{L})'(?=\p{L})", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex StraightApostrophe();

    /// <summary>What follows a question.</summary>
    private enum Step
    {
        Next,
        Back,
        End,
    }
}
