using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.EndToEnd;

/// <summary>Admins set up the schedules of their server, over real connections.</summary>
public sealed class ServerScheduleTests
{
    private readonly ManualClock _clock = new(Stage.At("2027-02-01 06:00")); // seven in Brussels, a Monday

    [Fact]
    public async Task AnAdminSetsASchedule_AndWhatThePreviewShowed_ArrivesAtItsHour()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(_clock);

        Assert.Contains(
            "I do not know the time zone “Mars”",
            await SendCommandAsync(stage, "/schedule set time:09:00 zone:Mars"),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"“quotation” posts a quotation, in <#{stage.Channel.Id}>: every day at 09:00 (Europe/Brussels). Next: Monday 1 February, 09:00.",
            await SendCommandAsync(stage, "/schedule set time:9 am zone:brussels"),
            StringComparison.Ordinal
        );
        var preview = await SendCommandAsync(stage, "/schedule preview");
        var today = await AnswerAsync(stage, stage.Member, "/today");

        using var watch = stage.World.Watch();
        for (var day = 1; day <= 2; day++)
        {
            _clock.MoveTo(Stage.At($"2027-02-0{day} 08:00"));
            await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count == day);
        }

        Assert.All(stage.ChannelPosts, post => Assert.Contains(post, preview, StringComparison.Ordinal));
        Assert.Contains(stage.ChannelPosts[0], today.Content, StringComparison.Ordinal);
        Assert.Contains("On this day, 1 February 1933", today.Content, StringComparison.Ordinal);
        Assert.False(today.IsEphemeral);
        Assert.Contains(
            stage.ChannelPosts[1],
            (await AnswerAsync(stage, stage.Member, "/today")).Content,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task WhileTyping_CitiesAndSchedulesAreSuggested()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(_clock);
        await SendCommandAsync(stage, "/schedule set time:09:00 name:Breakfast");

        Assert.Equal("Europe/Brussels", (await SuggestAsync(stage, "/schedule zone", "zone", "brux"))[0]);
        Assert.Equal(["breakfast"], await SuggestAsync(stage, "/schedule pause", "name", "br"));
        Assert.Equal("09:30", (await SuggestAsync(stage, "/schedule set", "time", "9:30"))[0]);
    }

    [Fact]
    public async Task AFrenchAdmin_IsServedInFrench()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(_clock);
        var claude = stage.Discord.AddUser("claude", "fr");
        stage.Discord.AddMember(
            stage.Channel.Guild!,
            claude,
            stage.Discord.AddRole(stage.Channel.Guild!, "admins", Permissions.ManageGuild)
        );

        var output = (await AnswerAsync(stage, claude, "/programme régler heure:21h30 jours:en semaine")).Content;

        Assert.StartsWith("«\u00A0citation\u00A0» publie une citation", output, StringComparison.Ordinal);
        Assert.Contains("du lundi au vendredi à 21:30", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOrdinaryMember_IsNotOfferedTheCommand_ButToday()
    {
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(_clock);
        var bob = stage.Discord.AddUser("bob");
        stage.Discord.AddMember(stage.Channel.Guild!, bob);

        Assert.IsType<InteractionResult.Refused>(
            await stage.Discord.InvokeAsync(bob, stage.Channel, "/schedule set time:09:00", stage.CancellationToken)
        );
        Assert.Contains("— Victor Serge", (await AnswerAsync(stage, bob, "/today")).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChannelThatIsDeleted_PausesItsSchedule_AndTheSystemChannelIsTold()
    {
        await using var stage = await Stage.OpenAsync();
        var guild = stage.Channel.Guild!;
        var (daily, system) = (stage.Discord.AddChannel(guild, "daily"), stage.Discord.AddChannel(guild, "welcome"));
        stage.Discord.SetSystemChannel(guild, system);
        await using var worker = await stage.StartWorkerAsync(_clock);
        await SendCommandAsync(stage, "/schedule set time:09:00 channel:#daily zone:Brussels");
        using var watch = stage.World.Watch();

        stage.Discord.Delete(daily);
        await stage.WaitUntilAsync(watch, () => Notices(stage, system).Count > 0);

        Assert.StartsWith(
            "I have paused “quotation”: the channel was deleted.",
            Assert.Single(Notices(stage, system)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Paused since 1 February, because the channel was deleted",
            await SendCommandAsync(stage, "/schedule list"),
            StringComparison.Ordinal
        );

        await SendCommandAsync(stage, "/schedule set time:09:00 channel:#quotations name:quotation");
        _clock.MoveTo(Stage.At("2027-02-01 08:00"));
        await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count == 1);
    }

    [Fact]
    public async Task AChannelThatIsClosed_IsTriedOnce_AndResumedWhenItIsOpen()
    {
        await using var stage = await Stage.OpenAsync();
        var system = stage.Discord.AddChannel(stage.Channel.Guild!, "welcome");
        stage.Discord.SetSystemChannel(stage.Channel.Guild!, system);
        await using var worker = await stage.StartWorkerAsync(_clock);
        await SendCommandAsync(stage, "/schedule set time:09:00 zone:Brussels");
        using var watch = stage.World.Watch();

        stage.Discord.SetPermissions(stage.Channel, stage.Application, Permissions.ViewChannel);
        _clock.MoveTo(Stage.At("2027-02-01 08:00"));
        await stage.WaitUntilAsync(watch, () => Notices(stage, system).Count > 0);
        Assert.Contains("I can no longer post in", Assert.Single(Notices(stage, system)), StringComparison.Ordinal);
        var invalidRequests = stage.Discord.InvalidRequests;
        for (var day = 2; day <= 5; day++)
        {
            _clock.MoveTo(Stage.At($"2027-02-0{day} 08:00"));
            Assert.Contains(
                "I lack **Send Messages**",
                await SendCommandAsync(stage, "/schedule resume"),
                StringComparison.Ordinal
            );
        }

        Assert.Equal(invalidRequests, stage.Discord.InvalidRequests);
        stage.Discord.SetPermissions(stage.Channel, stage.Application, Permissions.Default);
        Assert.Contains(
            "is active again. Next: Saturday 6 February, 09:00.",
            await SendCommandAsync(stage, "/schedule resume"),
            StringComparison.Ordinal
        );
        _clock.MoveTo(Stage.At("2027-02-06 08:00"));
        await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count == 1);
    }

    /// <summary>In a thread, the permission Send Messages of its channel has no effect.</summary>
    [Fact]
    public async Task AThread_NeedsItsOwnPermission_AndNotThatOfItsChannel()
    {
        await using var stage = await Stage.OpenAsync();
        var message = stage.Discord.SendMessage(stage.Member, stage.Channel, "A quotation a day");
        var thread = stage.Discord.StartThread(stage.Channel, message, "daily");
        var inChannelOnly = Permissions.Default & ~Permissions.SendMessagesInThreads;
        stage.Discord.SetPermissions(stage.Channel, stage.Application, inChannelOnly);
        await using var worker = await stage.StartWorkerAsync(_clock);
        const string Set = "/schedule set time:09:00 zone:Brussels";

        var refused = await AnswerAsync(stage, stage.Member, Set, thread);
        Assert.Contains("I lack **Send Messages in Threads**.", refused.Content, StringComparison.Ordinal);

        var inThreadsOnly = Permissions.Default & ~Permissions.SendMessages;
        stage.Discord.SetPermissions(stage.Channel, stage.Application, inThreadsOnly);
        var accepted = await AnswerAsync(stage, stage.Member, Set, thread);
        Assert.Contains($"in <#{thread.Id}>: every day at 09:00", accepted.Content, StringComparison.Ordinal);

        using var watch = stage.World.Watch();
        _clock.MoveTo(Stage.At("2027-02-01 08:00"));
        await stage.WaitUntilAsync(watch, () => stage.Discord.GetMessages(thread).Any(post => post.Origin is null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ABotThatIsRemoved_IsPausedAndContinuesWhenItIsInvitedBack(bool isAtWorkMeanwhile)
    {
        await using var stage = await Stage.OpenAsync();
        var guild = stage.Channel.Guild!;
        var system = stage.Discord.AddChannel(guild, "welcome");
        stage.Discord.SetSystemChannel(guild, system);
        var worker = await stage.StartWorkerAsync(_clock);
        await SendCommandAsync(stage, "/schedule set time:09:00 zone:Brussels");
        if (!isAtWorkMeanwhile)
        {
            await worker.DisposeAsync();
        }

        stage.Discord.Uninstall(guild, stage.Application);
        if (!isAtWorkMeanwhile)
        {
            worker = await stage.StartWorkerAsync(_clock);
        }

        await stage.WaitUntilAsync(async () => await FindGuildAsync(stage, guild) is { LeftAt: not null });

        _clock.MoveTo(Stage.At("2027-02-03 08:00"));
        using var watch = stage.World.Watch();
        stage.Discord.Install(guild, stage.Application);
        await stage.WaitUntilAsync(watch, () => Notices(stage, system).Count > 0);
        Assert.StartsWith(
            "I am back, and these schedules are active again: “quotation”.",
            Assert.Single(Notices(stage, system)),
            StringComparison.Ordinal
        );
        Assert.Empty(stage.ChannelPosts);

        _clock.MoveTo(Stage.At("2027-02-04 08:00"));
        await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count == 1);
        await worker.DisposeAsync();
    }

    [Theory]
    [InlineData("en-US", "Hello! I quote the writer")]
    [InlineData("fr", "Bonjour\u202F! Je cite Victor Serge, écrivain")]
    public async Task AServerThatInvitesTheBot_IsWelcomedOnceInItsLanguage(string locale, string text)
    {
        await using var stage = await Stage.OpenAsync();
        var guild = stage.Discord.AddGuild("Lecteurs", stage.Member, locale: locale);
        var system = stage.Discord.AddChannel(guild, "welcome");
        stage.Discord.SetSystemChannel(guild, system);
        using var watch = stage.World.Watch();
        await using (var first = await stage.StartWorkerAsync(_clock))
        {
            stage.Discord.Install(guild, stage.Application);
            await stage.WaitUntilAsync(watch, () => stage.Discord.GetMessages(system).Count == 1);
        }

        await using var second = await stage.StartWorkerAsync(_clock);
        stage.Discord.Uninstall(guild, stage.Application);
        await stage.WaitUntilAsync(async () => await FindGuildAsync(stage, guild) is { LeftAt: not null });
        stage.Discord.Install(guild, stage.Application);
        await stage.WaitUntilAsync(async () => await FindGuildAsync(stage, guild) is { LeftAt: null });
        await second.Services.GetRequiredService<GuildLifecycleService>().WaitUntilIdleAsync();
        await stage.WaitUntilSettledAsync(1);

        Assert.Single(await stage.LedgerAsync());
        var message = Assert.Single(stage.Discord.GetMessages(system));
        Assert.StartsWith(text, message.Content, StringComparison.Ordinal);
        Assert.Contains("</quote:", message.Content, StringComparison.Ordinal);
        Assert.Contains("</schedule set:", message.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoServers_DoNotSeeEachOther()
    {
        await using var stage = await Stage.OpenAsync();
        var eve = stage.Discord.AddUser("eve");
        var other = stage.Discord.AddGuild("Others", eve);
        var theirs = stage.Discord.AddChannel(other, "theirs");
        stage.Discord.Install(other, stage.Application);
        await using var worker = await stage.StartWorkerAsync(_clock);
        await SendCommandAsync(stage, "/schedule set time:09:00 name:mine zone:Brussels");

        Assert.StartsWith(
            "Nothing is scheduled here.",
            (await AnswerAsync(stage, eve, "/schedule list", theirs)).Content,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Nothing is scheduled here.",
            (await AnswerAsync(stage, eve, "/schedule remove name:mine", theirs)).Content,
            StringComparison.Ordinal
        );
        await AnswerAsync(stage, eve, "/schedule set time:10:00 name:mine zone:Tokyo", theirs);
        await AnswerAsync(stage, eve, "/schedule remove name:mine", theirs);

        Assert.Contains(
            "“mine” posts a quotation",
            await SendCommandAsync(stage, "/schedule list"),
            StringComparison.Ordinal
        );
        using var watch = stage.World.Watch();
        _clock.MoveTo(Stage.At("2027-02-01 08:00"));
        await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count == 1);
        Assert.DoesNotContain(stage.Discord.GetMessages(theirs), message => message.Origin is null);
    }

    [Fact]
    public async Task ARestart_LosesNothingAndPostsOnce()
    {
        await using var stage = await Stage.OpenAsync();
        await using (var first = await stage.StartWorkerAsync(_clock))
        {
            await SendCommandAsync(stage, "/schedule set time:09:00 zone:Brussels");
        }

        using var watch = stage.World.Watch();
        _clock.MoveTo(Stage.At("2027-02-01 09:00")); // an hour late
        await using (var second = await stage.StartWorkerAsync(_clock))
        {
            await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count == 1);
        }

        await using var third = await stage.StartWorkerAsync(_clock);
        Assert.Contains(
            "Next: Tuesday 2 February, 09:00.",
            await SendCommandAsync(stage, "/schedule list"),
            StringComparison.Ordinal
        );
        Assert.Single(stage.ChannelPosts);
    }

    [Fact]
    public async Task AfterAConversation_NothingAboutItsMembersIsStoredLoggedOrExported()
    {
        const string Name = "zebulon-of-the-members";
        const string Nick = "Zeb the Unmistakable";
        await using var stage = await Stage.OpenAsync();
        var member = stage.Discord.AddUser(Name);
        stage.Discord.AddMember(
            stage.Channel.Guild!,
            member,
            stage.Discord.AddRole(stage.Channel.Guild!, "admins", Permissions.ManageGuild)
        );
        stage.Discord.SetNick(stage.Channel.Guild!, member, Nick);
        var overdue = await stage.OverdueScheduleAsync("operators", "quote");
        await using var collector = await Collector.StartAsync(stage.CancellationToken);
        using var watch = stage.World.Watch();
        await using var worker = WorkerProcess.Start(
            stage.Home,
            Stage.AsEnvironment(
                stage.Settings([
                    .. overdue,
                    .. collector.Environment,
                    ("Health:Listen", "http://127.0.0.1:0"),
                    ("Logging:LogLevel:Default", "Trace"),
                    ("Logging:LogLevel:Microsoft", "Information"),
                ])
            ),
            "run"
        );
        await stage.NextAsync<DiscordWorldEvent.BotConnected>(watch);
        await stage.WaitUntilAsync(watch, () => stage.Discord.GetCommands(stage.Application).Count > 0);

        string[] conversation =
        [
            "/schedule set time:09:00",
            "/schedule set time:soon",
            "/schedule set time:10:00 name:other days:Mon",
            "/schedule list",
            "/schedule skip name:other",
            "/schedule pause name:other",
            "/schedule resume name:other",
            "/schedule zone zone:Brussels",
            "/schedule remove name:other",
            "/today",
            "/quote",
            "/on-this-day",
            "/about",
        ];
        foreach (var line in conversation)
        {
            await AnswerAsync(stage, member, line);
        }

        var preview = await AnswerAsync(stage, member, "/schedule preview");
        Assert.IsType<InteractionResult.Updated>(
            await stage.Discord.PressButtonAsync(
                member,
                preview,
                preview.Components[0].GetProperty("components")[0].GetProperty("custom_id").GetString()!,
                stage.CancellationToken
            )
        );
        // The post of the operator's schedule, and at 09:00 that of the server's.
        await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count >= 1);
        await collector.HasAsync("/v1/traces", "schedule", stage.CancellationToken);
        await collector.HasAsync("/v1/metrics", "serge.interaction.duration", stage.CancellationToken);
        using var http = new HttpClient();
        var listening = Regex.Match(
            worker.Output,
            @"on (?<address>\S+) \(Health:Listen\)",
            RegexOptions.CultureInvariant,
            TimeSpan.FromMinutes(1)
        );
        using var health = await http.GetAsync(
            listening.Groups["address"].Value + "/health/ready",
            stage.CancellationToken
        );
        await worker.KillAsync(stage.CancellationToken);

        byte[] kept =
        [
            .. Directory.EnumerateFiles(stage.Home, "serge.db*").SelectMany(File.ReadAllBytes),
            .. Encoding.UTF8.GetBytes(worker.Output),
            .. collector.Everything,
            .. await health.Content.ReadAsByteArrayAsync(stage.CancellationToken),
        ];
        var id = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(
            id,
            ulong.Parse(member.Id.ToString(), System.Globalization.CultureInfo.InvariantCulture)
        );
        Assert.True(kept.AsSpan().IndexOf(Encoding.UTF8.GetBytes("quotation")) >= 0, "the schedule is kept");
        foreach (
            var trace in new[]
            {
                Encoding.UTF8.GetBytes(Name),
                Encoding.UTF8.GetBytes(Nick),
                Encoding.UTF8.GetBytes(member.Id.ToString()),
                id,
            }
        )
        {
            Assert.True(kept.AsSpan().IndexOf(trace) < 0, $"{Encoding.UTF8.GetString(trace)} is kept, logged or told");
        }
    }

    [Fact]
    public async Task TheOperator_SeesAllSchedules_AndCanDeleteAServer()
    {
        await using var stage = await Stage.OpenAsync();
        var guild = stage.Channel.Guild!;
        await using (var worker = await stage.StartWorkerAsync(_clock))
        {
            await SendCommandAsync(stage, "/schedule set time:09:00 zone:Brussels");
            await SendCommandAsync(stage, "/schedule pause");
        }

        var listed = await stage.RunCommandAsync("schedules");
        Assert.Contains(
            $"quotation  {guild.Id}  discord:{stage.Channel.Id}  quote    –     paused since 2027-02-01: by an admin of the server",
            listed.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(0, (await stage.RunCommandAsync($"delete-server --server {guild.Id} --yes")).ExitCode);
        Assert.Contains(
            "There are no schedules.",
            (await stage.RunCommandAsync("schedules")).Output,
            StringComparison.Ordinal
        );
        Assert.Null(await FindGuildAsync(stage, guild));
    }

    private static async Task<string> SendCommandAsync(Stage stage, string line)
    {
        var message = await AnswerAsync(stage, stage.Member, line);
        Assert.True(message.IsEphemeral);
        return message.Content;
    }

    private static async Task<ChannelMessage> AnswerAsync(
        Stage stage,
        User user,
        string line,
        Channel? channel = null
    ) =>
        Assert
            .IsType<InteractionResult.Answered>(
                await stage.Discord.InvokeAsync(user, channel ?? stage.Channel, line, stage.CancellationToken)
            )
            .Message;

    private static async Task<IReadOnlyList<string>> SuggestAsync(
        Stage stage,
        string line,
        string option,
        string typed
    ) =>
        [
            .. Assert
                .IsType<InteractionResult.Suggested>(
                    await stage.Discord.AutocompleteAsync(
                        stage.Member,
                        stage.Channel,
                        $"{line} {option}:{typed}",
                        option,
                        stage.CancellationToken
                    )
                )
                .Choices.Select(choice => choice.Value.ToString()!),
        ];

    private static async Task<GuildSettings?> FindGuildAsync(Stage stage, Guild guild)
    {
        await using var database = await stage.OpenDatabaseAsync();
        return await new GuildStore(database).FindAsync(
            new Platforms.GuildId(ulong.Parse(guild.Id.ToString(), System.Globalization.CultureInfo.InvariantCulture)),
            stage.CancellationToken
        );
    }

    /// <summary>The messages in the system channel, except the first one.</summary>
    private static List<string> Notices(Stage stage, Channel system)
    {
        var texts = stage.Discord.GetMessages(system).Select(message => message.Content);
        return [.. texts.Where(text => !text.StartsWith("Hello!", StringComparison.Ordinal))];
    }
}
