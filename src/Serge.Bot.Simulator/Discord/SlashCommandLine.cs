namespace Serge.Bot.Simulator.Discord;

/// <summary>A parsed slash command: <c>/schedule set channel:#quotes text:to be or not to be</c>.</summary>
/// <param name="Words">The command and its subcommands.</param>
/// <param name="Options">The text of each option, which ends before the next <c>name:</c> of an option.</param>
internal sealed record SlashCommandLine(IReadOnlyList<string> Words, Localizations Options)
{
    /// <summary>Parses a line.</summary>
    /// <param name="line">The line, with or without the slash.</param>
    /// <param name="isOption">Whether a word before a colon is an option's name; other colons belong to values.</param>
    public static SlashCommandLine Parse(string line, Predicate<string> isOption)
    {
        List<string> words = [];
        Dictionary<string, string> options = [];
        string? option = null;
        foreach (var word in SplitWords(line))
        {
            var colon = word.IndexOf(':');
            if (colon > 0 && isOption(word[..colon]))
            {
                option = word[..colon];
                options[option] = word[(colon + 1)..];
            }
            else if (option is null)
            {
                words.Add(word);
            }
            else
            {
                options[option] = $"{options[option]} {word}".TrimStart();
            }
        }

        return new SlashCommandLine(words, options);
    }

    private static string[] SplitWords(string line)
    {
        var withoutSlash = line.TrimStart().TrimStart('/');
        return withoutSlash.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
