using System.Security.Cryptography;
using System.Text;

namespace Serge.Bot.Platforms;

/// <summary>The body of a request, in memory, so that it can be sent again.</summary>
/// <param name="Bytes">The body.</param>
/// <param name="ContentType">The header <c>Content-Type</c>.</param>
public sealed record RequestBody(byte[] Bytes, string ContentType)
{
    public static RequestBody FromJson(byte[] json) => new(json, "application/json");

    /// <summary>A form with a file and texts (<c>multipart/form-data</c>, RFC 7578).</summary>
    /// <remarks>Written here, because .NET's own class omits the quotation marks of names and adds parameters, for
    /// which servers answer 400 (snac, Pleroma).</remarks>
    public static RequestBody FromForm(params IReadOnlyList<FormPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var boundary = CreateBoundary(parts);
        using MemoryStream body = new();
        foreach (var part in parts)
        {
            Write(body, $"--{boundary}\r\n{part.GetHeaders()}\r\n\r\n");
            body.Write(part.Content.Span);
            Write(body, "\r\n");
        }

        Write(body, $"--{boundary}--\r\n");
        return new RequestBody(body.ToArray(), $"multipart/form-data; boundary={boundary}");
    }

    /// <summary>Creates the content of a request.</summary>
    public HttpContent ToContent()
    {
        ByteArrayContent content = new(Bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        return content;
    }

    private static void Write(MemoryStream body, string text) => body.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>A hash of the content, which the content cannot contain by accident.</summary>
    private static string CreateBoundary(IEnumerable<FormPart> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(part.Content.Span);
        }

        var digits = Convert.ToHexStringLower(hash.GetCurrentHash());
        return $"form-{digits[..32]}";
    }
}

/// <summary>A part of a form.</summary>
/// <param name="Name">The name of the field, ASCII without quotation marks.</param>
/// <param name="Content">Its bytes.</param>
public sealed record FormPart(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>The name of the file; <see langword="null"/> for a text.</summary>
    public string? FileName { get; init; }

    /// <summary>The type of the content; <see langword="null"/> for a text.</summary>
    public string? ContentType { get; init; }

    public static FormPart FromText(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    public static FormPart FromPicture(string name, Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return new FormPart(name, picture.Png) { FileName = picture.FileName, ContentType = Picture.MediaType };
    }

    /// <summary>The header lines, without the empty line behind them.</summary>
    internal string GetHeaders()
    {
        var headers = $"Content-Disposition: form-data; name=\"{Name}\"";
        if (FileName is not null)
        {
            headers += $"; filename=\"{FileName}\"";
        }

        if (ContentType is null)
        {
            return headers;
        }

        return $"{headers}\r\nContent-Type: {ContentType}";
    }
}
