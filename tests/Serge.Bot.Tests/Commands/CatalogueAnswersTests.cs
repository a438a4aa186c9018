using System.Globalization;
using System.Text;

namespace Serge.Bot.Tests.Commands;

/// <summary>The complete replies of the catalogue commands in both languages, approved by a person.</summary>
public sealed class CatalogueAnswersTests : IDisposable
{
    private const string MoreEvents = """
        - id: kronstadt
          date: 1921-03
          text: The garrison of Kronstadt rose against the government.
          kind: context
          mentionedBy: [cunningham]
          sources: [rière]
          status: sure
        - id: arrest
          date: 1933-03-08
          text: Serge was arrested in Leningrad.
          kind: life
          sources: [rière]
          status: disputed
          note: Some sources say 9 March.
        - id: october
          date: 1917-11-07
          oldStyle: 1917-10-25
          text: The Bolsheviks took power in Petrograd.
          kind: context
          mentionedBy: [cunningham]
          sources: [rière, chronology]
          status: likely
          note: The rising began the night before.
        - id: congress
          date: 1917-11-07
          text: The Second Congress of Soviets opened.
          kind: context
          mentionedBy: [cunningham]
          sources: [cunningham]
          status: sure

        """;

    private const string MoreSources = """
        - id: rière
          kind: reference
          title: Biographical Note
          author: Jean Rière
          published: 1991
          url: https://example.org/riere
        - id: chronology
          kind: reference
          title: A chronology

        """;

    private readonly TestCatalogue _catalogue = new();
    private readonly StringBuilder _answers = new();
    private readonly CommandRunner _runner;

    public CatalogueAnswersTests()
    {
        Append("events.yaml", MoreEvents.Replace("rière", "riere", StringComparison.Ordinal));
        Append("sources.yaml", MoreSources.Replace("id: rière", "id: riere", StringComparison.Ordinal));
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());
        var about = new AboutSettings
        {
            Operator = "A *Historian*",
            Contact = "serge@example.org",
            SourceCode = new Uri("https://example.org/serge"),
            Privacy = new Uri("https://example.org/privacy.html"),
        };
        _runner = new CommandRunner(_catalogue.Live, now: "2027-02-01 12:00", about: about);
    }

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("en-GB", "catalogue.en.approved.txt")]
    [InlineData("fr", "catalogue.fr.approved.txt")]
    public async Task EveryAnswer_IsAsApproved(string locale, string file)
    {
        var strings = Strings.For(locale);
        string[] commands =
        [
            "quote id=end-commands-means",
            "quote id=within-us private=true",
            "quote id=leave-a-party",
            "quote topic=power",
            "quote search=fellow",
            "quote id=leave-a-partty",
            "quote id=zzz",
            "quote topic=partty",
            "quote topic=zzz",
            "quote search=xylophone",
            "quote topic=party search=xylophone",
            "on-this-day",
            "on-this-day date=8 March",
            "on-this-day date=7 Nov",
            "on-this-day date=29 February",
            "on-this-day date=15 March",
            "on-this-day date=soon",
            "on-this-day date=31 February",
            "timeline",
            "timeline from=1917 to=1921",
            "timeline to=1900",
            "timeline from=1917",
            "timeline from=March 1921 to=1917",
            "timeline from=1950",
            "timeline from=soon",
            "timeline to=31 April 1917",
            "topics",
            "source id=end-commands-means",
            "source id=within-us",
            "source id=arrest",
            "source id=october",
            "source id=kronstadt",
            "source id=zzz",
            "source id=octobre",
            "about",
        ];
        foreach (var command in commands)
        {
            var (name, options) = Parse(command);
            Write($"/{command}", await _runner.AskAsync(strings, name, options));
        }

        string[] messages =
        [
            "I like “[T]he end, far from justifying the means, commands its own means.”",
            "> one can leave a party",
            "“far from justifying the means”",
            "The end, never justifying the means, commands its own *ways*. <@1>",
            "\"Totalitarianism is within us\" and: one can leave the Party!",
            "Liberty is the mother, not the daughter, of order.",
            "the end",
            "<:serge:1> https://example.org/picture.png",
        ];
        foreach (var message in messages)
        {
            Write($"(message) {message}", await _runner.CheckAsync(message, strings));
        }

        foreach (
            var customId in new[] { "quote:x", "timeline:1917:1921:1", "timeline:x", "source:within-us", "source:x" }
        )
        {
            Write($"[{customId}]", await _runner.PressAsync(customId, strings));
        }

        _catalogue.Live.Withdraw(
            _catalogue.Live.Unfiltered.Quotes.Select(quote => quote.Id).ToHashSet(StringComparer.Ordinal)
        );
        foreach (var command in new[] { "quote", "topics" })
        {
            Write($"/{command} (all withdrawn)", await _runner.AskAsync(strings, command));
        }

        Approved.Verify(file, _answers.ToString());
    }

    private static (string Name, (string, string)[] Options) Parse(string command)
    {
        var parts = command.Split('=');
        List<(string, string)> options = [];
        for (var n = 1; n < parts.Length; n++)
        {
            var name = parts[n - 1].Split(' ')[^1];
            var value = n == parts.Length - 1 ? parts[n] : parts[n][..parts[n].LastIndexOf(' ')];
            options.Add((name, value));
        }

        return (command.Split(' ')[0], [.. options]);
    }

    private void Write(string asked, ShownReply shown)
    {
        var kind = shown.Replaces ? "update" : "message";
        var audience = shown.Private ? " for the member" : "";
        var buttons = string.Concat(shown.Buttons.Select(button => $" [{button.Label}]"));
        _answers.Append(CultureInfo.InvariantCulture, $"{asked}\n{kind}{audience}{buttons}\n{shown.Text}\n\n");
    }

    private void Append(string file, string content) =>
        _catalogue.Write(file, File.ReadAllText(Path.Combine(_catalogue.Folder, file)) + content);
}
