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
    [InlineData("""{"version":"4.5.7"}""", true, 16777216, 33177600, 1500)]
    [InlineData(
        """{"version":"4.6.4","configuration":{"media_attachments":{"supported_mime_types":["image/jpeg","image/png"],"image_size_limit":1000,"image_matrix_limit":2000,"description_limit":10000}}}""",
        true,
        1000,
        2000,
        10000
    )]
    [InlineData(
        """{"version":"4.6.4","configuration":{"statuses":{"max_media_attachments":0},"media_attachments":{"image_size_limit":0,"image_matrix_limit":-1,"description_limit":"x"}}}""",
        false,
        16777216,
        33177600,
        1500
    )]
    [InlineData(
        """{"version":"4.6.4","configuration":{"media_attachments":{"supported_mime_types":["image/jpeg"]}}}""",
        false,
        16777216,
        33177600,
        1500
    )]
    [InlineData(
        """{"version":"2.7.2 (compatible; Pleroma 2.9)","description_limit":5000,"configuration":{"media_attachments":{"supported_mime_types":[]}}}""",
        true,
        16777216,
        33177600,
        5000
    )]
    public void Read_ADescription_HasTheLimitsOfPictures(
        string json,
        bool png,
        long bytes,
        long pixels,
        int description
    )
    {
        var read = MastodonInstanceReader.Read(JsonReader.Parse(Encoding.UTF8.GetBytes(json)));

        var expected = new PictureLimits
        {
            AcceptsPng = png,
            MaxBytes = bytes,
            MaxPixels = pixels,
            MaxDescription = description,
        };
        Assert.Equal(expected, read?.Instance.Pictures);
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
