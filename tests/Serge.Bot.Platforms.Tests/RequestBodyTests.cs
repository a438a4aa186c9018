using System.Text;

namespace Serge.Bot.Platforms.Tests;

public sealed class RequestBodyTests
{
    private static readonly Picture Card = new("PNG"u8.ToArray(), 1200, 675, "“Words.”");

    [Fact]
    public async Task FromForm_TextsAndAFile_IsMultipartWithQuotedNames()
    {
        var body = RequestBody.FromForm(
            FormPart.FromText("description", "“Words.”"),
            FormPart.FromPicture("file", Card)
        );

        var boundary = body.ContentType["multipart/form-data; boundary=".Length..];
        Assert.Equal(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n“Words.”\r\n"
                + $"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"card.png\"\r\n"
                + $"Content-Type: image/png\r\n\r\nPNG\r\n--{boundary}--\r\n",
            Encoding.UTF8.GetString(body.Bytes)
        );
        using var content = body.ToContent();
        Assert.Equal(body.ContentType, Assert.Single(content.Headers.GetValues("Content-Type")));
        Assert.Equal(body.Bytes, await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void FromForm_TheSameParts_IsTheSame()
    {
        var one = RequestBody.FromForm(FormPart.FromText("a", "1"));
        var other = RequestBody.FromForm(FormPart.FromText("a", "2"));

        Assert.Equal(one.Bytes, RequestBody.FromForm(FormPart.FromText("a", "1")).Bytes);
        Assert.NotEqual(one.ContentType, other.ContentType);
    }

    [Fact]
    public void FromForm_ATextThatLooksLikeABoundary_DoesNotContainIt()
    {
        var first = RequestBody.FromForm(FormPart.FromText("a", "x"));
        var boundary = first.ContentType.Split('=')[1];

        var second = RequestBody.FromForm(FormPart.FromText("a", $"--{boundary}"));

        Assert.NotEqual(boundary, second.ContentType.Split('=')[1]);
    }

    [Theory]
    [InlineData(true, 3, 810_000, 8, null)]
    [InlineData(false, 3, 810_000, 8, "PNG")]
    [InlineData(true, 2, 810_000, 8, "3 bytes; the limit is 2")]
    [InlineData(true, 3, 809_999, 8, "810000 pixels; the limit is 809999")]
    [InlineData(true, 3, 810_000, 7, "8 characters; the limit is 7")]
    public void FindProblem_OfAPicture_NamesTheLimit(bool png, long bytes, long pixels, int description, string? words)
    {
        PictureLimits limits = new()
        {
            AcceptsPng = png,
            MaxBytes = bytes,
            MaxPixels = pixels,
            MaxDescription = description,
        };

        var problem = limits.FindProblem(Card);

        if (words is null)
        {
            Assert.Null(problem);
        }
        else
        {
            Assert.Contains(words, problem, StringComparison.Ordinal);
        }
    }
}
