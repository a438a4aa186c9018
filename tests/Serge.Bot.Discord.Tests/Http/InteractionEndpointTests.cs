using System.Text;
using System.Threading.Channels;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Serge.Bot.Discord.Http;
using Serge.Bot.Discord.Tests.Support;

namespace Serge.Bot.Discord.Tests.Http;

/// <summary>Which requests are accepted, and how they are handled.</summary>
public sealed class InteractionEndpointTests : IDisposable
{
    private const string Quote =
        """{"id":"9","application_id":"41","token":"t","type":2,"data":{"name":"quote","type":1},"guild_id":"7","channel_id":"5","locale":"fr"}""";

    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly VirtualTime _time = new();
    private readonly InteractionEndpoint _endpoint;
    private readonly Channel<DiscordEvent> _arrived = Channel.CreateBounded<DiscordEvent>(2);
    private readonly InteractionResponse _response = new();
    private readonly IDisposable _open;

    public InteractionEndpointTests()
    {
        _endpoint = new InteractionEndpoint(_time);
        var key = new byte[32];
        Ed25519.GeneratePublicKey(Secret, 0, key, 0);
        _open = _endpoint.Open(key, _arrived.Writer);
    }

    public void Dispose() => _open.Dispose();

    [Fact]
    public void Receive_ASignedInteraction_IsHandedOn()
    {
        Assert.Equal(InteractionReceipt.Pending, Receive(Quote));

        Assert.True(_arrived.Reader.TryRead(out var happened));
        var command = Assert.IsType<Interaction.Command>(
            Assert.IsType<DiscordEvent.InteractionReceived>(happened).Interaction
        );
        Assert.Equal(("quote", new GuildId(7), "fr"), (command.Name, command.Guild!.Value, command.Locale));
    }

    [Fact]
    public void Receive_APing_IsAnsweredAtOnce()
    {
        Assert.Equal(InteractionReceipt.Pong, Receive("""{"type":1,"id":"1","token":"t"}"""));
        Assert.False(_arrived.Reader.TryRead(out _));
    }

    [Theory]
    [InlineData(-31, false)]
    [InlineData(-30, true)]
    [InlineData(30, true)] // the client's clock may be late
    [InlineData(31, false)]
    public void Receive_ARequestOfAnotherTime_IsRefused(int seconds, bool accepted) =>
        Assert.Equal(
            accepted ? InteractionReceipt.Pending : InteractionReceipt.Unauthorized,
            Receive(Quote, Now(seconds))
        );

    [Fact]
    public void Receive_TheSameRequestAgain_IsRefused()
    {
        Assert.Equal(InteractionReceipt.Pending, Receive(Quote));
        Assert.Equal(InteractionReceipt.Unauthorized, Receive(Quote));
        Assert.Equal(1, _arrived.Reader.Count);
    }

    public static TheoryData<string, Func<string, string>, Func<string, string>, Func<string, string>> Forgeries =>
        new()
        {
            {
                "another body",
                signature => signature,
                timestamp => timestamp,
                body => body.Replace("quote", "about", StringComparison.Ordinal)
            },
            { "a byte more", signature => signature, timestamp => timestamp, body => body + " " },
            {
                "another time",
                signature => signature,
                timestamp => timestamp[..^1] + (timestamp[^1] == '9' ? '8' : '9'),
                body => body
            },
            {
                "one digit of the signature",
                signature => (signature[0] == '0' ? '1' : '0') + signature[1..],
                timestamp => timestamp,
                body => body
            },
            { "a short signature", signature => signature[2..], timestamp => timestamp, body => body },
            { "a long signature", signature => signature + "00", timestamp => timestamp, body => body },
            { "no signature", _ => "", timestamp => timestamp, body => body },
            { "no digits", signature => "zz" + signature[2..], timestamp => timestamp, body => body },
            { "no time", signature => signature, _ => "", body => body },
            { "a time of words", signature => signature, _ => "yesterday", body => body },
            { "a time out of all range", signature => signature, _ => "99999999999999999999", body => body },
            { "a time before time", signature => signature, _ => "-9223372036854775808", body => body },
        };

    [Theory]
    [MemberData(nameof(Forgeries), DisableDiscoveryEnumeration = true)]
    public void Receive_WhatDiscordDidNotSign_IsRefused(
        string what,
        Func<string, string> signature,
        Func<string, string> timestamp,
        Func<string, string> body
    )
    {
        var now = Now();
        var receipt = _endpoint.Receive(
            signature(Sign(now, Quote)),
            timestamp(now),
            Encoding.UTF8.GetBytes(body(Quote)),
            _response
        );

        Assert.True(receipt == InteractionReceipt.Unauthorized, what);
        Assert.False(_arrived.Reader.TryRead(out _));
    }

