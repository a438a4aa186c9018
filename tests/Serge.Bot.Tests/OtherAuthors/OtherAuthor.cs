using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Serge.Bot.Tests.OtherAuthors;

/// <summary>The example of <c>docs/other-authors.md</c>: a second corpus, and the commands of the page.</summary>
internal static partial class OtherAuthor
{
    public const string Name = "Nora Quill";

    /// <summary>The commands of the page that begin with <c>serge</c>, without <c>serge</c> and
    /// <c>--home</c>.</summary>
    public static IReadOnlyList<string[]> Commands =>
        [
            .. ReadPage()
                .Split('\n')
                .Where(line => line.StartsWith("serge ", StringComparison.Ordinal))
                .Select(line => line["serge ".Length..].Replace(" --home ~/quill", "", StringComparison.Ordinal))
                .Select(line => line.Split(' ')),
        ];

    /// <summary>Writes the files of the page into a home folder, in which no file of another author remains.</summary>
    public static void Write(string home)
    {
        var quotes = Path.Combine(home, "quotes");
        if (Directory.Exists(quotes))
        {
            Directory.Delete(quotes, recursive: true);
        }

        Directory.CreateDirectory(quotes);
        foreach (Match match in File().Matches(ReadPage()))
        {
            System.IO.File.WriteAllText(Path.Combine(home, match.Groups["path"].Value), match.Groups["text"].Value);
        }
    }

    private static string ReadPage([CallerFilePath] string path = "")
    {
        var repository = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../.."));
        return System.IO.File.ReadAllText(Path.Combine(repository, "docs/other-authors.md"));
    }

    /// <summary>A heading that ends with the path of a file, and the first block below it.</summary>
    [GeneratedRegex(
        "^## [^\\n]*`(?<path>[\\w/.]+)`\\n[^`]*(`[^`\\n]+`[^`]*)*```\\w+\\n(?<text>.*?)```",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline,
        5000
    )]
    private static partial Regex File();
}
