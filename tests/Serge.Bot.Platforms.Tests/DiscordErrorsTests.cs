namespace Serge.Bot.Platforms.Tests;

/// <summary>Source: Discord docs, Topics/Opcodes and Status Codes.</summary>
public sealed class DiscordErrorsTests
{
    [Theory]
    [InlineData(200, """{"id":"1"}""", true)]
    [InlineData(200, "[]", true)]
    [InlineData(204, "", true)]
    [InlineData(200, "<html>", false)]
    [InlineData(403, """{"message":"Missing Permissions","code":50013}""", true)]
    [InlineData(401, """{"message":"401: Unauthorized","code":0}""", true)]
    [InlineData(403, """{"message":"Forbidden"}""", false)]
    [InlineData(403, """{"code":403}""", false)]
    [InlineData(404, "404 page not found", false)]
    [InlineData(403, "", false)]
    public void IsFromDiscord_ABody_IsInItsFormOrNot(int status, string body, bool expected) =>
        Assert.Equal(expected, DiscordErrors.IsFromDiscord(status, System.Text.Encoding.UTF8.GetBytes(body)));

    /// <summary>A code of the table has its meaning at any HTTP status; for all others the status decides.</summary>
    [Fact]
    public void Classify_EachCode_IsInTheTableAtAnyStatus()
    {
        Dictionary<DiscordErrorKind, int[]> table = new()
        {
            [DiscordErrorKind.Gone] = [10002, 10003, 10004, 10008, 10011, 10015, 10062, 10063, 50027],
            [DiscordErrorKind.Forbidden] = [40058, 40067, 50001, 50007, 50008, 50013, 50024, 50083, 50278, 160005],
            [DiscordErrorKind.AlreadyAnswered] = [40060],
            [DiscordErrorKind.InvalidToken] = [40001, 50014],
            [DiscordErrorKind.Temporary] = [20016, 20022, 20028, 20029, 30034, 30046, 40062, 40333, 130000],
            [DiscordErrorKind.Payload] =
            [
                30015,
                30032,
                40005,
                40041,
                40094,
                50006,
                50035,
                50045,
                50109,
                200000,
                200001,
                240000,
            ],
        };
        var meanings = table.SelectMany(row => row.Value, (row, code) => (code, row.Key)).ToDictionary();

        foreach (var status in new[] { 302, 400, 401, 403, 404, 500 })
        {
            var otherwise = DiscordErrors.Classify(status, 0);
            for (var code = 0; code < 250_000; code++)
            {
                var meaning = DiscordErrors.Classify(status, code);
                if (meaning != meanings.GetValueOrDefault(code, otherwise))
                {
                    Assert.Fail($"HTTP {status}, code {code}: {meaning}");
                }
            }
        }
    }

    [Theory]
    [InlineData(300, "Temporary", "Temporary")]
    [InlineData(399, "Temporary", "Temporary")]
    [InlineData(400, "Payload", "Temporary")]
    [InlineData(401, "InvalidToken", "Temporary")]
    [InlineData(402, "Payload", "Temporary")]
    [InlineData(403, "Forbidden", "Temporary")]
    [InlineData(404, "Gone", "Temporary")]
    [InlineData(405, "Payload", "Temporary")]
    [InlineData(407, "Payload", "Temporary")]
    [InlineData(408, "Uncertain", "Uncertain")]
    [InlineData(409, "Payload", "Temporary")]
    [InlineData(410, "Gone", "Temporary")]
    [InlineData(429, "Temporary", "Temporary")]
    [InlineData(411, "Payload", "Temporary")]
    [InlineData(499, "Payload", "Temporary")]
    [InlineData(500, "Uncertain", "Uncertain")]
    [InlineData(599, "Uncertain", "Uncertain")]
    public void Classify_AStatusAlone_IsInTheTable(int status, string ofDiscord, string ofAnother)
    {
        Assert.Equal(ofDiscord, DiscordErrors.Classify(status, 0).ToString());
        Assert.Equal(ofAnother, DiscordErrors.Classify(status, null).ToString());
    }

    [Theory]
    [InlineData(DiscordErrorKind.Payload, "Payload", "Payload")]
    [InlineData(DiscordErrorKind.Gone, "Gone", "Gone")]
    [InlineData(DiscordErrorKind.Forbidden, "Forbidden", "Forbidden")]
    [InlineData(DiscordErrorKind.AlreadyAnswered, "AlreadyAnswered", "AlreadyAnswered")]
    [InlineData(DiscordErrorKind.InvalidToken, "Unavailable", "Unauthorized")]
    [InlineData(DiscordErrorKind.Temporary, "Unavailable", "Unavailable")]
    [InlineData(DiscordErrorKind.Uncertain, "Unknown", "Unavailable")]
    public void ToOutcomeAndToResult_EachKind_KeepTheReason(DiscordErrorKind kind, string outcome, string result)
    {
        var write = DiscordErrors.ToOutcome(kind, "why");
        var read = DiscordErrors.ToResult<string>(kind, "why");

        Assert.Equal(outcome, write is SendOutcome.Refused(var refusal, _) ? refusal.ToString() : write.GetType().Name);
        Assert.Equal(result, read is Result<string>.Refused(var refused, _) ? refused.ToString() : read.GetType().Name);
        Assert.EndsWith("Reason = why }", write.ToString(), StringComparison.Ordinal);
        Assert.Equal("why", read.GetReason());
    }
}
