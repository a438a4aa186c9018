using System.Text;

namespace Serge.Bot.Fuzz;

/// <summary>Changes samples. The same seed gives the same inputs.</summary>
internal sealed class Mutator(IFuzzTarget target, int seed)
{
    private const int MaxLength = 20_000;
    private const int MaxChanges = 6;

    /// <summary>Inputs that often cause errors in parsers of any format.</summary>
    private static readonly string[] CommonTokens =
    [
        "null",
        "true",
        "-1",
        "0",
        "1e309",
        "-0.0",
        "99999999999999999999",
        "9223372036854775808",
        "18446744073709551615",
        "\"\"",
        "[]",
        "{}",
        "[null]",
        "{\"\":null}",
        "\"\\ud83d\"",
        "\\ud83d",
        "\\u0000",
        "\u0000",
        "\u001b[31m",
        "\u200b",
        "\u00a0",
        "\u202e",
        "\ufeff",
        "\n",
        "\r\n",
        "\t",
        " ",
        ":",
        ",",
        "\"",
        "'",
        "\\",
        "/",
        "%",
        "{",
        "}",
        "[",
        "]",
        "<",
        ">",
        "&",
        "*",
        "|",
        "-",
        "_",
        "@",
        "#",
        "!",
        "?",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z",
        "é",
        "👩‍🔬",
    ];

    private readonly Random _random = new(seed ^ GetHash(target.Name));

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        List<byte> input = [.. Encoding.UTF8.GetBytes(Pick(target.Seeds))];
        for (var changes = _random.Next(1, MaxChanges + 1); changes > 0; changes--)
        {
            Change(input);
        }

        if (input.Count > MaxLength)
        {
            input.RemoveRange(MaxLength, input.Count - MaxLength);
        }

        return [.. input];
    }

    private void Change(List<byte> input)
    {
        var at = _random.Next(input.Count + 1);
        switch (_random.Next(8))
        {
            case 0 when at < input.Count:
                input[at] = (byte)_random.Next(256);
                break;
            case 1:
                input.RemoveRange(at, Math.Min(_random.Next(1, 20), input.Count - at));
                break;
            case 2:
                var copied = input.GetRange(at, Math.Min(_random.Next(1, 200), input.Count - at));
                input.InsertRange(_random.Next(input.Count + 1), copied);
                break;
            case 3:
                input.RemoveRange(at, input.Count - at);
                break;
            case 4 or 5:
                ReplaceValue(input, at);
                break;
            default:
                input.InsertRange(at, GetToken());
                break;
        }
    }

    /// <summary>Replaces the text after a colon or a space, up to the end of the value.</summary>
    private void ReplaceValue(List<byte> input, int from)
    {
        var start = input.FindIndex(from, static b => b is (byte)':' or (byte)' ') + 1;
        if (start == 0)
        {
            return;
        }

        var end = input.FindIndex(
            start,
            static b => b is (byte)',' or (byte)'}' or (byte)']' or (byte)'\n' or (byte)' '
        );
        input.RemoveRange(start, (end < 0 ? input.Count : end) - start);
        input.InsertRange(start, GetToken());
    }

    private byte[] GetToken()
    {
        if (_random.Next(40) == 0)
        {
            return Encoding.UTF8.GetBytes(new string((char)_random.Next('!', '~'), _random.Next(5000)));
        }

        var isCommon = target.Tokens.Count == 0 || _random.Next(2) == 0;
        return Encoding.UTF8.GetBytes(Pick(isCommon ? CommonTokens : target.Tokens));
    }

    private string Pick(IReadOnlyList<string> texts) => texts[_random.Next(texts.Count)];

    /// <summary>Unlike <see cref="string.GetHashCode()"/>, the result is the same in every process.</summary>
    private static int GetHash(string name) => name.Aggregate(17, static (hash, letter) => (hash * 31) + letter);
}
