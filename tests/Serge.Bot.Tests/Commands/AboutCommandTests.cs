namespace Serge.Bot.Tests.Commands;

/// <summary><c>/about</c>, and the links that it shows.</summary>
public sealed class AboutCommandTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new();
    private readonly CommandRunner _runner;

    public AboutCommandTests() => _runner = new CommandRunner(_catalogue.Live);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task About_StatesWhatItIsWhoRunsItWhatItKeepsAndHowToGetIt()
    {
        var about = new AboutSettings
        {
            Operator = "A *Historian*",
            Contact = "serge@example.org",
            SourceCode = new Uri("https://example.org/serge"),
            Privacy = new Uri("https://example.org/privacy.html"),
        };
        var shown = await new CommandRunner(_catalogue.Live, about: about).AskAsync("about");

        Assert.All(
            [
                "3 quotations, 3 events",
                @"Run by A \*Historian\*.",
                @"serge\@example.org",
                "<https://example.org/serge>",
                "<https://example.org/privacy.html>",
                "stores nothing about members",
                "<https://discord.com/oauth2/authorize?client_id=42&permissions=84992&scope=bot+applications.commands&integration_type=0>",
                "<https://discord.com/oauth2/authorize?client_id=42&scope=applications.commands&integration_type=1>",
            ],
            text => Assert.Contains(text, shown.Text, StringComparison.Ordinal)
        );
        Assert.True(shown.Private);
    }

    [Fact]
    public void About_DescribesEveryOtherCommand()
    {
        var names = CommandRunner
            .Registered.Where(type => type.IsAssignableTo(typeof(ISlashCommand)))
            .Select(type => type.Name.Replace("SlashCommand", "", StringComparison.Ordinal))
            .Where(name => name != "About")
            .Order(StringComparer.OrdinalIgnoreCase);
        var described = AboutSlashCommand
            .Described.Select(name => name.Replace("-", "", StringComparison.Ordinal))
            .Order(StringComparer.OrdinalIgnoreCase);

        Assert.Equal(names, described, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task About_AnswersWhatPeopleExpectOfHelp()
    {
        var english = await _runner.AskAsync("about");
        var french = await _runner.AskAsync(Strings.French, "about");

        Assert.Contains(
            "- `/quote` – A quotation of Victor Serge, with its source\n",
            english.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "In the menu of a message, under Apps: “Is this a quotation?”",
            english.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("`/schedule set time:09:00`", english.Text, StringComparison.Ordinal);
        Assert.Contains("- `/ce-jour-là` – ", french.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task About_WithoutAnOperator_StatesWhoCanTell()
    {
        Assert.Contains(
            "ask the person who added it",
            (await _runner.AskAsync("about")).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Vie privée\u00A0: il ne garde rien sur les membres",
            (await _runner.AskAsync(Strings.French, "about")).Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("A *Historian*", null, @"Run by A \*Historian\*.")]
    [InlineData(null, "serge@example.org", @"Contact: serge\@example.org")]
    [InlineData("Ada", "serge.example", "Run by Ada. Contact: serge.example")]
    [InlineData(null, null, "To find out who runs it, ask the person who added it.")]
    public async Task About_NamesTheOperatorAndTheContactAsFarAsTheyAreSet(string? name, string? contact, string text)
    {
        var about = new AboutSettings { Operator = name, Contact = contact };
        var lines = (await new CommandRunner(_catalogue.Live, about: about).AskAsync("about")).Text.Split('\n');

        Assert.Equal(14, lines.Length);
        Assert.Equal(text, lines[10]);
    }

    [Fact]
    public async Task About_WhenDiscordDoesNotReturnTheApplication_OmitsTheLinks()
    {
        var discord = new FakeDiscord { Application = new Result<DiscordApplication>.Unavailable("503") };
        var settings = new BotSettings { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };

        var reply = await new AboutSlashCommand(_catalogue.Live, settings, discord).HandleAsync(
            new Interaction.Command
            {
                Id = new InteractionId(1),
                Name = "about",
                Handle = this,
            },
            Strings.English,
            TestContext.Current.CancellationToken
        );

        var shown = ShownReply.Of(reply);
        Assert.Equal(12, shown.Text.Split('\n').Length);
        Assert.DoesNotContain("https://", shown.Text, StringComparison.Ordinal);
        Assert.True(shown.Private);
    }

    [Fact]
    public void Invite_AsksForTheSmallestSetOfPermissions() =>
        Assert.Equal(1024UL + 2048 + 16384 + 65536, (ulong)Invite.Needed);

    /// <summary>The integer depends only on the options of the operator's schedules on Discord.</summary>
    [Theory]
    [InlineData(false, false, "discord:1", 0)]
    [InlineData(true, false, "discord:1", 1UL << 35)]
    [InlineData(false, true, "discord:1", 1UL << 15)]
    [InlineData(true, true, "discord:forum:1", (1UL << 35) | (1UL << 15))]
    [InlineData(true, true, "mastodon discord:1", (1UL << 35) | (1UL << 15))]
    [InlineData(true, true, "mastodon", 0)]
    public void Invite_GrowsWithOptionsThatAreSwitchedOn(bool thread, bool picture, string to, ulong more)
    {
        Schedule schedule = new()
        {
            Id = ScheduleId.OfOperator("s"),
            Cron = "0 9 * * *",
            TimeZone = TimeZoneInfo.Utc,
            Content = ScheduleContent.Quote,
            To = [.. to.Split(' ').Select(destination => Destinations.TryParse(destination)!.Value)],
            Options = new PostOptions
            {
                Thread = thread,
                Picture = picture,
                Crosspost = true,
                Mention = "7",
            },
        };

        Assert.Equal((ulong)Invite.Needed | more, (ulong)Invite.GetNeeded([schedule]));
    }
}
