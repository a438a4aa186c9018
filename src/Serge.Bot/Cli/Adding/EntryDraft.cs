using System.Text;

namespace Serge.Bot.Cli.Adding;

/// <summary>The answers for a new entry, and their YAML.</summary>
/// <param name="order">The keys in the order in which they are written.</param>
internal sealed class EntryDraft(IReadOnlyList<string> order)
{
    private readonly Dictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    private IEnumerable<string> Keys => order.Where(_answers.ContainsKey);

    /// <summary>The answer for a key; <see langword="null"/> if there is none.</summary>
    public string? this[string key] => _answers.GetValueOrDefault(key)?.Text;

    public void Set(string key, string text, AnswerKind kind) => _answers[key] = new Answer(text, kind);

    public void Remove(string key) => _answers.Remove(key);

    /// <summary>The line of a key in the entry, from 0.</summary>
    public int GetLine(string key) => Keys.TakeWhile(other => other != key).Count();

    /// <summary>The entry as YAML, each key on its own line.</summary>
    public string ToYaml()
    {
        StringBuilder yaml = new();
        foreach (var key in Keys)
        {
            var indent = "  ";
            if (yaml.Length == 0)
            {
                indent = "- ";
            }

            yaml.Append(indent).Append(key).Append(": ").Append(Format(_answers[key])).Append('\n');
        }

        return yaml.ToString();
    }

    private static string Format(Answer answer) =>
        answer.Kind switch
        {
            AnswerKind.List => FormatList(answer.Text),
            AnswerKind.Flag => answer.Text,
            AnswerKind.Plain when IsPlain(answer.Text) => answer.Text,
            _ => Quote(answer.Text),
        };

    private static string FormatList(string text)
    {
        var items = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return $"[{string.Join(", ", items.Select(FormatItem))}]";
    }

    private static string FormatItem(string item)
    {
        var isPlain = IsPlain(item) && item.IndexOfAny(['[', ']', '{', '}', ',', ':', '#']) < 0;
        if (isPlain)
        {
            return item;
        }

        return Quote(item);
    }

    /// <summary>Whether YAML certainly reads the text without quotation marks as it is.</summary>
    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || text.Any(char.IsControl))
        {
            return false;
        }

        var first = text[0];
        if (!char.IsLetterOrDigit(first) && first is not ('“' or '‘'))
        {
            return false;
        }

        var last = text[^1];
        if (char.IsWhiteSpace(last) || last == ':')
        {
            return false;
        }

        var hasKey = text.Contains(": ", StringComparison.Ordinal);
        var hasComment = text.Contains(" #", StringComparison.Ordinal);
        var isKeyword = text.ToUpperInvariant() is "NULL" or "TRUE" or "FALSE";
        return !hasKey && !hasComment && !isKeyword;
    }

    private static string Quote(string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }

    private sealed record Answer(string Text, AnswerKind Kind);
}

/// <summary>How an answer is written as YAML.</summary>
internal enum AnswerKind
{
    /// <summary>Text, in quotation marks only if YAML requires them.</summary>
    Plain,

    /// <summary>Text, always in quotation marks.</summary>
    Words,

    /// <summary>Names separated by commas.</summary>
    List,

    /// <summary><c>true</c>, or the key is left out.</summary>
    Flag,
}
