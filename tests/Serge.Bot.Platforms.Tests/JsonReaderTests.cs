using System.Text;
using System.Text.Json;

namespace Serge.Bot.Platforms.Tests;

/// <summary>RFC 8259, 8.2: a JSON text may have half of a surrogate pair, and the behaviour of software that receives
/// it is unpredictable. This reader returns U+FFFD there.</summary>
public sealed class JsonReaderTests
{
    /// <summary>Bytes of a JSON string, and the text that is read.</summary>
    public static TheoryData<string, string> Texts =>
        new()
        {
            { "plain é 😀", "plain é 😀" },
            { """\ud83d\ude00""", "😀" },
            { """\ud83d""", "\uFFFD" },
            { """\ude00""", "\uFFFD" },
            { """a\ud83db""", "a\uFFFDb" },
            { """\ude00\ud83d""", "\uFFFD\uFFFD" },
            { """\ud83d\ud83d\ude00""", "\uFFFD😀" },
            { """\uD83D é""", "\uFFFD é" },
            { """x\u0000y""", "x\uFFFDy" },
            { """x\ufffey""", "x\uFFFDy" },
            { """\"\\\/\b\f\n\r\t\u00e9""", "\"\\/\b\f\n\r\té" },
        };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_WithWhatIsNotUnicode_HasTheReplacementCharacter(string raw, string text) =>
        Assert.Equal(text, Parse($"\"{raw}\"").Text());

    [Theory]
    [MemberData(nameof(Texts))]
    public void MemberName_WithWhatIsNotUnicode_HasTheReplacementCharacter(string raw, string name)
    {
        var json = $$"""{"{{raw}}":1}""";

        Assert.Equal(name, Assert.Single(Parse(json).Members()).Name);
        Assert.Equal(name, Assert.Single(JsonReader.Split(Encoding.UTF8.GetBytes(json))!).Key);
    }

    [Theory]
    [InlineData(new byte[] { 0xC3 })] // half of a character
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0xBD })] // a surrogate
    public void Text_WithBytesThatAreNotUtf8_HasTheReplacementCharacter(byte[] bytes)
    {
        byte[] json = [(byte)'"', (byte)'a', .. bytes, (byte)'"'];

        var text = JsonReader.Parse(json).Text();

        Assert.StartsWith("a\uFFFD", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Member_BesideNamesThatAreNotUnicode_IsFound()
    {
        var json = Parse("""{"\ud83d":1,"id":"7","\udfff":2}""");

        Assert.Equal("7", json.Member("id").Text());
        Assert.Equal("7", Parse("""{"\u0069d":"7"}""").Member("id").Text());
    }

    [Fact]
    public void Member_WithARepeatedName_IsTheLast() =>
        Assert.Equal(2, Parse("""{"a":1,"b":3,"a":2}""").Member("a").Number());

    /// <summary>For each reader a value of another type counts as missing, and no reader throws.</summary>
    [Theory]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("""{"\ud83d":"\ud83d"}""")]
    [InlineData("\"\\ud83d\"")]
    public void Value_OfAnotherType_IsNothing(string json)
    {
        var value = Parse(json);

        Assert.Null(value.Number());
        Assert.Null(value.Integer());
        Assert.Null(value.Decimal());
        Assert.Null(value.Boolean());
        Assert.Null(value.Time());
        Assert.Null(value.Url());
        Assert.Null(value.Member("id").Id());
        _ = value.Scalar();
        _ = value.Id();
        _ = value.Elements().Select(element => element.Text()).ToList();
        _ = value.Objects(element => element.Member("x").Text() ?? "");
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("\"-1\"", -1)]
    [InlineData("1.5", null)]
    [InlineData("1e99", null)]
    [InlineData("2147483648", null)]
    [InlineData("-2147483649", null)]
    [InlineData("99999999999999999999", null)]
    public void Integer_OutOfItsRange_IsNothing(string json, int? number) =>
        Assert.Equal(number, Parse(json).Integer());

    [Theory]
    [InlineData("64.57", 64.57)]
    [InlineData("\"1e3\"", 1000.0)]
    [InlineData("1e400", null)]
    [InlineData("\"NaN\"", null)]
    [InlineData("\"Infinity\"", null)]
    public void Decimal_ThatIsNotFinite_IsNothing(string json, double? number) =>
        Assert.Equal(number, Parse(json).Decimal());

    [Theory]
    [InlineData("\"2026-03-29T01:00:00Z\"", true)]
    [InlineData("\"2026-03-29T01:00:00\\u002B00:00\"", true)]
    [InlineData("\"\"", false)]
    [InlineData("\"\\ud83d\"", false)]
    [InlineData("\"\\\\ud83d\"", false)]
    [InlineData("\"0000-00-00T00:00:00Z\"", false)]
    [InlineData("\"0001-01-01T00:00:00+14:00\"", false)]
    [InlineData("\"99999-01-01T00:00:00Z\"", false)]
    public void Time_ThatIsNone_IsNothing(string json, bool isTime) =>
        Assert.Equal(isTime, Parse(json).Time() is not null);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("\"\\ud8\"")]
    [InlineData("\uFEFF{}")]
    public void Parse_OfWhatIsNotJson_IsNothing(string json) => Assert.Null(Parse(json));

    [Fact]
    public void Parse_OfDeepNesting_IsNothing()
    {
        var json = new string('[', 100_000) + new string(']', 100_000);

        Assert.Null(Parse(json));
        Assert.Null(JsonReader.Split(Encoding.UTF8.GetBytes($$"""{"a":{{json}}}""")));
    }

    [Theory]
    [InlineData("\"109\"", "109")]
    [InlineData("109", "109")]
    [InlineData("18446744073709551616", "18446744073709551616")]
    [InlineData("\"\"", null)]
    [InlineData("true", null)]
    public void Id_OfAnyServer_IsText(string json, string? id) => Assert.Equal(id, Parse(json).Id());

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    [InlineData(100_000, false)] // longer than the maximum length of an address
    public void Id_OfExtremeLength_IsNothing(int length, bool isId) =>
        Assert.Equal(isId, Parse($"\"{new string('7', length)}\"").Id() is not null);

    [Fact]
    public void Repair_OfTextThatAnotherLibraryDecoded_LeavesValidText()
    {
        Assert.Equal("a\uFFFDb😀", JsonText.Repair("a\uD83Db😀"));
        Assert.Equal("\uFFFD", JsonText.Repair("\0"));
    }

    private static JsonElement? Parse(string json) => JsonReader.Parse(Encoding.UTF8.GetBytes(json));
}
