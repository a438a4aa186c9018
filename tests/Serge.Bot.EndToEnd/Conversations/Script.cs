using System.Text.RegularExpressions;

namespace Serge.Bot.EndToEnd.Conversations;

/// <summary>A script of a conversation; see README.md in this folder. Indented lines (four spaces) are executed, the
/// others are explanations.</summary>
/// <param name="Parts">In order.</param>
internal sealed partial record Script(IReadOnlyList<Part> Parts)
{
    public static Script Read(string page)
    {
        List<Part> parts = [];
        foreach (var line in page.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (!line.StartsWith("    ", StringComparison.Ordinal))
            {
                parts.Add(new Prose(line));
            }
            else if (line[4] != ' ')
            {
                var match = EntryLine().Match(line[4..]);
                parts.Add(
                    match.Success
                        ? new Entry(match.Groups["who"].Value, match.Groups["how"].Value, match.Groups["text"].Value)
                        : new Entry("", line[4..], "")
                );
            }
            else if (parts is [.., Entry entry])
            {
                parts[^1] = entry with { Text = $"{entry.Text}\n{line.Trim()}" };
            }
        }

        return new Script(parts);
    }

    /// <summary>The text of the script.</summary>
    public override string ToString() => string.Join('\n', Parts) + "\n";

    [GeneratedRegex(@"^(?<who>Serge|Discord|Ada|Benoît)(?<how>[^:]*):\s*(?<text>.*)$", RegexOptions.None, 60_000)]
    private static partial Regex EntryLine();
}

/// <summary>An explanation or an entry.</summary>
internal abstract record Part;

/// <summary>A line of explanation.</summary>
internal sealed record Prose(string Line) : Part
{
    public override string ToString() => Line;
}

/// <summary>One message or instruction.</summary>
/// <param name="Who">Serge, Discord itself or a member; empty for an instruction.</param>
/// <param name="How">The text between the name and the colon, such as <c> to Ada</c>; or the instruction.</param>
/// <param name="Text">The message, on one or more lines.</param>
internal sealed record Entry(string Who, string How, string Text) : Part
{
    public bool IsAnswer => Who is "Serge" or "Discord";

    /// <summary>Whether the actual message matches the script, in which three dots stand for any text.</summary>
    public bool Matches(Entry match) =>
        (Who, How) == (match.Who, match.How)
        && Regex.IsMatch(
            match.Text,
            $"^{string.Join(".*?", Text.Split("...").Select(Regex.Escape))}$",
            RegexOptions.Singleline | RegexOptions.CultureInvariant,
            TimeSpan.FromMinutes(1)
        );

    public override string ToString()
    {
        var opening = Who.Length > 0 ? $"    {Who}{How}: " : $"    {How}";
        return opening + Text.Replace("\n", "\n" + new string(' ', opening.Length), StringComparison.Ordinal);
    }
}
