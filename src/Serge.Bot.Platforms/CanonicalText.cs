using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;

namespace Serge.Bot.Platforms;

/// <summary>Writes values as one text, so that two objects are equal exactly if their texts are equal.</summary>
public sealed class CanonicalText
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds values. Each is preceded by its length, so that a text cannot contain a separator.</summary>
    public void Add(params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            var text = value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);

            _text.Append(CultureInfo.InvariantCulture, $"{text?.Length}:{text};");
        }
    }

    /// <summary>Adds texts by locale, sorted by locale.</summary>
    public void AddLocalizations(IReadOnlyDictionary<string, string>? texts)
    {
        foreach (
            var (locale, text) in (texts ?? ReadOnlyDictionary<string, string>.Empty).OrderBy(
                pair => pair.Key,
                StringComparer.Ordinal
            )
        )
        {
            Add("in", locale, text);
        }
    }

    public override string ToString() => _text.ToString();
}
