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

    /// <summary>Adds texts by locale, sorted by locale, without those that equal the default text. Discord ignores
    /// these, so its list of commands may lack them.</summary>
    /// <remarks>Source: Discord docs, Interactions/Application Commands, Localization.</remarks>
    public void AddLocalizations(string? defaultText, IReadOnlyDictionary<string, string>? texts)
    {
        var localized = texts ?? ReadOnlyDictionary<string, string>.Empty;
        foreach (var (locale, text) in localized.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (text != defaultText)
            {
                Add("in", locale, text);
            }
        }
    }

    public override string ToString() => _text.ToString();
}
