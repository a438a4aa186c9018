using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.Rest;

/// <summary>Source: Discord docs, Resources/Channel, Start Thread in Forum or Media Channel; the lists of
/// threads.</summary>
public sealed class ForumPostsTests
{
    private const string Post = "POST channels/1/threads";
    private const string Active = "GET guilds/7/threads/active";
    private const string Archived = "GET channels/1/threads/archived/public?limit=100";
    private const string FirstMessage = "GET channels/1589000000000000000/messages/1589000000000000000";
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
                api.On(Active, Json(200, $$"""{"threads":[{{Thread(Other, forum: 2)}}]}"""))
                    .On(
                        Archived,
                        Json(
                            200,
                            $$"""{"threads":[{{Thread(New, forum: 1)}}],"has_more":{{(hasMore ? "true" : "false")}} }"""
                        )
                    )
                    .On($"GET channels/{New}/messages/{New}", Json(200, $$"""{"id":"{{New}}","content":"{{text}}"}"""));

                var lookup = await FindAsync(discord);

                Assert.Equal(expected, lookup.GetType().Name);
            }
        );

    /// <summary>A part of a response is missing. "Not found" would not be certain, and the reason names the missing
    /// part.</summary>
    [Theory]
    [InlineData(FirstMessage, """{"id":"1"}""", "lacks its id, author or text")]
    [InlineData("GET channels/1", """{"id":"1","type":15}""", "the guild of the forum")]
    [InlineData(Active, "{}", "list of threads")]
    [InlineData(Archived, """{"has_more":false}""", "list of threads")]
    [InlineData(Archived, """{"threads":[{"parent_id":"1","owner_id":"40"}]}""", "A thread in Discord's list")]
    [InlineData(
        Archived,
        """{"threads":[{"id":"1589000000000000000","owner_id":"40"}]}""",
        "A thread in Discord's list"
    )]
    [InlineData(Active, """{"threads":[{"id":"1589000000000000000","parent_id":"1"}]}""", "A thread in Discord's list")]
    [InlineData(Active, """{"threads":[null]}""", "A thread in Discord's list")]
    public void Find_WithAnAnswerThatLacksAPart_IsInconclusiveAndStatesWhat(string line, string body, string reason) =>
        With(
            async (api, discord) =>
            {
                api.On(Active, Json(200, $$"""{"threads":[{{Thread(New, forum: 1)}}]}"""))
                    .On(Archived, Json(200, """{"threads":[],"has_more":false}"""))
                    .On(FirstMessage, Json(200, """{"content":"Others."}"""))
                    .On(line, Json(200, body));

                var lookup = await FindAsync(discord);

                var inconclusive = Assert.IsType<LookupResult.Inconclusive>(lookup);
                Assert.Contains(reason, inconclusive.Reason, StringComparison.Ordinal);
            }
        );

    [Theory]
    [InlineData("""{"id":"1589000000000000000","parent_id":"2"}""")]
    [InlineData("""{"id":"1589000000000000000","owner_id":"41"}""")]
    [InlineData("""{"parent_id":"2"}""")]
    public void Find_WithAThreadThatIsCertainlyNotThePost_IgnoresIt(string thread) =>
        With(
            async (api, discord) =>
            {
                api.On(Active, Json(200, $$"""{"threads":[{{thread}}]}"""))
                    .On(Archived, Json(200, """{"threads":[]}"""));

                Assert.IsType<LookupResult.NotFound>(await FindAsync(discord));
            }
        );

    private static Task<LookupResult> FindAsync(DiscordClient discord) =>
        discord.FindForumPostAsync(Forum, "Words.", DateTimeOffset.UnixEpoch, CancellationToken.None);

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