    [Fact]
    public void Receive_WithoutHeaders_IsRefused() =>
        Assert.Equal(
            InteractionReceipt.Unauthorized,
            _endpoint.Receive(null, null, Encoding.UTF8.GetBytes(Quote), _response)
        );

    [Fact]
    public void Receive_SignedWithAnotherApplicationsKey_IsRefused()
    {
        var now = Now();
        var other = new byte[32];
        Assert.Equal(
            InteractionReceipt.Unauthorized,
            _endpoint.Receive(Sign(now, Quote, other), now, Encoding.UTF8.GetBytes(Quote), _response)
        );
    }

    /// <summary>Half of a surrogate pair in a value and in a name.</summary>
    [Fact]
    public void Receive_TextThatCannotBeDecoded_HasTheReplacementCharacter()
    {
        const string Body =
            """{"id":"9","\ud83d":"\ud83d","token":"t","type":2,"data":{"name":"quote","options":[{"name":"search","type":3,"value":"a\udfffb"}]}}""";

        Assert.Equal(InteractionReceipt.Pending, Receive(Body));

        Assert.True(_arrived.Reader.TryRead(out var received));
        var interaction = Assert.IsType<DiscordEvent.InteractionReceived>(received).Interaction;
        Assert.Equal("a\uFFFDb", Assert.IsType<Interaction.Command>(interaction).Options["search"]);
    }

    [Theory]
    [InlineData("\"\\ud83d\"")]
    [InlineData("""{"\ud83d":"\ud83d"}""")]
    [InlineData("""{"type":"\ud83d","id":"\ud83d","token":"\ud83d"}""")]
    [InlineData("""{"type":1e300,"id":1e300,"token":7}""")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"type":2}""")]
    public void Receive_SignedNonsense_IsMalformed(string body) =>
        Assert.Equal(InteractionReceipt.Malformed, Receive(body));

    [Fact]
    public void Receive_AnUnusedType_IsAcceptedAndIgnored()
    {
        Assert.Equal(
            InteractionReceipt.Accepted,
            Receive("""{"id":"9","token":"t","type":5,"data":{"custom_id":"form"}}""")
        );
        Assert.False(_arrived.Reader.TryRead(out _));
    }

    [Fact]
    public void Receive_MoreThanCanWait_IsBusy()
    {
        Assert.Equal(InteractionReceipt.Pending, Receive(Quote));
        Assert.Equal(InteractionReceipt.Pending, Receive(Quote.Replace("\"9\"", "\"10\"", StringComparison.Ordinal)));
        Assert.Equal(InteractionReceipt.Busy, Receive(Quote.Replace("\"9\"", "\"11\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Receive_WithoutAReader_IsBusy()
    {
        _open.Dispose();

        Assert.Equal(InteractionReceipt.Busy, Receive(Quote));
    }

    [Theory]
    // RFC 8032, section 7.1, tests 2 and 3: the message is split at any position into time and body.
    [InlineData(
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )]
    [InlineData(
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )]
    public void IsValid_TheStandardsOwnExamples_AreTrue(string key, string timestamp, string body, string signature)
    {
        var bytes = Convert.FromHexString(body);
        Assert.True(Ed25519Signature.IsValid(Ed25519Signature.ParseKey(key)!, signature, timestamp, bytes));
        Assert.True(
            Ed25519Signature.IsValid(Ed25519Signature.ParseKey(key)!, signature.ToUpperInvariant(), timestamp, bytes)
        );
        bytes[0] ^= 1;
        Assert.False(Ed25519Signature.IsValid(Ed25519Signature.ParseKey(key)!, signature, timestamp, bytes));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("3d40")]
    [InlineData("zz4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")]
    public void ParseKey_WhatIsNoKey_IsNull(string? hex) => Assert.Null(Ed25519Signature.ParseKey(hex));

    private string Now(int seconds = 0) =>
        (_time.GetUtcNow().ToUnixTimeSeconds() + seconds).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private InteractionReceipt Receive(string body, string? timestamp = null)
    {
        timestamp ??= Now();
        return _endpoint.Receive(Sign(timestamp, body), timestamp, Encoding.UTF8.GetBytes(body), _response);
    }

    private static string Sign(string timestamp, string body, byte[]? secret = null)
    {
        var message = Encoding.UTF8.GetBytes(timestamp + body);
        var signature = new byte[64];
        Ed25519.Sign(secret ?? Secret, 0, message, 0, message.Length, signature, 0);
        return Convert.ToHexStringLower(signature);
    }
}
