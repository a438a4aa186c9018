using System.Text;

namespace Serge.Bot.Fuzz;

/// <summary>Code that reads input from outside.</summary>
internal interface IFuzzTarget
{
    /// <summary>The value of the option <c>--target</c>.</summary>
    string Name { get; }

    /// <summary>Real samples, which the fuzzer changes.</summary>
    IReadOnlyList<string> Seeds { get; }

    /// <summary>Tokens that have a meaning in the format; inserted unchanged.</summary>
    IReadOnlyList<string> Tokens { get; }

    /// <summary>Reads the input. Documented exceptions are caught here; any other exception is an escape.</summary>
    Task RunAsync(byte[] input, CancellationToken cancellationToken);
}

/// <summary>Decodes inputs.</summary>
internal static class Input
{
    /// <summary>Decodes text as the code behind a decoder receives it; <c>\uXXXX</c> becomes that UTF-16 unit, so that
    /// halves of surrogate pairs occur.</summary>
    public static string ToText(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        StringBuilder decoded = new(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isUnit = text[i] == '\\' && i + 5 < text.Length && text[i + 1] == 'u';
            if (
                isUnit
                && ushort.TryParse(
                    text.AsSpan(i + 2, 4),
                    System.Globalization.NumberStyles.HexNumber,
                    null,
                    out var unit
                )
            )
            {
                decoded.Append((char)unit);
                i += 5;
            }
            else
            {
                decoded.Append(text[i]);
            }
        }

        return decoded.ToString();
    }
}
