using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Rest;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.Rest;

/// <summary>Source: Discord docs, Topics/Permissions.</summary>
public sealed class PermissionCalculatorTests
{
    private const ulong Everyone = 7; // the role that has the server's own id
    private const ulong Moderator = 70;
    private const ulong Quiet = 71;
    private const ulong Me = 40;

    private const DiscordPermissions No = DiscordPermissions.None;
    private const DiscordPermissions View = DiscordPermissions.ViewChannel;
    private const DiscordPermissions Send = DiscordPermissions.SendMessages;
    private const DiscordPermissions History = DiscordPermissions.ReadMessageHistory;

    /// <summary>Each row: the permissions of the roles, the overwrites of the channel (role or member, allow, deny),
    /// and the result.</summary>
    public static TheoryData<string, DiscordPermissions, Override[], DiscordPermissions> Rows =>
        new()
        {
            { "nothing overrides", View | Send, [], View | Send },
            { "everybody is denied", View | Send, [new(0, Everyone, No, Send)], View },
            { "everybody is allowed", View, [new(0, Everyone, Send, No)], View | Send },
            {
                "denied to everybody, allowed to a role of ours",
                View | Send,
                [new(0, Everyone, No, Send), new(0, Moderator, Send, No)],
                View | Send
            },
            {
                "the order of the list does not matter",
                View | Send,
                [new(0, Moderator, Send, No), new(0, Everyone, No, Send)],
                View | Send
            },
            {
                "two roles of ours disagree: allowed wins",
                View | Send,
                [new(0, Quiet, No, Send), new(0, Moderator, Send, No)],
                View | Send
            },
            { "a role that is not ours does not count", View | Send, [new(0, 999, No, Send)], View | Send },
            {
                "allowed to a role, denied to ourselves",
                View | Send,
                [new(0, Moderator, Send, No), new(1, Me, No, Send)],
                View
            },
            {
                "denied to a role, allowed to ourselves",
                View,
                [new(0, Moderator, No, Send), new(1, Me, Send, No)],
                View | Send
            },
            { "somebody else's override does not count", View, [new(1, 999, Send, No)], View },
            { "a role's id in a member's override does not count", View, [new(1, Moderator, Send, No)], View },
            { "who cannot see the channel can do nothing there", Send | History, [], DiscordPermissions.None },
            {
                "seeing denied takes the rest along",
                View | Send | History,
                [new(0, Everyone, No, View)],
                DiscordPermissions.None
            },
            {
                "an administrator is not overridden",
                DiscordPermissions.Administrator,
                [new(0, Everyone, No, View | Send), new(1, Me, No, View)],
                PermissionCalculator.All
            },
            { "an unknown kind of override is passed over", View, [new(5, Me, Send, View)], View },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Calculate_RolesAndOverrides_FollowsTheDocumentedOrder(
        string why,
        DiscordPermissions roles,
        Override[] overrides,
        DiscordPermissions expected
    )
    {
        var overwrites = overrides
            .Select(o => new OverwriteModel
            {
                Type = o.Type,
                Id = o.Id,
                Allow = (ulong)o.Allow,
                Deny = (ulong)o.Deny,
            })
            .ToArray();

        Assert.True(
            expected
                == PermissionCalculator.Calculate(
                    GuildWith(roles),
                    Me,
                    new MemberModel { Roles = [Moderator, Quiet] },
                    overwrites,
                    VirtualTime.Begin
                ),
            why
        );
    }

    [Fact]
    public void Calculate_SeveralRoles_AddsThemUp()
    {
        var guild = new GuildModel
        {
            Id = Everyone,
            Roles =
            [
                new() { Id = Everyone, Permissions = (ulong)View },
                new() { Id = Moderator, Permissions = (ulong)Send },
                new() { Id = 999, Permissions = (ulong)History },
            ],
        };

        Assert.Equal(
            View | Send,
            PermissionCalculator.Calculate(guild, Me, new MemberModel { Roles = [Moderator] }, [], VirtualTime.Begin)
        );
    }

    /// <summary>An omitted field allows and denies nothing.</summary>
    [Theory]
    [InlineData(View)]
    [InlineData(View | (DiscordPermissions)1)]
    public void Calculate_RolesAndOverridesWithoutFigures_ChangesNothing(DiscordPermissions everybody)
    {
        var guild = GuildWith(everybody) with { Roles = [.. GuildWith(everybody).Roles!, new() { Id = Quiet }] };
        OverwriteModel[] overwrites = [new() { Type = 0, Id = Everyone }, new() { Type = 1, Id = Me }];

        Assert.Equal(
            everybody,
            PermissionCalculator.Calculate(
                guild,
                Me,
                new MemberModel { Roles = [Moderator, Quiet] },
                overwrites,
                VirtualTime.Begin
            )
        );
    }

    [Fact]
    public void Calculate_TheOwner_IsEverything()
    {
        var guild = GuildWith(No) with { OwnerId = Me };
        var denied = new OverwriteModel
        {
            Type = 1,
            Id = Me,
            Deny = ulong.MaxValue,
        };

        Assert.Equal(
            PermissionCalculator.All,
            PermissionCalculator.Calculate(guild, Me, new MemberModel(), [denied], VirtualTime.Begin)
        );
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-60, false)]
    public void Calculate_AMemberInTimeOut_IsToSeeAndRead(int secondsFromNow, bool inTimeOut)
    {
        var member = new MemberModel
        {
            CommunicationDisabledUntil = VirtualTime.Begin + TimeSpan.FromSeconds(secondsFromNow),
        };

        Assert.Equal(
            inTimeOut ? View | History : View | History | Send,
            PermissionCalculator.Calculate(GuildWith(View | Send | History), Me, member, [], VirtualTime.Begin)
        );
    }

