using Microsoft.Extensions.Logging.Abstractions;
using Serge.Bot.Commands;
using Serge.Bot.Places;
using Serge.Bot.Rendering;
using Serge.Bot.Storage;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Commands;

/// <summary><c>/schedule</c> and <c>/today</c> as an admin and a member meet them.</summary>
public sealed class ScheduleCommandTests : IAsyncLifetime
{
    private readonly TestCatalogue _catalogue = new();
    private readonly FakeTimeProvider _calendar = new(Some.At("2027-02-01 08:00")); // a Monday
    private readonly FakeServers _discord = new FakeServers().Guild(100).Channel(1, 100).Channel(2, 100).Guild(200).Channel(20, 200);
    private Database _database = null!;
    private Ledger _ledger = null!;
    private PlaceStore _places = null!;
    private PlaceDirectory _directory = null!;
    private ScheduleCommand _command = null!;
    private TodayCommand _today = null!;
    private PlaceScheduler _scheduler = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await Database.OpenAsync(Path.Combine(_catalogue.Home, "serge.db"), Stop);
        (_ledger, _places) = (new Ledger(_database), new PlaceStore(_database));
        var settings = new BotSettings { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };
        var clocks = new Clocks(_calendar, _calendar);
        var planner = new PostPlanner(new PostRenderer(settings, new InstanceLimits()), settings);
        var forecast = new PlaceForecast(_ledger, _catalogue.Live, planner, settings, clocks);
        _directory = new PlaceDirectory(_places, settings);
        _command = new ScheduleCommand(_places, _directory, new ScheduleSetup(_places, _directory, _discord, settings, clocks), new SchedulePreview(forecast), _discord, settings, clocks);
        _today = new TodayCommand(_catalogue.Live, _places, _ledger, forecast, _directory, settings, clocks);
        _scheduler = new PlaceScheduler(_places, new PostWriter(_ledger, _catalogue.Live, planner, new Random(1)), new Poster(_discord, null), settings, clocks, new PlanningLog(NullLogger<PlanningLog>.Instance), NullLogger<PlaceScheduler>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _directory.Dispose();
        await _database.DisposeAsync();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task Set_WithATimeOnly_PostsAQuotationHereEveryDay()
    {
        Assert.Equal(
            """
            “quotation” posts a quotation, in <#1>: every day at 09:30 (UTC). Next: Monday 1 February, 09:30. `/schedule preview` shows what it will say.
            The time is meant in UTC, the bot’s own zone. `/schedule zone` sets one for this server.
            """, await SayAsync("set", ("time", "9:30")));

        var schedule = Assert.Single(await SchedulesAsync());
        Assert.Equal((Some.At("2027-02-01 09:30"), ScheduleContent.Quote, Weekdays.Daily), (schedule.NextDue, schedule.Content, schedule.Days));
    }

    [Fact]
    public async Task Set_WithEverything_IsReadInBothLanguages()
    {
        const string Sentence = "“le soir” posts the day’s events, or a quotation on days without one, in <#2>: Monday, Wednesday at 21:30 (Europe/Brussels). Next: Monday 1 February, 21:30. `/schedule preview` shows what it will say.";
        Assert.Equal(Sentence, await SayAsync("set", ("time", "9:30 pm"), ("channel", "2"), ("days", "Mon, Wed"), ("content", "on-this-day-or-quote"), ("name", "Le Soir"), ("zone", "Brussels")));
        Assert.Equal(Sentence, await SayAsync("set", ("time", "21h30"), ("channel", "2"), ("days", "lundi et mercredi"), ("name", " le  soir "), ("zone", "Bruxelles")));
        Assert.Single(await SchedulesAsync());
    }

    [Fact] // nine o’clock in Paris has just struck
    public async Task Set_InFrench_AnswersInFrench() => Assert.StartsWith(
        "«\u00A0citation\u00A0» publie une citation, dans <#1>\u00A0: du lundi au vendredi à 09:00 (Europe/Paris). Prochaine fois\u00A0: mardi 2 février, 09:00.",
        await SayAsync("set", "fr", ("time", "9h"), ("days", "en semaine"), ("zone", "Paris")), StringComparison.Ordinal);

    [Fact]
    public async Task Set_ANameThatIsThere_ChangesOnlyWhatIsSaid_AndCallsOffWhatWasPlanned()
    {
        await SayAsync("set", ("time", "9:00"), ("channel", "2"), ("days", "weekends"), ("name", "x"));
        await _ledger.PlanAsync("", null, [Some.Post("planned", to: "discord:2") with { Schedule = "guild:100:x" }], Stop);

        await SayAsync("set", ("time", "10:00"), ("name", "X"));

        var schedule = Assert.Single(await SchedulesAsync());
        Assert.Equal((new TimeOnly(10, 0), new ChannelId(2), Weekdays.Weekend), (schedule.Time, schedule.Channel, schedule.Days));
        Assert.Equal(PostState.Cancelled, Assert.Single(await _ledger.RecentAsync(10, Stop)).State);
    }

    [Fact]
    public async Task Set_TheSameAgainWithoutAName_MakesASecondOneAndSaysSo()
    {
        await SayAsync("set", ("time", "9:00"));

        var said = await SayAsync("set", ("time", "18:00"));

        Assert.StartsWith("“quotation 2” posts", said, StringComparison.Ordinal);
        Assert.Contains("“quotation” posts the same in that channel too.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_AnEleventh_IsRefused_ButAChangeIsNot()
    {
        for (var n = 1; n <= Place.MostSchedules; n++)
        {
            await SayAsync("set", ("time", "9:00"), ("name", $"{n}"));
        }

        Assert.StartsWith("A server can have 10 schedules, and this one has them all.", await SayAsync("set", ("time", "9:00")), StringComparison.Ordinal);
        Assert.StartsWith("“7” posts", await SayAsync("set", ("time", "10:00"), ("name", "7")), StringComparison.Ordinal);
        Assert.Equal(10, (await SchedulesAsync()).Count);
    }

    [Theory]
    [InlineData("time", "soon", "“soon” is no time of day. Write it like 09:00")]
    [InlineData("days", "sometimes", "I do not know the days “sometimes”. Write daily, weekdays")]
    [InlineData("content", "poetry", "“poetry” is nothing I can post. Write quote, on-this-day")]
    [InlineData("name", "\u200B", "cannot be a name. Give it 1 to 32 letters")]
    [InlineData("name", "a name that is much too long to be typed again", "cannot be a name")]
    [InlineData("zone", "Atlantis", "I do not know the time zone “Atlantis”. Start typing a city")]
    [InlineData("zone", "../../etc/passwd", "I do not know the time zone")]
    [InlineData("channel", "not-a-number", "no channel of this server")]
    [InlineData("channel", "18446744073709551615", "no channel of this server")]
    [InlineData("channel", "20", "no channel of this server")] // another server's
    [InlineData("channel", "3", "no channel of this server")] // nobody's
    public async Task Set_WhatCannotBe_SaysWhatToTypeInstead_AndWritesNothing(string option, string value, string said)
    {
        Dictionary<string, string> options = new() { ["time"] = "9:00" };
        options[option] = value;

        Assert.Contains(said, await SayAsync("set", [.. options.Select(pair => (pair.Key, pair.Value))]), StringComparison.Ordinal);
        Assert.Empty(await _places.ListAsync(Stop));
    }

    [Theory]
    [InlineData((ulong)DiscordPermissions.None, true, "I lack **View Channel**, **Send Messages**, **Read Message History**. An admin can give me that under Edit Channel → Permissions")]
    [InlineData((ulong)DiscordPermissions.ViewChannel, true, "I lack **Send Messages**, **Read Message History**.")]
    [InlineData((ulong)FakeServers.Enough, false, "<#2> takes no messages itself")]
    public async Task Set_InAChannelThatIsClosed_SaysWhatIsMissing_AndWritesNothing(ulong permissions, bool acceptsMessages, string said)
    {
        _discord.Channel(2, 100, (DiscordPermissions)permissions, acceptsMessages);

        Assert.Contains(said, await SayAsync("set", ("time", "9:00"), ("channel", "2")), StringComparison.Ordinal);
        Assert.Empty(await _places.ListAsync(Stop));
    }

    [Fact]
    public async Task Set_WithoutTheHistory_IsDoneWithAWarning()
    {
        _discord.Channel(2, 100, DiscordPermissions.ViewChannel | DiscordPermissions.SendMessages);

        Assert.Contains("In <#2> I lack **Read Message History**.", await SayAsync("set", ("time", "9:00"), ("channel", "2")), StringComparison.Ordinal);
        Assert.Single(await SchedulesAsync());
    }

    [Fact]
    public async Task Set_WhileDiscordIsSilent_WritesNothing()
    {
        _discord.IsDown = true;

        Assert.Contains("say it again in a minute", await SayAsync("set", ("time", "9:00")), StringComparison.Ordinal);
        Assert.Empty(await _places.ListAsync(Stop));
    }

    [Theory]
    [InlineData("set")]
    [InlineData("list")]
    [InlineData("preview")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("skip")]
    [InlineData("remove")]
    [InlineData("zone")]
    public async Task Anything_ByAMemberWithoutManageServer_IsRefused(string subcommand)
    {
        await SayAsync("set", ("time", "9:00"));
        var before = await _places.FindAsync(new GuildId(100), Stop);
        var command = Command(subcommand, "en-US", ("time", "8:00"), ("name", "quotation"), ("zone", "Tokyo"));

        foreach (var intruder in new[] { command with { MemberPermissions = DiscordPermissions.SendMessages }, command with { MemberPermissions = DiscordPermissions.None }, command with { Guild = null } })
        {
            var (said, ephemeral) = Read(await _command.AnswerAsync(intruder, Words.English, Stop));
            Assert.True(ephemeral);
            Assert.Contains(intruder.Guild is null ? "Schedules belong to servers" : "members with the permission **Manage Server**", said, StringComparison.Ordinal);
        }

        Assert.Equivalent(before, await _places.FindAsync(new GuildId(100), Stop), strict: true);
        Assert.Empty(await CompleteAsync("name", "", DiscordPermissions.None));
    }

    [Theory]
    [InlineData("theirs")]
    [InlineData("THEIRS")]
    [InlineData("guild:200:theirs")]
    [InlineData("../200/theirs")]
    [InlineData("theirs' OR '1'='1")]
    [InlineData("%")]
    [InlineData("*")]
    [InlineData("200")]
    public async Task Anything_WithTheNameOfAnotherServersSchedule_ReachesNothing(string name)
    {
        await SayAsync("set", ("time", "9:00"), ("name", "mine"));
        await _places.SetUpAsync(_calendar.GetUtcNow(), null, SomePlace.Schedule(guild: 200, name: "theirs", channel: 20));
        var before = await _places.FindAsync(new GuildId(200), Stop);

        foreach (var subcommand in new[] { "preview", "pause", "resume", "skip", "remove" })
        {
            var said = await SayAsync(subcommand, ("name", name));
            Assert.StartsWith("There is no schedule", said, StringComparison.Ordinal);
            Assert.EndsWith("There is: “mine”.", said, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<#20>", Text(await PressAsync($"schedule:later:0:{name}")), StringComparison.Ordinal);
        Assert.Equivalent(before, await _places.FindAsync(new GuildId(200), Stop), strict: true);
        Assert.Equal("mine", (await SchedulesAsync()).Single().Name);
        Assert.DoesNotContain("theirs", await CompleteAsync("name", "t"));
    }

    [Fact]
    public async Task List_ShowsEachWithItsNextPost_AndTheZone()
    {
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await SayAsync("set", ("time", "7:00"), ("channel", "2"), ("days", "Fri"), ("content", "on-this-day"), ("name", "b"), ("zone", "New York"));
        await SayAsync("zone", ("zone", "Brussels"));
        await SayAsync("skip", ("name", "a"));
        await SayAsync("pause", ("name", "b"));

        Assert.Equal(
            """
            - “a” posts a quotation, in <#1>: every day at 09:00 (Europe/Brussels). Skipped: Tuesday 2 February, 09:00. Next: Wednesday 3 February, 09:00.
            - “b” posts the day’s events, and nothing on days without one, in <#2>: Friday at 07:00 (America/New\_York). Paused since 1 February. `/schedule resume` starts it again.
            Days and times here go by Europe/Brussels, where it is Monday 1 February, 09:00.
            """, await SayAsync("list"));
    }

    [Fact]
    public async Task List_WithNothing_SaysHowToBegin()
    {
        var said = await SayAsync("list");

        Assert.StartsWith("Nothing is scheduled here. `/schedule set time:09:00`", said, StringComparison.Ordinal);
        Assert.Contains("This server has set no time zone", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfTenWithTheLongestOfNames_FitsIntoAMessage()
    {
        for (var n = 0; n < Place.MostSchedules; n++)
        {
            var name = $"{n}{new string('*', ScheduleName.MostCharacters - 1)}";
            await SayAsync("set", ("time", "9:00"), ("name", name), ("days", "Mon,Tue,Thu,Fri,Sat,Sun"), ("content", "on-this-day-or-quote"), ("zone", "America/Argentina/Buenos_Aires"));
        }

        foreach (var locale in new[] { "en-US", "fr" })
        {
            var said = await SayAsync("list", locale);
            Assert.InRange(said.EnumerateRunes().Count(), 1, 2000);
            Assert.Equal(10, said.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task ANameFullOfMarkup_IsShownAsItWasTyped()
    {
        var said = await SayAsync("set", ("time", "9:00"), ("name", "@everyone <@1> [x](https://e"));

        Assert.StartsWith("“\\@everyone \\<\\@1\\> \\[x\\](https:\u2060//e”", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_ShowsExactlyWhatIsPostedThen()
    {
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await SayAsync("set", ("time", "9:00"), ("content", "on-this-day-or-quote"), ("name", "b"));
        var shown = await SayAsync("preview");

        for (var day = 0; day < 3; day++)
        {
            _calendar.AdjustTime(Some.At("2027-02-01 09:00").AddDays(day));
            await _scheduler.PlanDueAsync(Stop);
        }

        var posts = (await _ledger.RecentAsync(10, Stop)).OrderBy(post => post.Occurrence).ThenBy(post => post.Schedule, StringComparer.Ordinal).ToArray();
        Assert.Equal(6, posts.Length);
        Assert.StartsWith(
            $"**Monday 1 February, 09:00** · “a” · <#1>\n{posts[0].Payload!.Text}\n\n**Monday 1 February, 09:00** · “b” · <#1>\n{posts[1].Payload!.Text}\n\n**Tuesday 2 February, 09:00** · “a” · <#1>\n{posts[2].Payload!.Text}\n\n",
            shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_HasPages_WhoseButtonsGoOnWhereThePageEnds()
    {
        await SayAsync("set", ("time", "9:00"));
        HashSet<string> days = [];
        var message = Message(await _command.AnswerAsync(Command("preview", "en-US"), Words.English, Stop));
        for (var page = 0; page < 3; page++)
        {
            Assert.InRange(message.Text.EnumerateRunes().Count(), 1, 2000);
            Assert.All(message.Text.Split('\n').Where(line => line.Contains(" · ", StringComparison.Ordinal)), line => Assert.True(days.Add(line), line));
            message = Message(await PressAsync(Assert.Single(message.Buttons).CustomId));
        }

        Assert.True(days.Count > 20);
    }

    [Theory]
    [InlineData("schedule:later:")]
    [InlineData("schedule:later:-1:")]
    [InlineData("schedule:later:99999999999999999:")]
    [InlineData("schedule:later:9223372036854775807:quotation")]
    [InlineData("schedule:remove:quotation")]
    [InlineData("schedule")]
    public async Task Press_OnAButtonThatWeNeverMade_ChangesNothing(string customId)
    {
        await SayAsync("set", ("time", "9:00"));

        Assert.Equal(Words.English.ButtonIsGone, Text(await PressAsync(customId)));
        Assert.Single(await SchedulesAsync());
    }

    [Fact]
    public async Task Press_ByAMemberWithoutManageServer_IsRefused()
    {
        await SayAsync("set", ("time", "9:00"));

        Assert.Contains("Manage Server", Text(await PressAsync("schedule:later:0:", DiscordPermissions.None)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skip_LeavesOutOneOnly_AndResumeTakesItBack()
    {
        await SayAsync("set", ("time", "9:00"));

        Assert.Equal("“quotation” leaves out Monday 1 February, 09:00. `/schedule resume` takes that back. Next: Tuesday 2 February, 09:00.", await SayAsync("skip"));
        Assert.Contains("**Monday 1 February, 09:00** · “quotation” · <#1>\n-# Skipped: nothing is posted.", await SayAsync("preview"), StringComparison.Ordinal);
        Assert.Equal("“quotation” comes as usual; nothing is skipped any more. Next: Monday 1 February, 09:00.", await SayAsync("resume"));
        Assert.StartsWith("“quotation” is at work; there was nothing to resume.", await SayAsync("resume"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_StopsIt_AndResumeOwesNothing()
    {
        await SayAsync("set", ("time", "9:00"));
        Assert.StartsWith("“quotation” is paused.", await SayAsync("pause"), StringComparison.Ordinal);
        _calendar.AdjustTime(Some.At("2027-02-03 12:00"));
        await _scheduler.PlanDueAsync(Stop);

        Assert.Equal("“quotation” is at work again. Next: Thursday 4 February, 09:00.", await SayAsync("resume"));
        await _scheduler.PlanDueAsync(Stop);
        Assert.Empty(await _ledger.RecentAsync(10, Stop));
        await SayAsync("pause");
        Assert.Contains("so nothing of it falls due", await SayAsync("skip"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_WhereTheChannelIsStillClosed_SaysWhatIsMissing()
    {
        await SayAsync("set", ("time", "9:00"));
        await PausedByUsAsync(PauseCause.ChannelClosed);
        _discord.Channel(1, 100, DiscordPermissions.ViewChannel | DiscordPermissions.ReadMessageHistory);

        Assert.Contains("I lack **Send Messages**", await SayAsync("resume"), StringComparison.Ordinal);
        Assert.Equal(PauseCause.ChannelClosed, (await SchedulesAsync()).Single().Paused);

        _discord.Channel(1, 100);
        Assert.StartsWith("“quotation” is at work again.", await SayAsync("resume"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhateverAnAdminComesFor_TheyLearnWhatWasPausedWithoutTheirDoing()
    {
        await SayAsync("set", ("time", "9:00"));
        await PausedByUsAsync(PauseCause.ChannelDeleted);

        foreach (var said in new[] { await SayAsync("zone", ("zone", "Brussels")), await SayAsync("set", ("time", "10:00"), ("channel", "2"), ("name", "other")), await SayAsync("list") })
        {
            Assert.Contains("the channel was deleted. `/schedule set` with this name and another channel", said, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("deleted", await SayAsync("set", ("time", "10:00"), ("channel", "2"), ("name", "quotation")), StringComparison.Ordinal);
        Assert.All(await SchedulesAsync(), schedule => Assert.Null(schedule.Paused));
    }

    [Fact]
    public async Task Remove_TakesItAway_AndCallsOffWhatIsPlanned()
    {
        await SayAsync("set", ("time", "9:00"));
        await _ledger.PlanAsync("", null, [Some.Post("planned", to: "discord:1") with { Schedule = "guild:100:quotation" }], Stop);

        Assert.StartsWith("“quotation” is removed.", await SayAsync("remove"), StringComparison.Ordinal);

        Assert.Empty(await SchedulesAsync());
        Assert.Equal((PostState.Cancelled, "Removed by an admin of the server."), (await _ledger.RecentAsync(1, Stop)).Select(post => (post.State, post.Reason)).Single());
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("skip")]
    [InlineData("remove")]
    public async Task AChange_WithoutAName_NeedsOneWhereThereAreSeveral(string subcommand)
    {
        Assert.StartsWith("Nothing is scheduled here.", await SayAsync(subcommand), StringComparison.Ordinal);
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await SayAsync("set", ("time", "9:00"), ("name", "b"));
        var before = await SchedulesAsync();

        Assert.Equal("Which one? Say it with the option name. There is: “a”, “b”.", await SayAsync(subcommand));
        Assert.Equal(before, await SchedulesAsync());
    }

    [Fact]
    public async Task Zone_MovesWhatGoesByIt_AndNothingElse()
    {
        await SayAsync("set", ("time", "9:00"), ("name", "by the server"));
        await SayAsync("set", ("time", "9:00"), ("name", "by itself"), ("zone", "Tokyo"));

        Assert.StartsWith("From now on days and times here go by America/New\\_York, where it is Monday 1 February, 03:00.", await SayAsync("zone", ("zone", "new york")), StringComparison.Ordinal);

        Assert.Equal([Some.At("2027-02-02 00:00"), Some.At("2027-02-01 14:00")], (await SchedulesAsync()).Select(schedule => schedule.NextDue!.Value));
        Assert.Equal("America/New_York", _directory.Of(Command("list", "en-US")).Id);
    }

    [Theory]
    [InlineData("zone", "bru", "Europe/Brussels")]
    [InlineData("time", "9 p", "")]
    [InlineData("time", "9 pm", "21:00")]
    [InlineData("days", "", "every day")]
    [InlineData("days", "mon-wed", "Monday, Tuesday, Wednesday")]
    [InlineData("content", "quot", "quote")]
    [InlineData("name", "B", "b")]
    public async Task Complete_SuggestsWhatTheOptionThenTakes(string option, string typed, string first)
    {
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await SayAsync("set", ("time", "9:00"), ("name", "b"));

        Assert.Equal(first, string.Concat((await CompleteAsync(option, typed)).Take(1)));
    }

    [Fact]
    public async Task Today_BeforeAndAfterThePost_IsThePost()
    {
        await SayAsync("set", ("time", "9:00"), ("channel", "2"));
        var before = await TodayAsync();
        _calendar.AdjustTime(Some.At("2027-02-01 09:00"));
        await _scheduler.PlanDueAsync(Stop);
        _calendar.AdjustTime(Some.At("2027-02-01 23:59"));

        Assert.Equal(before, await TodayAsync());
        Assert.Equal(before, await TodayAsync(channel: 1));
        Assert.Contains($"**Monday 1 February**\n{(await _ledger.RecentAsync(1, Stop)).Single().Payload!.Text}\n\nOn this day, 1 February 1933", before, StringComparison.Ordinal);
        _calendar.AdjustTime(Some.At("2027-02-02 00:00"));
        Assert.NotEqual(before, await TodayAsync());
    }

    [Fact]
    public async Task Today_WithoutASchedule_IsTheSameForAllInAServerAllDay()
    {
        await SayAsync("zone", ("zone", "Brussels"));
        var morning = await TodayAsync(channel: 1);
        _calendar.AdjustTime(Some.At("2027-02-01 22:59")); // a minute before midnight there

        Assert.Equal(morning, await TodayAsync(channel: 2));
        _calendar.AdjustTime(Some.At("2027-02-01 23:00"));
        Assert.StartsWith("**Tuesday 2 February**", await TodayAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_WhenTheDaysPostIsSkippedOrAnEventIsPosted_IsTheDaysChoice()
    {
        var chosen = await TodayAsync();
        await SayAsync("set", ("time", "9:00"), ("content", "on-this-day-or-quote"), ("name", "events"));
        Assert.Equal(chosen, await TodayAsync());
        await SayAsync("set", ("time", "9:00"), ("name", "skipped"));
        await SayAsync("skip", ("name", "skipped"));

        Assert.Equal(chosen, await TodayAsync());
    }

    [Fact]
    public async Task Today_InDirectMessages_GoesByTheChannel()
    {
        HashSet<string> seen = [];
        for (var channel = 1ul; channel < 30; channel++)
        {
            var said = await TodayAsync(guild: null, channel);
            Assert.Equal(said, await TodayAsync(guild: null, channel));
            seen.Add(said);
        }

        Assert.Equal(3, seen.Count);
    }

    private Interaction.Command Command(string subcommand, string locale, params (string Key, string Value)[] options) => new()
    {
        Id = new InteractionId(1),
        Guild = new GuildId(100),
        Channel = new ChannelId(1),
        Locale = locale,
        MemberPermissions = DiscordPermissions.ManageGuild,
        Handle = this,
        Name = $"schedule {subcommand}",
        Options = options.ToDictionary(pair => pair.Key, pair => pair.Value),
    };

    private Task<string> SayAsync(string subcommand, params (string Key, string Value)[] options) => SayAsync(subcommand, "en-US", options);

    private async Task<string> SayAsync(string subcommand, string locale, params (string Key, string Value)[] options)
    {
        var (said, ephemeral) = Read(await _command.AnswerAsync(Command(subcommand, locale, options), Words.For(locale), Stop));
        Assert.True(ephemeral);
        return said;
    }

    private async Task<Reply> PressAsync(string customId, DiscordPermissions permissions = DiscordPermissions.Administrator) => await _command.PressAsync(
        new Interaction.ButtonPress { Id = new InteractionId(2), Guild = new GuildId(100), MemberPermissions = permissions, Handle = this, CustomId = customId }, Words.English, Stop);

    private async Task<IReadOnlyList<string>> CompleteAsync(string option, string typed, DiscordPermissions permissions = DiscordPermissions.ManageGuild) =>
        [.. (await _command.CompleteAsync(new Interaction.Completion
        {
            Id = new InteractionId(3), Guild = new GuildId(100), MemberPermissions = permissions, Handle = this, Name = "schedule set", Option = option, Typed = typed,
        }, Words.English, Stop)).Select(choice => choice.Value)];

    private Task<string> TodayAsync(ulong channel = 1) => TodayAsync(new GuildId(100), channel);

    private async Task<string> TodayAsync(GuildId? guild, ulong channel)
    {
        var (said, ephemeral) = Read(await _today.AnswerAsync(Command("", "en-US") with { Guild = guild, Channel = new ChannelId(channel), Name = "today", MemberPermissions = default }, Words.English, Stop));
        Assert.False(ephemeral);
        return said;
    }

    private async Task<IReadOnlyList<PlaceSchedule>> SchedulesAsync() => (await _places.FindAsync(new GuildId(100), Stop))?.Schedules ?? [];

    private Task PausedByUsAsync(PauseCause cause) => _places.ChangeAsync(new GuildId(100), place =>
        new PlaceChange(place.With(place.Schedules[0] with { Paused = cause, PausedAt = _calendar.GetUtcNow(), NextDue = null })), Stop);

    private static DiscordMessage Message(Reply reply) => reply switch
    {
        Reply.Message message => message.Content,
        Reply.Update update => update.Content,
        _ => throw new InvalidOperationException($"{reply}"),
    };

    private static string Text(Reply reply) => Message(reply).Text;

    private static (string Text, bool Ephemeral) Read(Reply reply) => (Text(reply), Assert.IsType<Reply.Message>(reply).Ephemeral);
}
