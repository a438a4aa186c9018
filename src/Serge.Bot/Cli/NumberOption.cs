using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary>Options that are whole numbers.</summary>
internal static class NumberOption
{
    /// <summary>A number from 1 to a maximum.</summary>
    /// <param name="name">Its name, such as <c>--days</c>.</param>
    /// <param name="defaultValue">Its value when it is not given.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="description">What it means, without its range.</param>
    public static Option<int> Create(string name, int defaultValue, int max, string description) =>
        new(name)
        {
            Description = $"{description}, 1 to {max}.",
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result => Parse(result, name, max),
        };

    /// <summary>The id of something on Discord: digits.</summary>
    public static Option<ulong> CreateId(string name, string description) =>
        new(name)
        {
            Description = description,
            Required = true,
            CustomParser = result => ParseId(result, name),
        };

    private static int Parse(ArgumentResult result, string name, int max)
    {
        var text = result.Tokens.Single().Value;
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1
            && number <= max
        )
        {
            return number;
        }

        result.AddError($"{name} = \"{VisibleText.OfInput(text)}\" is invalid. Write a number from 1 to {max}.");
        return 0;
    }

    private static ulong ParseId(ArgumentResult result, string name)
    {
        var text = result.Tokens.Single().Value;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
        {
            return id;
        }

        result.AddError(
            $"{name} = \"{VisibleText.OfInput(text)}\" is not an id. Write its digits, such as 1234567890."
        );
        return 0;
    }
}
