using System.Text;

namespace Serge.Bot.Platforms.Tests;

public sealed class MastodonInstanceReaderTests
{
    [Theory]
    [InlineData("""{"version":"4.5.7"}""", 500, 23, 0)]
    [InlineData("""{"version":"4.5.7","api_versions":{"mastodon":7}}""", 500, 23, 1)]
    [InlineData("""{"version":"4.5.7","api_versions":{"mastodon":2147483647}}""", 500, 23, 1)]
    [InlineData("""{"version":"4.5.7","api_versions":{"mastodon":2147483648}}""", 500, 23, 0)]
    [InlineData("""{"version":"2.7.2 (compatible; Pleroma 2.9)","max_toot_chars":5000}""", 5000, 23, 6)]
    [InlineData(
        """{"version":"4.5.7","configuration":{"statuses":{"max_characters":99999999999,"characters_reserved_per_url":0}}}""",
        int.MaxValue,
        0,
        0
    )]
    [InlineData(
        """{"version":"4.5.7","configuration":{"statuses":{"max_characters":0,"characters_reserved_per_url":1000}}}""",
        500,
        23,
        0
    )]
    [InlineData(
        """{"version":"4.5.7","configuration":{"statuses":{"max_characters":"x","characters_reserved_per_url":-1}}}""",
        500,
        23,
        0
    )]
    public void Read_ADescription_HasLimitsAndCapabilities(string json, int max, int perUrl, int keyHours)
    {
        var description = MastodonInstanceReader.Read(JsonReader.Parse(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(max, description?.Instance.MaxCharacters);
        Assert.Equal(perUrl, description?.Instance.CharactersReservedPerUrl);
        Assert.Equal(TimeSpan.FromHours(keyHours), description?.Capabilities.KeyWindow);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"version":4}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public void Read_AnythingElse_IsNull(string json) =>
        Assert.Null(MastodonInstanceReader.Read(JsonReader.Parse(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("https://mastodon.example/", "token", null)]
    [InlineData("http://127.0.0.1/", "!~", null)]
    [InlineData("ftp://mastodon.example/", "token", "address")]
    [InlineData("/mastodon", "token", "address")]
    [InlineData("https://mastodon.example/", "", "token")]
    [InlineData("https://mastodon.example/", "to ken", "token")]
    [InlineData("https://mastodon.example/", "tok\u00e9n", "token")]
    public void ThrowIfInvalid_OptionsOfAClient_NamesTheInvalidOne(string address, string token, string? invalid)
    {
        void Check() => MastodonServers.ThrowIfInvalid(new Uri(address, UriKind.RelativeOrAbsolute), token);

        if (invalid is null)
        {
            Check();
        }
        else
        {
            Assert.Throws<ArgumentException>(invalid, Check);
        }
    }
}
