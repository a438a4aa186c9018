using System.Text;
using System.Text.Json;
using Serge.Bot.Discord.Gateway;

namespace Serge.Bot.Discord.Tests.Gateway;

public sealed class GatewayFrameTests
{
    /// <summary>A member of another type is ignored with everything in it.</summary>
    [Theory]
    [InlineData("""{"t":{"op":5,"d":1},"s":{"op":6},"op":0}""")]
    [InlineData("""{"t":["op",5],"s":["op",6],"op":0}""")]
    [InlineData("""{"t":5,"s":"six","op":0}""")]
    [InlineData("""{"t":null,"s":null,"op":0}""")]
    [InlineData("""{"t":null,"s":1.5,"op":0}""")]
    [InlineData("""{"s":99999999999999999999,"op":0}""")]
    public void Frame_WithMembersOfAnotherKind_IsReadWithoutThem(string json)
    {
        var frame = GatewayFrame.Parse(Encoding.UTF8.GetBytes(json));

        Assert.Equal((0, null, null), (frame.Op, frame.Event, frame.Sequence));
        Assert.True(frame.Data.IsEmpty);
    }

    [Theory]
    [InlineData("""{"op":0,"d":{"a":[1,2]},"s":42,"t":"NAME"}""")]
    [InlineData("""{ "t" : "NAME", "s" : 42, "d" : {"a":[1,2]}, "op" : 0 }""")]
    [InlineData("""{"x":{"d":1},"t":"NAME","y":[],"s":42,"op":0,"d":{"a":[1,2]},"z":null}""")]
    public void Frame_InWhateverOrder_IsRead(string json)
    {
        var frame = GatewayFrame.Parse(Encoding.UTF8.GetBytes(json));

        Assert.Equal(
            (0, "NAME", 42L, """{"a":[1,2]}"""),
            (frame.Op, frame.Event, frame.Sequence!.Value, Encoding.UTF8.GetString(frame.Data.Span))
        );
    }

    [Theory]
    [InlineData("""{"op":0,"d":{"a":[1,2]""")]
    [InlineData("null")]
    [InlineData("""{"op":null}""")]
    [InlineData("""{"op":1.5}""")]
    public void Frame_Malformed_ThrowsJsonException(string json) =>
        Assert.ThrowsAny<JsonException>(() => GatewayFrame.Parse(Encoding.UTF8.GetBytes(json)));
}
