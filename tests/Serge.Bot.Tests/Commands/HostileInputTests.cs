using System.Text.RegularExpressions;
using CsCheck;

namespace Serge.Bot.Tests.Commands;

/// <summary>For any input of a member and any content of the quote files, no reply pings, links, or contains markdown
/// that the bot did not write.</summary>
public sealed partial class HostileInputTests : IDisposable
{
    private const string HostileText =
        "@everyone <@123> [nitro](https://evil.example) **b** __u__ ~~s~~ ||x|| `c` # h discord://x <#5> <t:1:R> </a:1> \\";

    private static readonly string[] Pieces =
    [
        "@everyone",
        "@here",
        "<@1>",
        "<@!1>",
        "<@&1>",
        "<#1>",
        "<:a:1>",
        "<a:a:1>",
        "<t:1:R>",
        "</quote:1>",
        "<id:guide>",
        "[a](https://evil.example)",
        "https://evil.example",
        "HTTP://EVIL.EXAMPLE",
        "discord://x",
        "<https://evil.example>",
        "**",
        "*",
        "_",
        "__",
        "~~",
        "||",
        "`",
        "```",
        "\\",
        "# ",
        "-# ",
        "- ",
        "1. ",
        "> ",
        ">>> ",
        "\n",
        "\r\n",
        "\u2028",
        "\u202E",
        "\uD800",
        "\uFFFE",
        "\0",
        "end-commands-means",
        "within-us",
        "1 February",
        "1933",
        "revolution",
        "words",
        " ",
        "”",
        "»",
        ":",
        "é",
        "{0}",
        "𝔖",
    ];

    private static readonly Gen<string> Typed = Gen.Int[0, Pieces.Length - 1]
        .Select(index => Pieces[index])
        .List[1, 8]
        .Select(string.Concat);

    private readonly TestCatalogue _catalogue = new();
    private readonly CommandRunner _runner;

    public HostileInputTests()
    {
        // The files contain characters to escape, too: a text, a context, a title and an event full of special
        // characters.
        _catalogue.Write(
            "quotes.yaml",
            TestCatalogue
                .Quotes.Replace(
                    "Totalitarianism is within us.",
                    Yaml($"Totalitarianism is within us. {HostileText}"),
                    StringComparison.Ordinal
                )
                .Replace("Said to fellow Bolsheviks.", $"'{HostileText}'", StringComparison.Ordinal)
        );
        ReplaceText("events.yaml", "Something happened on a leap day.", $"'Something happened. {HostileText}'");
        ReplaceText("sources.yaml", "title: Memoirs of a Revolutionary", $"title: 'Memoirs {HostileText}'");
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());
        _runner = new CommandRunner(
            _catalogue.Live,
            about: new AboutSettings { Operator = HostileText, Contact = HostileText }
        );
    }

    /// <summary>Every text option of every command; a new command is included automatically.</summary>
    public static TheoryData<string, string> TextOptions
    {
        get
        {
            using var catalogue = new TestCatalogue();
            return
            [
                .. new CommandRunner(catalogue.Live).Definitions.SelectMany(command =>
                    command
                        .Options.Where(option => option.Type == CommandOptionType.Text)
                        .Select(option => (command.Name, option.Name))
                ),
            ];
        }
    }

    public static TheoryData<string> Commands
    {
        get
        {
            using var catalogue = new TestCatalogue();
            var slashCommands = new CommandRunner(catalogue.Live).Definitions.Where(command =>
                command.Type == CommandType.Slash
            );
            return [.. slashCommands.Select(command => command.Name)];
        }
    }

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [MemberData(nameof(TextOptions))]
    public async Task Command_WithAnyTextInAnOption_ReportsNothingButItsOwn(string command, string option) =>
        await Typed.SampleAsync(
            async text =>
            {
                foreach (var strings in Strings.All)
                {
                    AssertHarmless(await _runner.AskAsync(strings, command, (option, text)));
                    Assert.All(
                        await _runner.CompleteAsync(command, option, text, strings),
                        choice =>
                        {
                            Assert.InRange(choice.Name.Length, 1, 100);
                            Assert.InRange(choice.Value.Length, 1, 100);
                        }
                    );
                }
            },
            iter: 100
        );

    [Fact]
    public async Task Check_OfAnyMessage_ReportsNothingButItsOwn() =>
        await Typed.SampleAsync(
            async text =>
            {
                AssertHarmless(await _runner.CheckAsync(text));
                AssertHarmless(await _runner.CheckAsync($"One can {text} leave a Party!", Strings.French));
            },
            iter: 100
        );

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Press_OnAButtonOfAnyMake_ReportsNothingButItsOwn(string command) =>
        await Typed.SampleAsync(async text => AssertHarmless(await _runner.PressAsync($"{command}:{text}")), iter: 100);

    [Theory]
    [InlineData("quote", "id", "within-us")]
    [InlineData("quote", "id", "leave-a-party")]
    [InlineData("quote", "id", "end-commands-means")]
    [InlineData("source", "id", "within-us")]
    [InlineData("source", "id", "end-commands-means")]
    [InlineData("source", "id", "leap")]
    [InlineData("on-this-day", "date", "29 February")]
    [InlineData("on-this-day", "date", "15 June")]
    [InlineData("timeline", "from", "1900")]
    public async Task Answer_FromFilesFullOfSigns_ShowsThemAsTheyAre(string command, string option, string value)
    {
        var shown = await _runner.AskAsync(command, (option, value));

        AssertHarmless(shown);
        Assert.Contains("nitro", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task About_WithANameFullOfSigns_ShowsThemAsTheyAre() =>
        AssertHarmless(await _runner.AskAsync("about"));

    /// <summary>The reply without the bot's own markup contains no character that Discord would interpret.</summary>
    private static void AssertHarmless(ShownReply shown)
    {
        Assert.InRange(shown.Text.EnumerateRunes().Count(), 1, 2000);
        Assert.All(shown.Buttons, button => Assert.InRange(button.CustomId.Length, 1, 100));
        foreach (var line in shown.Text.Split('\n'))
        {
            var rest = OurOwn().Replace(Escaped().Replace(line, ""), "");
            Assert.False(Interpreted().IsMatch(rest), $"{rest}\n  of\n{shown.Text}");
        }
    }

    /// <summary>A backslash and the character that it escapes.</summary>
    [GeneratedRegex(@"\\[^A-Za-z0-9\s]", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Escaped();

    /// <summary>The bot's own markup: links, commands and ids in code, titles in italics, headings in bold, remarks at
    /// the beginning of a line, differences in bold in a list.</summary>
    [GeneratedRegex(
        @"^-# |^- (?=`/|collection: |recueil)|^[1-5]\. (?=“)|(?<=^- .*)\*\*[^*]+\*\*|<https://(discord\.com/oauth2/authorize|books\.example)[^<>\s]*>|`/?[\p{L}0-9: ~%?/.-]+`|(?<!\*)\*[^*]+\*(?!\*)|^\*\*[^*]+\*\*$",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex OurOwn();

    [GeneratedRegex(
        @"[*_`~|<>\[\]@\\]|^\s*(#|-\s|-#|\d+\.\s)|\w://",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Interpreted();

    private void ReplaceText(string file, string words, string by)
    {
        var path = Path.Combine(_catalogue.Folder, file);
        File.WriteAllText(path, File.ReadAllText(path).Replace(words, by, StringComparison.Ordinal));
    }

    private static string Yaml(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal);
}
