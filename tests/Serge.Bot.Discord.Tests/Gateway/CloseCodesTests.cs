using Serge.Bot.Discord.Gateway;

namespace Serge.Bot.Discord.Tests.Gateway;

public sealed class CloseCodesTests
{
    [Theory]
    [InlineData(null, "Resume")] // a lost connection
    [InlineData(1000, "Resume")] // closed by Discord: the session may still be resumable
    [InlineData(1001, "Resume")] // going away: servers are replaced at times
    [InlineData(1006, "Resume")]
    [InlineData(1011, "Resume")]
    [InlineData(4000, "Resume")] // unknown error
    [InlineData(4001, "Resume")] // unknown opcode
    [InlineData(4002, "Resume")] // decode error
    [InlineData(4003, "Resume")] // not authenticated
    [InlineData(4004, "Stop InvalidToken")] // authentication failed
    [InlineData(4005, "Resume")] // already authenticated
    [InlineData(4006, "Resume")] // not documented
    [InlineData(4007, "Identify")] // invalid seq
    [InlineData(4008, "Resume")] // rate limited
    [InlineData(4009, "Identify")] // session timed out
    [InlineData(4010, "Stop InvalidConfiguration")] // invalid shard
    [InlineData(4011, "Reshard")] // sharding required
    [InlineData(4012, "Stop InvalidConfiguration")] // invalid API version
    [InlineData(4013, "Stop InvalidConfiguration")] // invalid intents
    [InlineData(4014, "Stop InvalidConfiguration")] // disallowed intents
    [InlineData(4015, "Resume")] // not documented
    public void GetAction_OfACode_IsWhatTheDocumentationSays(int? code, string action) =>
        Assert.Equal(
            action,
            CloseCodes.GetAction(code) switch
            {
                ReconnectAction.Resume => "Resume",
                ReconnectAction.Identify => "Identify",
                ReconnectAction.Reshard => "Reshard",
                ReconnectAction.Stop(var cause) => $"Stop {cause}",
                var other => other.ToString(),
            }
        );

    [Fact]
    public void Describe_OfEachCode_IsItsOwnAndNamesIt()
    {
        int[] known = [1000, 1001, .. Enumerable.Range(4000, 6), .. Enumerable.Range(4007, 8)];

        Assert.All(
            known,
            code =>
            {
                var text = CloseCodes.Describe(code, null);
                Assert.EndsWith($"({code})", text, StringComparison.Ordinal);
                Assert.DoesNotContain("with code", text, StringComparison.Ordinal);
            }
        );
        Assert.All(
            Enumerable.Range(999, 4000).Except(known),
            code => Assert.Equal($"Discord closed the connection with code {code}", CloseCodes.Describe(code, null))
        );
        Assert.Equal(known.Length, known.Select(code => CloseCodes.Describe(code, null)).Distinct().Count());
        Assert.Contains("without a close code", CloseCodes.Describe(null, " "), StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_WithAReason_KeepsThemOnOneLine() =>
        Assert.EndsWith(": two lines", CloseCodes.Describe(4000, "two\nlines"), StringComparison.Ordinal);
}
