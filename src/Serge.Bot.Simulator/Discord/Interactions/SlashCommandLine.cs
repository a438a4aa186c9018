namespace Serge.Bot.Simulator.Discord.Interactions;

/// <summary>A slash command as it is typed: <c>/schedule set channel:#quotes text:to be or not to be</c>.</summary>
/// <param name="Words">The command and its subcommands.</param>
/// <param name="Options">What was typed into each option; a value goes on to the next <c>name:</c> that is an option's.</param>
internal sealed record SlashCommandLine(IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>Splits a line.</summary>
    /// <param name="line">With or without the slash.</param>
    /// <param name="isOption">Whether a word before a colon is an option's name; other colons belong to values.</param>
    public static SlashCommandLine Parse(string line, Predicate<string> isOption)
    {
        List<string> words = [];
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        string? current = null;
        foreach (var word in line.TrimStart().TrimStart('/').Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && isOption(word[..colon]))
            {
                current = word[..colon];
                options[current] = word[(colon + 1)..];
            }
            else if (current is not null)
            {
                options[current] = options[current].Length == 0 ? word : $"{options[current]} {word}";
            }
            else
            {
                words.Add(word);
            }
        }

        return new SlashCommandLine(words, options);
    }
}
