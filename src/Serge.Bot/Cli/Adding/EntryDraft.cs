using System.Text;

namespace Serge.Bot.Cli.Adding;

/// <summary>An entry of a quote file on its way: the answers so far, and how they are written.</summary>
/// <param name="order">The keys in the order in which they are written.</param>
internal sealed class EntryDraft(IReadOnlyList<string> order)
{
    private readonly Dictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    /// <summary>What was answered; <see langword="null"/> when nothing was.</summary>
    public string? this[string key] => _answers.TryGetValue(key, out var answer) ? answer.Text : null;

    /// <summary>Takes an answer, in place of one that was there.</summary>
    public void Set(string key, string text, AnswerKind kind) => _answers[key] = new(text, kind);

    /// <summary>Takes an answer back.</summary>
    public void Remove(string key) => _answers.Remove(key);

    /// <summary>In which line of the entry a key stands, from 0; each key takes one.</summary>
    public int LineOf(string key) => Keys().TakeWhile(other => other != key).Count();

    /// <summary>The entry as tidy YAML, with a line feed at the end of each line.</summary>
    public string ToYaml()
    {
        StringBuilder yaml = new();
        foreach (var key in Keys())
        {
            yaml.Append(yaml.Length == 0 ? "- " : "  ")
                .Append(key)
                .Append(": ")
                .Append(Written(_answers[key]))
                .Append('\n');
        }

        return yaml.ToString();
    }

    private IEnumerable<string> Keys() => order.Where(_answers.ContainsKey);

    private static string Written(Answer answer) =>
        answer.Kind switch
        {
            AnswerKind.List =>
                $"[{string.Join(", ", Items(answer.Text).Select(static item => IsPlain(item, inList: true) ? item : Quoted(item)))}]",
            AnswerKind.Flag => answer.Text,
            AnswerKind.Plain when IsPlain(answer.Text, inList: false) => answer.Text,
            _ => Quoted(answer.Text),
        };

    private static string[] Items(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether YAML would read the text as it stands; where there is a doubt it would not.</summary>
    private static bool IsPlain(string text, bool inList) =>
        text.Length > 0
        && (char.IsLetterOrDigit(text[0]) || text[0] is '“' or '‘')
        && !char.IsWhiteSpace(text[^1])
        && text[^1] != ':'
        && !text.Contains(": ", StringComparison.Ordinal)
        && !text.Contains(" #", StringComparison.Ordinal)
        && !text.Any(char.IsControl)
        && (!inList || text.IndexOfAny(['[', ']', '{', '}', ',', ':', '#']) < 0)
        && text.ToUpperInvariant() is not ("NULL" or "TRUE" or "FALSE");

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private sealed record Answer(string Text, AnswerKind Kind);
}

/// <summary>How an answer is written.</summary>
internal enum AnswerKind
{
    /// <summary>Text, in quotation marks only where YAML needs them.</summary>
    Plain,

    /// <summary>The words of a quotation, always in quotation marks.</summary>
    Words,

    /// <summary>Names, with commas between them.</summary>
    List,

    /// <summary>True, or not at all.</summary>
    Flag,
}
