using System.Text;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord.Tests.Rest;

/// <summary>Source: Discord docs, Topics/Opcodes and Status Codes.</summary>
public sealed class ResponseDecoderTests
{
    [Theory]
    // Gone
    [InlineData(404, 10002, "Gone")] // unknown application
    [InlineData(404, 10003, "Gone")] // unknown channel
    [InlineData(404, 10004, "Gone")] // unknown guild
    [InlineData(404, 10008, "Gone")] // unknown message
    [InlineData(404, 10011, "Gone")] // unknown role
    [InlineData(404, 10015, "Gone")] // unknown webhook
    [InlineData(404, 10062, "Gone")] // unknown interaction
    [InlineData(401, 50027, "Gone")] // invalid webhook token: the 15 minutes are over
    [InlineData(404, 10063, "Gone")] // unknown application command
    [InlineData(404, 0, "Gone")]
    [InlineData(410, 0, "Gone")]
    // No access
    [InlineData(403, 50001, "Forbidden")] // missing access
    [InlineData(403, 50013, "Forbidden")] // missing permissions
    [InlineData(403, 50007, "Forbidden")] // cannot send messages to this user
    [InlineData(400, 50008, "Forbidden")] // cannot send in a non-text channel
    [InlineData(400, 50083, "Forbidden")] // thread is archived
    [InlineData(403, 50278, "Forbidden")] // no server in common with this user
    [InlineData(400, 50024, "Forbidden")] // not for this type of channel
    [InlineData(400, 160005, "Forbidden")] // thread is locked
    [InlineData(400, 40058, "Forbidden")] // forum
    [InlineData(400, 40067, "Forbidden")] // forum that requires a tag
    [InlineData(403, 0, "Forbidden")]
    // The message itself
    [InlineData(400, 50006, "Payload")] // empty message
    [InlineData(400, 50035, "Payload")] // invalid form body
    [InlineData(400, 50109, "Payload")] // invalid JSON
    [InlineData(413, 40005, "Payload")] // too large
    [InlineData(400, 50045, "Payload")] // file too large
    [InlineData(400, 30007, "Payload")] // webhooks of a channel
    [InlineData(400, 30015, "Payload")] // attachments
    [InlineData(400, 30032, "Payload")] // commands
    [InlineData(400, 30058, "Payload")] // webhooks of a server
    [InlineData(400, 40041, "Payload")] // a command of that name exists
    [InlineData(400, 40043, "Payload")] // interaction failed to send
    [InlineData(400, 40094, "Payload")] // too many follow-ups
    [InlineData(400, 200000, "Payload")] // blocked by AutoMod
    [InlineData(400, 200001, "Payload")] // title blocked by AutoMod
    [InlineData(400, 240000, "Payload")] // harmful link
    [InlineData(400, 0, "Payload")]
    [InlineData(405, 0, "Payload")]
    [InlineData(422, 0, "Payload")]
    [InlineData(400, 40060, "AlreadyAnswered")]
    // Not executed; a later attempt may succeed
    [InlineData(401, 0, "Unavailable")]
    [InlineData(401, 50014, "Unavailable")]
    [InlineData(400, 40001, "Unavailable")] // the code of Spacebar
    [InlineData(403, 40333, "Unavailable")] // blocked for its User-Agent
    [InlineData(400, 20016, "Unavailable")] // slow mode
    [InlineData(400, 20022, "Unavailable")] // announcement edits
    [InlineData(400, 20028, "Unavailable")] // writes to a channel
    [InlineData(400, 20029, "Unavailable")] // writes to a server
    [InlineData(400, 30034, "Unavailable")] // new commands today
    [InlineData(400, 40062, "Unavailable")] // a service behind it is limited
    [InlineData(400, 30046, "Unavailable")] // too many edits of an old message
    [InlineData(503, 130000, "Unavailable")] // overloaded
    [InlineData(302, 0, "Unavailable")]
    // Not in Discord's form: the page of a proxy or a firewall. It contains no information about channels.
    [InlineData(302, null, "Unavailable")]
    [InlineData(400, null, "Unavailable")]
    [InlineData(401, null, "Unavailable")]
    [InlineData(403, null, "Unavailable")]
    [InlineData(404, null, "Unavailable")]
    [InlineData(413, null, "Unavailable")]
    [InlineData(408, null, "Unknown")]
    [InlineData(502, null, "Unknown")]
    [InlineData(520, null, "Unknown")]
    // Unknown whether it was executed
    [InlineData(408, 0, "Unknown")]
    [InlineData(500, 0, "Unknown")]
    [InlineData(502, 0, "Unknown")]
    [InlineData(503, 0, "Unknown")]
    [InlineData(504, 0, "Unknown")]
    [InlineData(599, 99999, "Unknown")]
    public void ToOutcome_AnError_IsInTheTable(int status, int? code, string expected)
    {
        var outcome = ResponseDecoder.ToOutcome(new RestResult.Error(status, code, "words"));

        Assert.Equal(expected, outcome is SendOutcome.Refused(var kind, _) ? kind.ToString() : outcome.GetType().Name);
    }