    [Fact]
    public void Calculate_HardlyAnything_IsNotKnown() =>
        Assert.Null(
            PermissionCalculator.Calculate(
                new GuildModel { Id = Everyone },
                Me,
                new MemberModel(),
                [new()],
                VirtualTime.Begin
            )
        );

    [Fact]
    public void Access_ToAChannel_IsWorkedOut() =>
        Access(
            api =>
                api.On(
                    "GET channels/1",
                    Json(
                        200,
                        """
                        {"id":"1","type":5,"guild_id":"7","name":"news","parent_id":"3",
                         "permission_overwrites":[{"id":"40","type":1,"allow":"16384","deny":2048}]}
                        """
                    )
                ),
            answer =>
                Assert.Equal(
                    new Result<ChannelAccess>.Success(
                        new ChannelAccess(new GuildId(7), "news", true, View | History | DiscordPermissions.EmbedLinks)
                        {
                            Kind = ChannelKind.Announcement,
                        }
                    ),
                    answer
                )
        );

    [Fact]
    public void Access_ToAThread_IsThatOfItsChannel() =>
        Access(
            api =>
                api.On(
                        "GET channels/1",
                        Json(
                            200,
                            """{"id":"1","type":11,"guild_id":"7","parent_id":"3","name":"a thread","thread_metadata":{}}"""
                        )
                    )
                    .On(
                        "GET channels/3",
                        Json(
                            200,
                            """
                            {"id":"3","type":0,"guild_id":"7","name":"general",
                             "permission_overwrites":[{"id":"7","type":0,"allow":"274877906944","deny":"2048"}]}
                            """
                        )
                    ),
            answer =>
                Assert.Equal(
                    new Result<ChannelAccess>.Success(
                        new ChannelAccess(
                            new GuildId(7),
                            "a thread",
                            true,
                            View | History | DiscordPermissions.SendMessagesInThreads
                        )
                        {
                            Kind = ChannelKind.Thread,
                        }
                    ),
                    answer
                )
        );

    /// <summary>Each row: what the channel of a thread denies the bot, and what the bot may do in the thread.</summary>
    [Theory]
    [InlineData(DiscordPermissions.SendMessages, View | History | DiscordPermissions.SendMessagesInThreads)]
    [InlineData(DiscordPermissions.SendMessagesInThreads, View | History | Send)]
    [InlineData(View, No)]
    public void Access_ToAThread_LacksWhatItsChannelDenies(DiscordPermissions denied, DiscordPermissions expected) =>
        Access(
            api =>
                api.On("GET channels/1", Json(200, """{"id":"1","type":12,"guild_id":"7","parent_id":"3"}"""))
                    .On(
                        "GET channels/3",
                        Json(
                            200,
                            $$"""
                            {"id":"3","type":0,"guild_id":"7","name":"general",
                             "permission_overwrites":[
                               {"id":"7","type":0,"allow":"274877906944","deny":"0"},
                               {"id":"40","type":1,"allow":"0","deny":"{{(ulong)denied}}"}]}
                            """
                        )
                    ),
            answer =>
            {
                var access = Assert.IsType<Result<ChannelAccess>.Success>(answer).Value;
                Assert.Equal((ChannelKind.Thread, true), (access.Kind, access.AcceptsMessages));
                Assert.Equal(expected, access.Permissions);
            }
        );

    [Fact]
    public void Access_ToADirectMessage_IsEverything() =>
        Access(
            api => api.On("GET channels/1", Json(200, """{"id":"1","type":1,"recipients":[{"id":"5"}]}""")),
            answer =>
            {
                var access = Assert.IsType<Result<ChannelAccess>.Success>(answer).Value;
                Assert.Equal((null, "", true), (access.Guild, access.Name, access.AcceptsMessages));
                Assert.Equal(View | Send | History, access.Permissions & (View | Send | History));
            }
        );

