using System.Globalization;

namespace Serge.Bot.Tests.Commands;

/// <summary>The exact suggestions for each option of <c>/schedule</c>, in order.</summary>
public sealed class ScheduleSuggestionsTests : GuildCommandFixture
{
    [Theory]
    [InlineData("time", "", "09:00, 08:00, 07:00, 12:00, 18:00, 20:00, 10:00, 21:00, 06:00, 17:00")]
    [InlineData("time", " 9 ", "09:00, 09:30, 21:00, 21:30")]
    [InlineData("time", "9:15", "09:15")]
    [InlineData("time", "x", "")]
    [InlineData(
        "days",
        "",
        "every day, Monday to Friday, Saturday and Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday"
    )]
    [InlineData("days", "weekend", "Saturday and Sunday")]
    [InlineData("days", "x", "")]
    [InlineData("name", "", "a, b, cab")]
    [InlineData("name", " A ", "a, cab")]
    [InlineData("name", "x", "")]
    [InlineData("content", "", "quote, on-this-day, on-this-day-or-quote")]
    [InlineData("content", "QUOTATION", "quote, on-this-day-or-quote")]
    [InlineData("content", "This", "on-this-day, on-this-day-or-quote")]
    [InlineData("content", "nothing", "on-this-day")]
    [InlineData("content", "x", "")]
    [InlineData("zone", "brux", "Europe/Brussels")]
    [InlineData("channel", "", "")]
    public async Task Complete_InEnglish_SuggestsTheseValues(string option, string typed, string values)
    {
        foreach (var name in new[] { "b", "a", "cab" })
        {
            await SendCommandAsync("set", ("time", "9:00"), ("name", name));
        }

        Assert.Equal(values, string.Join(", ", (await ChoicesAsync(option, typed)).Select(choice => choice.Value)));
    }

    [Theory]
    [InlineData("time", "9:15", "09:15")]
    [InlineData("days", "en semaine", "du lundi au vendredi")]
    [InlineData("days", "lun, mer", "lundi, mercredi")]
    [InlineData(
        "content",
        "",
        "une citation | les événements du jour, et rien les jours sans événement | les événements du jour, ou une citation les jours sans événement"
    )]
    [InlineData(
        "content",
        "une cit",
        "une citation | les événements du jour, ou une citation les jours sans événement"
    )]
    [InlineData("content", "Rien", "les événements du jour, et rien les jours sans événement")]
    [InlineData("zone", "bruxelles", "Europe/Brussels (09:00)")]
    [InlineData("zone", "utc", "Etc/UTC (08:00)")]
    public async Task Complete_InFrench_ShowsTheseNames(string option, string typed, string names) =>
        Assert.Equal(
            names,
            string.Join(" | ", (await ChoicesAsync(option, typed, Strings.French)).Select(choice => choice.Name))
        );

    [Fact]
    public async Task Complete_OfZones_SuggestsTwentyFiveWithTheTimeThere()
    {
        var choices = await ChoicesAsync("zone", "");

        Assert.Equal(TimeZoneNames.Suggest("", 25), choices.Select(choice => choice.Value));
        Assert.Equal(25, choices.Count);
        Assert.All(choices, choice => Assert.Matches($@"^{choice.Value} \(\d\d:\d\d\)$", choice.Name));
    }

    /// <summary>A suggestion is accepted when it is selected.</summary>
    [Theory]
    [InlineData("time")]
    [InlineData("days")]
    [InlineData("content")]
    [InlineData("zone")]
    public async Task Complete_SuggestsOnlyWhatSetAccepts(string option)
    {
        foreach (var strings in Strings.All)
        {
            foreach (var choice in await ChoicesAsync(option, "", strings))
            {
                Dictionary<string, string> options = new() { ["time"] = "9:00", ["name"] = "x" };
                options[option] = choice.Value;
                var text = await SendCommandAsync(
                    "set",
                    strings.DiscordLocale,
                    [.. options.Select(pair => (pair.Key, pair.Value))]
                );
                Assert.StartsWith(strings.InQuotes("x"), text, StringComparison.Ordinal);
                if (option is "content")
                {
                    // The displayed name can be typed, too.
                    Assert.Equal(
                        text,
                        await SendCommandAsync(
                            "set",
                            strings.DiscordLocale,
                            ("time", "9:00"),
                            ("name", "x"),
                            ("content", $" {choice.Name.ToUpperInvariant()} ")
                        )
                    );
                }
            }
        }
    }

    [Theory]
    [InlineData("tr-TR")] // where I is not the uppercase letter of i
    [InlineData("fr-FR")]
    public async Task Complete_DoesNotDependOnTheCultureOfTheThread(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(
                ["quote", "on-this-day-or-quote"],
                (await ChoicesAsync("content", "QUOTATION")).Select(choice => choice.Value)
            );
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(DiscordPermissions.None, 0)]
    [InlineData(DiscordPermissions.SendMessages | DiscordPermissions.ViewChannel, 0)]
    [InlineData(DiscordPermissions.ManageGuild, 1)]
    [InlineData(DiscordPermissions.Administrator, 1)]
    [InlineData(DiscordPermissions.ManageGuild | DiscordPermissions.SendMessages, 1)]
    public async Task Permissions_DecideWhoMay(DiscordPermissions permissions, int suggestions)
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"));
        var isAllowed = suggestions > 0;

        Assert.Equal(suggestions, (await CompleteAsync("name", "", permissions)).Count);
        Assert.Equal(isAllowed, await PressAsync("schedule:later:0:", permissions) is Reply.Update);
        var (text, _) = Read(
            await _command.HandleAsync(
                Command("list", "en-US") with
                {
                    MemberPermissions = permissions,
                },
                Strings.English,
                Stop
            )
        );
        Assert.Equal(isAllowed, text.StartsWith("- “a”", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<Choice>> ChoicesAsync(string option, string typed, Strings? strings = null) =>
        await _command.CompleteAsync(
            new Interaction.Autocomplete
            {
                Id = new InteractionId(3),
                Guild = new GuildId(100),
                MemberPermissions = DiscordPermissions.ManageGuild,
                Handle = this,
                Name = "schedule set",
                Option = option,
                Input = typed,
            },
            strings ?? Strings.English,
            Stop
        );
}
