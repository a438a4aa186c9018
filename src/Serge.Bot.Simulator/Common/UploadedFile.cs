using System.Buffers.Binary;

namespace Serge.Bot.Simulator.Common;

/// <summary>A file in a request.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="ContentType">The type that the client states.</param>
/// <param name="Content">The bytes.</param>
internal sealed record UploadedFile(string Name, string ContentType, byte[] Content)
{
    private static readonly byte[] PngSignature = [0x89, .. "PNG\r\n\u001a\n"u8];

    /// <summary>Width and height of a PNG picture; <see langword="null"/> for any other content.</summary>
    /// <remarks>Source: PNG specification, 5.2 and 11.2.1: the header is the first chunk.</remarks>
    public (int Width, int Height)? PngSize
    {
        get
        {
            const int HeaderEnd = 24;
            if (Content.Length < HeaderEnd || !Content.AsSpan().StartsWith(PngSignature))
            {
                return null;
            }

            var width = BinaryPrimitives.ReadInt32BigEndian(Content.AsSpan(16));
            var height = BinaryPrimitives.ReadInt32BigEndian(Content.AsSpan(20));
            return (width, height);
        }
    }
}