    [Fact]
    public void Describe_ManyProblems_NamesTheFirstFive()
    {
        var members = Enumerable
            .Range(1, 9)
            .Select(i =>
                $$$"""
                    "m{{{i}}}":{"_errors":[{"message":"p{{{i}}}"}]}
                    """
            );
        var json = $$$"""{"message":"Many","errors":{ {{{string.Join(',', members)}}} }}""";

        Assert.Equal(
            "Many; m1: p1; m2: p2; m3: p3; m4: p4; m5: p5",
            ResponseDecoder.Describe(ApiError.Read(JsonReader.Parse(Encoding.UTF8.GetBytes(json))))
        );
    }

    [Theory]
    [InlineData(299, 299)]
    [InlineData(300, 300)]
    [InlineData(301, 301)] // 300 and an ellipsis
    [InlineData(5_000, 301)]
    public void Describe_ALongError_IsCutAtThreeHundredCharacters(int length, int described) =>
        Assert.Equal(described, ResponseDecoder.Describe(new ApiError { Message = new string('x', length) })!.Length);

    [Fact]
    public void Describe_ALongError_EndsWithAnEllipsis()
    {
        Assert.EndsWith(
            "xx",
            ResponseDecoder.Describe(new ApiError { Message = new string('x', 300) }),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "x…",
            ResponseDecoder.Describe(new ApiError { Message = new string('x', 301) }),
            StringComparison.Ordinal
        );
    }

    /// <summary>Names and texts that cannot be decoded, values of other types, and so many long names that their paths
    /// would have gigabytes.</summary>
    [Theory]
    [InlineData("""{"message":"\ud83d","errors":{"\udfff":{"_errors":[{"message":"\ud83d"}]}}}""")]
    [InlineData("""{"message":"x","code":1e300,"errors":[null]}""")]
    [InlineData("""{"message":"x","code":{},"errors":{"_errors":[null,5,{"message":[]}],"a":"\ud83d"}}""")]
    public void ParseError_OddBodies_AreDescribed(string json)
    {
        var error = ResponseDecoder.ParseError(Encoding.UTF8.GetBytes(json));

        Assert.NotEmpty(ResponseDecoder.Describe(error)!);
    }

