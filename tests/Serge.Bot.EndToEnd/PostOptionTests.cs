namespace Serge.Bot.EndToEnd;

/// <summary>Threads, crossposts and mentions of scheduled posts, over real connections.</summary>
public sealed class PostOptionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)] // each response is lost once: the request is repeated without a duplicate
    public async Task Options_OfAServersSchedule_AreDoneOnce(bool loseResponses)
    {
        ManualClock clock = new(Stage.At("2027-02-01 06:00"));
        await using var stage = await Stage.OpenAsync();
        var guild = stage.Channel.Guild!;
        var news = stage.Discord.AddChannel(guild, "news", ChannelType.Announcement);
        var readers = stage.Discord.AddRole(guild, "readers", Permissions.None, isMentionable: true);
        await using var worker = await stage.StartWorkerAsync(clock);
        using var watch = stage.World.Watch();
        Assert.Contains(
            "With a thread under each post. Published in the channels that follow it. Notifies <@&",
            await SendCommandAsync(
                stage,
                "/schedule set time:09:00 zone:Brussels channel:#news thread:True crosspost:True mention:readers"
            ),
            StringComparison.Ordinal
        );
        if (loseResponses)
        {
            foreach (var path in (string[])["/threads", "/crosspost"])
            {
                stage.World.Faults.Add(
                    new RequestFault
                    {
                        Method = "POST",
                        Path = $"/discord/api/v10/channels/*/messages/*{path}",
                        Effect = new RequestEffect.LoseResponse(),
                    }
                );
            }
        }

        clock.MoveTo(Stage.At("2027-02-01 08:00"));
        await stage.WaitUntilAsync(async () => await AreDoneAsync(stage));

        var post = Assert.Single(stage.Discord.GetMessages(news));
        Assert.Equal([readers.Id], post.MentionedRoles);
        Assert.False(post.MentionsEveryone);
        Assert.Empty(post.Mentions);
        Assert.Equal(1, post.Flags & 1);
        Assert.Equal("1 February 2027", stage.Discord.FindThread(post)?.Name);
    }

    [Fact]
    public async Task Options_ThatThePlatformRefuses_LeaveThePostAlone()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("daily", "quote", $"discord:{stage.Channel.Id}");
        stage.Discord.SetPermissions(
            stage.Channel,
            stage.Application,
            Permissions.Default & ~Permissions.CreatePublicThreads
        );
        await using var worker = await stage.StartWorkerAsync(
            TimeProvider.System,
            [.. schedule, ("Schedules:daily:Thread", "true"), ("Schedules:daily:Crosspost", "true")]
        );

        await stage.WaitUntilAsync(async () => await AreDoneAsync(stage));

        Assert.Single(stage.ChannelPosts);
        Assert.Equal(PostState.Sent, Assert.Single(await stage.PostsAsync()).State);
        await using var database = await stage.OpenDatabaseAsync();
        var key = Assert.Single(await stage.PostsAsync()).Key;
        Assert.All(
            await new FollowUpRows(database).GetAsync(key, stage.CancellationToken),
            one => Assert.Equal(FollowUpState.Failed, one.State)
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // the response is lost: the post is looked up and not duplicated
    public async Task Forum_GetsAPostPerQuotation_Once(bool loseResponse)
    {
        ManualClock clock = new(Stage.At("2027-02-01 06:00"));
        await using var stage = await Stage.OpenAsync();
        var forum = stage.Discord.AddChannel(stage.Channel.Guild!, "library", ChannelType.Forum);
        await using var worker = await stage.StartWorkerAsync(clock);
        Assert.StartsWith(
            "“quotation” posts a quotation, in <#",
            await SendCommandAsync(stage, "/schedule set time:09:00 zone:Brussels channel:#library"),
            StringComparison.Ordinal
        );
        if (loseResponse)
        {
            stage.AddFault("/discord/api/v10/channels/*/threads", new RequestEffect.LoseResponse());
        }

        clock.MoveTo(Stage.At("2027-02-01 08:00"));
        await stage.WaitUntilSettledAsync(1);

        var post = Assert.Single(await stage.PostsAsync());
        Assert.Equal((PostState.Sent, $"discord:forum:{forum.Id}"), (post.State, post.Destination.ToString()));
        var thread = Assert.Single(stage.Discord.GetForumPosts(forum));
        Assert.Equal(("1 February 2027", post.RemoteId), (thread.Name, thread.Id.ToString()));
        var message = Assert.Single(stage.Discord.GetMessages(thread));
        Assert.Contains("— Victor Serge", message.Content, StringComparison.Ordinal);
        Assert.Equal(1, message.Components.GetArrayLength());

        await stage.RunCommandAsync($"retract {Assert.Single(post.Items)} --yes", stage.Settings());
        Assert.Empty(stage.Discord.GetMessages(thread));
    }

    [Fact]
    public async Task Forum_OfTheSettings_IsADestination()
    {
        await using var stage = await Stage.OpenAsync();
        var forum = stage.Discord.AddChannel(stage.Channel.Guild!, "library", ChannelType.Forum);
        var schedule = await stage.OverdueScheduleAsync("daily", "quote", $"discord:forum:{forum.Id}");
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, schedule);

        await stage.WaitUntilSettledAsync(1);

        Assert.Single(stage.Discord.GetForumPosts(forum));
    }

    private static async Task<bool> AreDoneAsync(Stage stage)
    {
        if (await stage.PostsAsync() is not [{ State: PostState.Sent } post])
        {
            return false;
        }

        await using var database = await stage.OpenDatabaseAsync();
        var followUps = await new FollowUpRows(database).GetAsync(post.Key, stage.CancellationToken);
        return followUps.Count == 2 && followUps.All(one => one.State != FollowUpState.Pending);
    }

    private static async Task<string> SendCommandAsync(Stage stage, string line)
    {
        var output = await stage.Discord.InvokeAsync(stage.Member, stage.Channel, line, stage.CancellationToken);
        return Assert.IsType<InteractionResult.Answered>(output).Message.Content;
    }
}
