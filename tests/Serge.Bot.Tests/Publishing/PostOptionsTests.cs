namespace Serge.Bot.Tests.Publishing;

/// <summary>How the options of a schedule are sent to Discord.</summary>
public sealed class PostOptionsTests
{
    private static readonly Destination Channel = Destinations.OfChannel(new ChannelId(1));
    private static readonly DateTimeOffset Occurrence = Some.At("2027-02-01 08:00");

    private readonly FakeServers _discord = new FakeServers().Guild(100).Channel(1, guild: 100);
    private readonly IPublishTarget _target;

    public PostOptionsTests() =>
        _target = TestEngine.Targets(_discord, null).Get(Destinations.OfChannel(new ChannelId(1)));

    [Fact]
    public void Complete_WithEverything_NamesTheThreadAfterTheLocalDay()
    {
        var payload = Complete(
            new PostOptions
            {
                Thread = true,
                Crosspost = true,
                Mention = "7",
                Buttons = false,
            }
        );

        Assert.Equal(("1 February 2027", true, "7"), (payload.Thread, payload.Crosspost, payload.Mention));
        Assert.Equal([FollowUpKind.Crosspost, FollowUpKind.Thread], payload.FollowUps);
        Assert.Null(payload.Buttons);
    }

    [Fact]
    public void Complete_ForAForumAndAChannel_OnlyTheChannelGetsAThreadAndACrosspost()
    {
        PostOptions options = new() { Thread = true, Crosspost = true };

        var forum = Complete(options, Destinations.OfForum(new ChannelId(2)));
        var channel = Complete(options);

        Assert.Equal(("1 February 2027", null, false), (forum.Title, forum.Thread, forum.Crosspost));
        Assert.Equal((null, "1 February 2027", true), (channel.Title, channel.Thread, channel.Crosspost));
    }

    [Fact]
    public void Complete_ByDefault_NothingFollowsAndNobodyIsNotified()
    {
        var payload = Complete(PostOptions.Default);

        Assert.Equal((null, false, null), (payload.Thread, payload.Crosspost, payload.Mention));
        Assert.Empty(payload.FollowUps);
    }

    [Theory]
    [InlineData("7", "<@&7>\nWords.", 7UL)]
    [InlineData(null, "Words.", null)]
    [InlineData("everyone", "Words.", null)]
    public async Task Send_WithAMention_NotifiesThatRoleOnly(string? mention, string text, ulong? role)
    {
        var post = Some.Post(to: "discord:1") with
        {
            Payload = new Payload { Text = "Words.", Mention = mention },
        };

        await _target.SendAsync(post, SendDeadline.None, TestContext.Current.CancellationToken);

        var sent = Assert.Single(_discord.Sent);
        Assert.Equal((text, role), (sent.Text, sent.MentionedRole));
        Assert.IsType<LookupResult.Found>(
            await _target.FindPublishedAsync(post, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Send_WithoutRoomForTheMention_SendsTheWholeText()
    {
        var text = new string('x', DiscordMessage.MaxTextLength);
        var post = Some.Post(to: "discord:1") with
        {
            Payload = new Payload { Text = text, Mention = "7" },
        };

        await _target.SendAsync(post, SendDeadline.None, TestContext.Current.CancellationToken);

        Assert.Equal((text, null), (_discord.Sent[0].Text, _discord.Sent[0].MentionedRole));
    }

    private Payload Complete(PostOptions options, Destination? destination = null)
    {
        Schedule schedule = new()
        {
            Id = ScheduleId.OfOperator("s"),
            Cron = "0 9 * * *",
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels"),
            Content = ScheduleContent.Quote,
            To = [Channel, Destinations.OfForum(new ChannelId(2))],
            Options = options,
        };
        Payload payload = new() { Text = "Words.", Buttons = [new PostButton("Source", "source:x")] };
        return _target.Complete(payload, schedule, destination ?? Channel, Occurrence, null!);
    }
}
