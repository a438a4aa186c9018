using System.Text.RegularExpressions;

namespace Serge.Bot.EndToEnd.Conversations;

/// <summary>A page of talk, see README.md here: what is indented by four spaces is said or done, the rest is prose.</summary>
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
                var said = Said().Match(line[4..]);
                parts.Add(
                    said.Success
                        ? new Entry(said.Groups["who"].Value, said.Groups["how"].Value, said.Groups["text"].Value)
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

    /// <summary>The page as it would be read.</summary>
    public override string ToString() => string.Join('\n', Parts) + "\n";

    [GeneratedRegex(@"^(?<who>Serge|Discord|Ada|Benoît)(?<how>[^:]*):\s*(?<text>.*)$", RegexOptions.None, 60_000)]
    private static partial Regex Said();
}

/// <summary>A line of prose, or a thing that is said or done.</summary>
internal abstract record Part;

/// <summary>A line for readers.</summary>
internal sealed record Prose(string Line) : Part
{
    public override string ToString() => Line;
}

/// <summary>One thing that is said or done.</summary>
/// <param name="Who">Serge, Discord itself, a member, or nobody: then it is a stage direction.</param>
/// <param name="How">What stands between the name and the colon, such as <c> to Ada</c>; or the stage direction.</param>
/// <param name="Text">What is said, over one or more lines.</param>
internal sealed record Entry(string Who, string How, string Text) : Part
{
    public bool IsAnswer => Who is "Serge" or "Discord";

    /// <summary>Whether what was said is what the page has; three dots on the page are anything.</summary>
    public bool Matches(Entry said) =>
        (Who, How) == (said.Who, said.How)
        && Regex.IsMatch(
            said.Text,
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
