using System.Buffers;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Serge.Bot.Discord.Http;

/// <summary>Verifies that Discord signed a request for the bot's application.</summary>
/// <remarks>Source: Discord docs, Interactions/Overview, Validating Security Request Headers; RFC 8032 for the
/// signature.</remarks>
internal static class Ed25519Signature
{
    /// <summary>Verifies a signature of the timestamp followed by the body.</summary>
    /// <param name="key">The application's <c>verify_key</c>, 32 bytes.</param>
    /// <param name="signature">128 hexadecimal digits.</param>
    /// <param name="timestamp">The unchanged header.</param>
    /// <param name="body">The unchanged bytes of the body.</param>
    public static bool IsValid(byte[] key, string signature, string timestamp, ReadOnlySpan<byte> body)
    {
        if (ParseHex(signature, Ed25519.SignatureSize) is not { } signatureBytes)
        {
            return false;
        }

        var timestampLength = Encoding.UTF8.GetByteCount(timestamp);
        var message = new byte[timestampLength + body.Length];
        Encoding.UTF8.GetBytes(timestamp, message);
        body.CopyTo(message.AsSpan(timestampLength));
        return Ed25519.Verify(signatureBytes, 0, key, 0, message, 0, message.Length);
    }

    /// <summary>Parses a <c>verify_key</c>.</summary>
    /// <returns><see langword="null"/> if it is not a key.</returns>
    public static byte[]? ParseKey(string? hex) => ParseHex(hex, Ed25519.PublicKeySize);

    private static byte[]? ParseHex(string? hex, int length)
    {
        var bytes = new byte[length];
        if (hex?.Length != 2 * length || Convert.FromHexString(hex, bytes, out _, out _) != OperationStatus.Done)
        {
            return null;
        }

        return bytes;
    }
}