    [Theory]
    [InlineData("0", true)]
    [InlineData("2", true)] // voice
    [InlineData("4", false)] // category
    [InlineData("5", true)] // announcements
    [InlineData("13", true)] // stage
    [InlineData("14", false)] // directory
    [InlineData("15", false)] // forum
    [InlineData("16", false)] // media
    [InlineData("99", true)] // a future type
    [InlineData("null", true)]
    public void Access_ByKindOfChannel_StatesWhetherItTakesMessages(string type, bool takes) =>
        Access(
            api => api.On("GET channels/1", Json(200, $$"""{"id":"1","type":{{type}},"guild_id":"7","name":"x"}""")),
            answer => Assert.Equal(takes, Assert.IsType<Result<ChannelAccess>.Success>(answer).Value.AcceptsMessages)
        );

    /// <summary>Other servers with Discord's protocol omit the roles of a guild.</summary>
    [Theory]
    [InlineData("""{"id":"7","owner_id":"1"}""")]
    [InlineData("""{"id":"7","owner_id":"1","roles":null}""")]
    public void Access_OnAServerThatOmitsTheRoles_AsksForThem(string guild) =>
        Access(
            api =>
                api.On("GET guilds/7", Json(200, guild))
                    .On("GET guilds/7/roles", Json(200, """[{"id":"7","permissions":"3072"}]""")),
            answer => Assert.Equal(View | Send, Assert.IsType<Result<ChannelAccess>.Success>(answer).Value.Permissions)
        );

    [Theory]
    [InlineData(404, """{"message":"404: Not Found","code":0}""")]
    [InlineData(200, "[]")]
    [InlineData(200, """[{"id":"9","permissions":"8"}]""")]
    [InlineData(200, """[{"id":"7"}]""")]
    public void Access_OnAServerThatDoesNotSayItsRoles_IsNotKnown(int status, string roles) =>
        Access(
            api =>
                api.On("GET guilds/7", Json(200, """{"id":"7","owner_id":"1"}"""))
                    .On("GET guilds/7/roles", Json(status, roles)),
            answer => Assert.Null(Assert.IsType<Result<ChannelAccess>.Success>(answer).Value.Permissions)
        );

    [Theory]
    [InlineData("GET channels/1")]
    [InlineData("GET users/@me")]
    [InlineData("GET guilds/7")]
    [InlineData("GET guilds/7/members/40")]
    public void Access_WhenSomethingIsForbidden_StatesWhy(string line) =>
        Access(
            api => api.On(line, Error(403, 50001, "Missing Access")),
            answer =>
                Assert.Equal(
                    new Result<ChannelAccess>.Refused(Refusal.Forbidden, "HTTP 403, code 50001: Missing Access"),
                    answer
                )
        );

    [Fact]
    public void Access_WithABadToken_ReportsIt() =>
        Access(
            api => api.On("GET channels/1", Error(401, 0, "401: Unauthorized")),
            answer => Assert.IsType<Result<ChannelAccess>.Unauthorized>(answer)
        );

    [Fact]
    public void IsThread_OfEachKind_IsTrueForThreeOfThem() =>
        Assert.Equal([10, 11, 12], Enumerable.Range(0, 100).Where(type => ChannelTypes.IsThread(type)));

    [Fact]
    public void GetKind_OfEachType_IsThreadForThreads() =>
        Assert.Equal(
            [10, 11, 12],
            Enumerable.Range(0, 100).Where(type => ChannelTypes.GetKind(type) == ChannelKind.Thread)
        );

    [Fact]
    public void AcceptsMessages_OfEachKind_IsFalseForFourOfThem() =>
        Assert.Equal([4, 14, 15, 16], Enumerable.Range(0, 100).Where(type => !ChannelTypes.AcceptsMessages(type)));

    private static GuildModel GuildWith(DiscordPermissions everybody) =>
        new()
        {
            Id = Everyone,
            OwnerId = 1,
            Roles =
            [
                new() { Id = Everyone, Permissions = (ulong)everybody },
                new() { Id = Moderator, Permissions = 0 },
            ],
        };

    private static void Access(Action<FakeApi> arrange, Action<Result<ChannelAccess>> check) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer();
            arrange(api);
            await using var discord = api.Client();

            check(await discord.GetChannelAccessAsync(new ChannelId(1), CancellationToken.None));
        });

    /// <summary>What a channel allows and denies: 0 to a role, 1 to a member.</summary>
    public sealed record Override(int Type, ulong Id, DiscordPermissions Allow, DiscordPermissions Deny);
}
