using System.Text.RegularExpressions;

namespace Serge.Bot.EndToEnd.Conversations;

/// <summary>A page of talk, see README.md here: what is indented by four spaces, one entry for each thing that is said or done.</summary>
/// <param name="Entries">In order.</param>
internal sealed partial record Script(IReadOnlyList<Entry> Entries)
{
    public static Script Read(string page)
    {
        List<Entry> entries = [];
        foreach (var line in page.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal) && line.Trim().Length > 0).Select(line => line[4..]))
        {
            if (line[0] == ' ')
            {
                entries[^1] = entries[^1] with { Text = $"{entries[^1].Text}\n{line.Trim()}".TrimStart('\n') };
            }
            else if (Said().Match(line) is { Success: true } said)
            {
                entries.Add(new Entry(said.Groups["who"].Value, said.Groups["how"].Value, said.Groups["text"].Value));
            }
            else
            {
                entries.Add(new Entry("", line, ""));
            }
        }

        return new Script(entries);
    }

    [GeneratedRegex(@"^(?<who>Serge|Ada|Benoît)(?<how>[^:]*):\s*(?<text>.*)$", RegexOptions.None, 1000)]
    private static partial Regex Said();
}

/// <summary>One thing that is said or done.</summary>
/// <param name="Who">Serge, a member, or nobody: then it is a stage direction.</param>
/// <param name="How">What stands between the name and the colon, such as <c> to Ada</c>; or the stage direction.</param>
/// <param name="Text">What is said, over one or more lines.</param>
internal sealed partial record Entry(string Who, string How, string Text)
{
    public bool IsAnswer => Who == "Serge";

    /// <summary>Whether what was said is what the page has.</summary>
    public bool Matches(Entry said) => How == said.How && Regex.IsMatch(
        said.Text, $"^{string.Join(".*?", Text.Split("...").Select(Regex.Escape))}$", RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    public override string ToString()
    {
        var opening = Who.Length > 0 ? $"{Who}{How}: " : How;
        return $"    {opening}{Text.Replace("\n", "\n" + new string(' ', opening.Length + 4), StringComparison.Ordinal)}";
    }
}
