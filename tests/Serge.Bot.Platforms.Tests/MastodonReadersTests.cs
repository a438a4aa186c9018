using System.Text;
using System.Text.Json;

namespace Serge.Bot.Platforms.Tests;

/// <summary>Each field is read independently.</summary>
public sealed class MastodonReadersTests
{
    /// <summary>Wrong values that a field may have.</summary>
    public static TheoryData<string> Malformed =>
        ["\"\"", "null", "[]", "{}", "0", "true", "\"yesterday\"", "\"\\ud83d\"", "1e999", "[null]"];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void ReadSent_AnyOtherField_DoesNotAffectTheId(string value)
    {
        var json = Parse(
            $$"""
            {"id":"7","created_at":{{value}},"url":{{value}},"uri":{{value}},"content":{{value}},"account":{{value}},
             "media_attachments":{{value}},"tags":{{value}},"application":{{value}},"visibility":{{value}}}
            """
        );

        Assert.Equal("7", MastodonReaders.ReadSent(json)?.Id);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void ReadAccount_AnyOtherField_DoesNotAffectIdAndName(string value)
    {
        var json = Parse(
            $$"""
            {"id":"1","acct":"serge","source":{{value}},"note":{{value}},"fields":{{value}},"url":{{value}},
             "bot":{{value}},"created_at":{{value}},"emojis":{{value}},"roles":{{value}}}
            """
        );

        var account = MastodonReaders.ReadAccount(json);

        Assert.Equal(("1", "serge"), (account?.Id, account?.Acct));
    }

    [Theory]
    [InlineData("""{"acct":"serge"}""")]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"id":"1","acct":""}""")]
    [InlineData("""{"id":[],"acct":"serge"}""")]
    [InlineData("[]")]
    public void ReadAccount_WithoutAFieldThatIsNeeded_IsNull(string json) =>
        Assert.Null(MastodonReaders.ReadAccount(Parse(json)));

    [Theory]
    [MemberData(nameof(Malformed))]
    public void ReadPosts_AnyOtherField_DoesNotAffectAPost(string value)
    {
        var json = Parse(
            $$"""
            [{"id":"7","created_at":"2026-03-29T09:01:00Z","content":"text","url":{{value}},"account":{{value}},
              "reblog":null,"text":{{value}},"edited_at":{{value}},"mentions":{{value}}}]
            """
        );
        var isText = JsonReader.ExactText(Parse(value)) is { Length: > 0 };

        var post = Assert.Single(MastodonReaders.ReadPosts(json)!);

        Assert.Equal(("7", 9), (post.Id, post.CreatedAt?.Hour));
        Assert.Equal(isText ? "yesterday" : "text", post.NormalizedText);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void ReadInstance_AnyOtherField_DoesNotAffectTheVersion(string value)
    {
        var json = Parse(
            $$"""
            {"version":"4.5.7","configuration":{{value}},"api_versions":{{value}},"source_url":{{value}},
             "max_toot_chars":{{value}},"title":{{value}}}
            """
        );

        Assert.Equal("4.5.7", MastodonInstanceReader.Read(json)?.Instance.Version);
    }

    private static JsonElement? Parse(string json) => JsonReader.Parse(Encoding.UTF8.GetBytes(json));
}