    /// <summary>The paths would have 20 GB.</summary>
    [Fact]
    public void Describe_WithManyFieldsBelowALongName_IsQuick()
    {
        var fields = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"{i}\":{{\"a\":{{}}}}"));
        var name = new string('n', 1_000_000);
        var json = $"{{\"message\":\"x\",\"errors\":{{\"{name}\":{{{fields}}}}}}}";

        var described = ResponseDecoder.Describe(ResponseDecoder.ParseError(Encoding.UTF8.GetBytes(json)));

        Assert.Equal("x", described);
    }

    [Fact]
    public void Describe_NoError_IsNothing() => Assert.Null(ResponseDecoder.Describe(null));

    [Theory]
    [InlineData(401, 0, "Unauthorized")]
    [InlineData(401, 50014, "Unauthorized")]
    [InlineData(400, 40001, "Unauthorized")]
    [InlineData(403, 50001, "Forbidden")]
    [InlineData(404, 10003, "Gone")]
    [InlineData(400, 50035, "Payload")]
    [InlineData(400, 40060, "AlreadyAnswered")]
    [InlineData(401, null, "Unavailable")] // a proxy cannot refuse the bot's token
    [InlineData(403, null, "Unavailable")]
    [InlineData(502, 0, "Unavailable")]
    [InlineData(502, null, "Unavailable")]
    [InlineData(503, 130000, "Unavailable")]
    public void ToResult_AnError_IsInTheTable(int status, int? code, string expected)
    {
        var answer = ResponseDecoder.ToResult<ChannelModel>(new RestResult.Error(status, code, "words"));

        Assert.Equal(
            expected,
            answer is Result<ChannelModel>.Refused(var kind, _) ? kind.ToString() : answer.GetType().Name
        );
    }

    [Fact]
    public void ToOutcome_AnError_KeepsDiscordsMessageAndNumbers() =>
        Assert.Equal(
            new SendOutcome.Refused(Refusal.Forbidden, "HTTP 403, code 50013: Missing Permissions"),
            ResponseDecoder.ToOutcome(new RestResult.Error(403, 50013, "Missing Permissions"))
        );

    [Fact]
    public void ToOutcome_AnotherOnesPage_StatesThatItIsNotDiscords() =>
        Assert.Equal(
            new SendOutcome.Unavailable(
                "HTTP 403, not in Discord's form: something between the bot and Discord answered "
                    + "(a proxy, a firewall): Forbidden"
            ),
            ResponseDecoder.ToOutcome(new RestResult.Error(403, null, "Forbidden"))
        );

    [Fact]
    public void ToOutcome_ARejectedToken_NamesItWithoutIt() =>
        Assert.Equal(
            new SendOutcome.Unavailable("Discord does not accept the token (HTTP 401)"),
            ResponseDecoder.ToOutcome(new RestResult.Error(401, 0, "401: Unauthorized"))
        );

    [Theory]
    [InlineData("""{"code":50013,"message":"Missing Permissions"}""", "Missing Permissions")]
    [InlineData(
        """{"code":50035,"message":"Invalid Form Body","errors":{"content":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 2000 or fewer in length."}]}}}""",
        "Invalid Form Body; content: Must be 2000 or fewer in length."
    )]
    [InlineData(
        """{"code":50035,"message":"Invalid Form Body","errors":{"embeds":{"0":{"title":{"_errors":[{"message":"one"},{"message":"two"}]}}}}}""",
        "Invalid Form Body; embeds.0.title: one; embeds.0.title: two"
    )]
    [InlineData(
        """{"message":"Too large","errors":{"_errors":[{"code":"APPLICATION_COMMAND_TOO_LARGE","message":"8000 at most"}]}}""",
        "Too large; 8000 at most"
    )]
    [InlineData("""{"message":"Odd","errors":[1,2]}""", "Odd")]
    [InlineData("""{"message":"Odd","errors":{"_errors":"text","x":{"_errors":[3,{"message":4}]}}}""", "Odd")]
    [InlineData("{}", "")]
    public void Describe_AnError_NamesTheMembersItIsAbout(string json, string expected) =>
        Assert.Equal(expected, ResponseDecoder.Describe(ApiError.Read(JsonReader.Parse(Encoding.UTF8.GetBytes(json)))));

    [Fact]
    public void Describe_AVeryLongError_IsCut()
    {
        var described = ResponseDecoder.Describe(new ApiError { Message = new string('x', 5000) });

        Assert.InRange(described!.Length, 100, 400);
    }
}
