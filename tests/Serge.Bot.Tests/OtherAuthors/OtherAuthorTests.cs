using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Tests.OtherAuthors;

/// <summary>A bot for another author names that author everywhere, and "Serge" only as the name of the
/// program.</summary>
public sealed partial class OtherAuthorTests : IDisposable
{
    private readonly CommandHome _home = new("2027-02-01 12:00");

    public OtherAuthorTests() => OtherAuthor.Write(_home.Folder);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task EveryCommandOfThePage_SucceedsAndNamesNoOtherAuthor()
    {
        Assert.Equal(4, OtherAuthor.Commands.Count);
        foreach (var command in OtherAuthor.Commands)
        {
            var result = await _home.RunAsync(command);

            Assert.True(result.ExitCode == 0, $"{string.Join(' ', command)}: {result.Output}{result.Error}");
            AssertNamesNoOtherAuthor(result.Output);
        }
    }

    [Fact]
    public async Task Check_OfThePagesFiles_HasNoProblem() =>
        Assert.Equal("3 quotations, 2 events, 3 sources: no problems.\n", (await _home.RunAsync("check")).Output);

    [Fact]
    public async Task Preview_OfAQuotationFromTheWorkItself_CreditsAuthorWorkAndYear() =>
        Assert.StartsWith(
            """
            Mastodon (off): 113 of 500 characters, unlisted, en
              “I light the lamp for ships that will never write back.”

              — Nora Quill, Diary of the Outer Rock, 1911

              #NoraQuill
            """,
            (await _home.RunAsync("preview", "ships-do-not-write-back")).Output,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Preview_OfAnEventWithItsQuotation_HasBothOnEachPlatform()
    {
        var preview = (await _home.RunAsync("preview", "wreck-of-the-petrel")).Output;

        Assert.Equal(2, CountOf("— Nora Quill, Diary of the Outer Rock, 1911", preview));
        Assert.Contains(
            "of 500 characters, unlisted, en, content warning “deaths at sea”\n  A hundred and twenty-five years ago today",
            preview,
            StringComparison.Ordinal
        );
        Assert.Contains("(Content warning: deaths at sea) ▒", preview, StringComparison.Ordinal);
        var markdown = (await _home.RunAsync("preview", "wreck-of-the-petrel", "--markdown")).Output;
        Assert.Contains("(Content warning: deaths at sea) ||The schooner Petrel", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_OfAYear_HasOnlyTheTagAndNameOfTheAuthor()
    {
        var plan = (await _home.JsonAsync("plan", "--days", "366")).EnumerateArray().ToArray();

        Assert.Contains(plan, post => post.GetProperty("items")[0].GetString() == "quill-born");
        Assert.All(plan, post => AssertNamesNoOtherAuthor(post.GetProperty("text").GetString()!));
        Assert.All(
            plan,
            post => Assert.Contains("#NoraQuill", post.GetProperty("text").GetString(), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Help_NamesTheAuthor()
    {
        var help = (await _home.RunAsync("--help")).Output;

        Assert.Contains(
            "Serge.Bot posts quotations of Nora Quill and events of the day on Discord and Mastodon.",
            help.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        AssertNamesNoOtherAuthor(help);
    }

    [Theory]
    [InlineData("quote")]
    [InlineData("event")]
    public async Task Add_AsksAboutTheAuthor(string what)
    {
        _home.Typed = "";

        AssertNamesNoOtherAuthor((await _home.RunAsync("add", what)).Output);
    }

    [Fact]
    public async Task Add_AnEvent_NamesTheAuthorInTheQuestionAboutItsKind()
    {
        _home.Typed = "1900\nIt happened.\n\n";

        Assert.Contains(
            "life (of Nora Quill, and books)",
            (await _home.RunAsync("add", "event")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Export_HasTheAuthor() => AssertNamesNoOtherAuthor((await _home.RunAsync("export")).Output);

    [Fact]
    public async Task SlashCommands_InEveryLanguage_NameTheAuthor()
    {
        var clock = new FakeTimeProvider(Some.Noon);
        await using var host = await WorkerHost.BuildAsync(
            new WorkerOptions
            {
                Home = _home.Folder,
                CreatesLedger = true,
                Overrides = new Dictionary<string, string?> { ["Discord:Token"] = "MTA.x.x" },
                Clocks = new Clocks(clock, clock),
                Random = new Random(1),
            },
            Stop
        );
        var commands = host.Services.GetRequiredService<InteractionDispatcher>().Commands;
        string[] descriptions =
        [
            .. commands.Select(command => command.Description),
            .. commands.SelectMany(command => command.DescriptionLocalizations.Values),
        ];

        Assert.Contains("A quotation of Nora Quill, with its source", descriptions);
        Assert.Contains("Une citation de Nora Quill, avec sa source", descriptions);
        Assert.Equal(6, descriptions.Count(text => text.Contains(OtherAuthor.Name, StringComparison.Ordinal)));
        Assert.All(descriptions, AssertNamesNoOtherAuthor);
    }

    [Fact]
    public async Task Answers_InEveryLanguage_NameTheAuthor()
    {
        CommandRunner runner = new(LiveCatalogue.Open(_home.Quotes), now: "2027-03-05 12:00");
        foreach (var strings in Strings.All)
        {
            var about = (await runner.AskAsync(strings, "about")).Text;
            Assert.Contains(OtherAuthor.Name, about, StringComparison.Ordinal);
            Assert.Contains("(1871–1919)", about, StringComparison.Ordinal);
            AssertNamesNoOtherAuthor(about);
            AssertNamesNoOtherAuthor((await runner.AskAsync(strings, "quote")).Text);
            AssertNamesNoOtherAuthor((await runner.AskAsync(strings, "on-this-day")).Text);
            AssertNamesNoOtherAuthor((await runner.AskAsync(strings, "timeline")).Text);
            AssertNamesNoOtherAuthor((await runner.AskAsync(strings, "topics")).Text);
            AssertNamesNoOtherAuthor((await runner.AskAsync(strings, "source", ("id", "quill-born"))).Text);
        }
    }

    /// <summary>No text in the program names an author.</summary>
    [Fact]
    public void Strings_OfEveryLanguage_NameNoAuthor() =>
        Assert.All(Strings.All, strings => Assert.All(StringsTests.Read(strings).Values, AssertNamesNoOtherAuthor));

    private static void AssertNamesNoOtherAuthor(string text) => Assert.DoesNotMatch(AuthorName(), text);

    private static int CountOf(string part, string text) => text.Split(part).Length - 1;

    /// <summary>"Serge", but not "Serge.Bot", the program.</summary>
    [GeneratedRegex(@"Serge(?!\.Bot)|Kibalchich|VictorSerge", RegexOptions.None, 60_000)]
    private static partial Regex AuthorName();
}
