using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.Rest;

/// <summary>Source: Discord docs, Resources/Channel, Start Thread in Forum or Media Channel; the lists of threads.</summary>
public sealed class ForumPostsTests
{
    private const string Post = "POST channels/1/threads";
    private static readonly ChannelId Forum = new(1);
    private static readonly DiscordMessage Message = new() { Text = "Words." };

    /// <summary>Threads of 2027; the bot is user 40 in these tests.</summary>
    private const string New = "1589000000000000000";
    private const string Other = "1589000000000000001";

    [Fact]
    public void Start_SendsTitleAndMessage_WithoutANonce() =>
        With(
            async (api, discord) =>
            {
                api.On(Post, Json(201, $$"""{"id":"{{New}}","type":11,"message":{"id":"{{New}}"} }"""));

                var outcome = await discord.StartForumPostAsync(
                    Forum,
                    "1 February",
                    Message,
                    SendDeadline.None,
                    CancellationToken.None
                );

                Assert.Equal(New, Assert.IsType<SendOutcome.Sent>(outcome).Id);
                var body = api.Requests.Last(request => request.Method == "POST").Json;
                Assert.Equal("1 February", body.GetProperty("name").GetString());
                Assert.Equal("Words.", body.GetProperty("message").GetProperty("content").GetString());
                Assert.False(body.GetProperty("message").TryGetProperty("nonce", out _));
                Assert.Equal(
                    """{"parse":[]}""",
                    body.GetProperty("message").GetProperty("allowed_mentions").GetRawText()
                );
            }
        );

    [Theory]
    [InlineData("Words.", false, "Found")]
    [InlineData("Others.", false, "NotFound")]
    [InlineData("Others.", true, "Inconclusive")] // more closed threads than one page
    [InlineData("Words.", true, "Found")]
    public void Find_ReadsTheFirstMessageOfTheBotsThreads(string text, bool hasMore, string expected) =>
        With(
            async (api, discord) =>
            {
                api.On("GET guilds/7/threads/active", Json(200, $$"""{"threads":[{{Thread(Other, forum: 2)}}]}"""))
                    .On(
                        "GET channels/1/threads/archived/public?limit=100",
                        Json(
                            200,
                            $$"""{"threads":[{{Thread(New, forum: 1)}}],"has_more":{{(hasMore ? "true" : "false")}} }"""
                        )
                    )
                    .On($"GET channels/{New}/messages/{New}", Json(200, $$"""{"id":"{{New}}","content":"{{text}}"}"""));

                var lookup = await discord.FindForumPostAsync(
                    Forum,
                    "Words.",
                    DateTimeOffset.UnixEpoch,
                    CancellationToken.None
                );

                Assert.Equal(expected, lookup.GetType().Name);
            }
        );

    private static string Thread(string id, int forum) =>
        $$"""{"id":"{{id}}","type":11,"parent_id":"{{forum}}","owner_id":"40","thread_metadata":{"archive_timestamp":"2027-02-01T12:00:00Z"} }""";

    private static void With(Func<FakeApi, DiscordClient, Task> test) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer();
            await using var discord = api.Client();
            await test(api, discord);
        });
}
