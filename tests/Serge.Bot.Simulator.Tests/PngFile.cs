using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;

namespace Serge.Bot.Simulator.Tests;

/// <summary>Files and forms for uploads.</summary>
internal static class PngFile
{
    /// <summary>The beginning of a PNG file: the signature, and the header with its size.</summary>
    public static byte[] Create(int width = 1200, int height = 675, int length = 100)
    {
        var png = new byte[length];
        byte[] signature = [0x89, .. "PNG\r\n\u001a\n"u8];
        signature.CopyTo(png, 0);
        "IHDR"u8.CopyTo(png.AsSpan(12));
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    /// <summary>A form with texts and a file; the names are in quotation marks.</summary>
    public static MultipartFormDataContent CreateForm(
        string fileField,
        byte[] file,
        params (string Name, string Value)[] texts
    )
    {
        MultipartFormDataContent form = [];
        foreach (var (name, value) in texts)
        {
            StringContent content = new(value, Encoding.UTF8);
            content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
            {
                Name = $"\"{name}\"",
            };
            form.Add(content);
        }

        ByteArrayContent picture = new(file) { Headers = { ContentType = new("image/png") } };
        picture.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = $"\"{fileField}\"",
            FileName = "\"card.png\"",
        };
        form.Add(picture);
        return form;
    }
}
