using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Serge.Bot.Discord.Http;

/// <summary>Whether a request was signed with Discord's key for our application.</summary>
/// <remarks>Source: Discord docs, Interactions/Overview, Validating Security Request Headers; RFC 8032 for the signature itself.</remarks>
internal static class Ed25519Signature
{
    /// <summary>Checks a signature over the timestamp followed by the body.</summary>
    /// <param name="key">The application's <c>verify_key</c>, 32 bytes.</param>
    /// <param name="signature">128 hexadecimal digits.</param>
    /// <param name="timestamp">As it stands in the header.</param>
    /// <param name="body">Byte for byte as it came.</param>
    public static bool Holds(byte[] key, string signature, string timestamp, ReadOnlySpan<byte> body)
    {
        var signed = new byte[Ed25519.SignatureSize];
        if (
            signature.Length != 2 * signed.Length
            || Convert.FromHexString(signature, signed, out _, out _) != System.Buffers.OperationStatus.Done
        )
        {
            return false;
        }

        var message = new byte[Encoding.UTF8.GetByteCount(timestamp) + body.Length];
        body.CopyTo(message.AsSpan(Encoding.UTF8.GetBytes(timestamp, message)));
        return Ed25519.Verify(signed, 0, key, 0, message, 0, message.Length);
    }

    /// <summary>Reads a <c>verify_key</c>.</summary>
    /// <returns><see langword="null"/> if it is none.</returns>
    public static byte[]? KeyFrom(string? hex)
    {
        var key = new byte[Ed25519.PublicKeySize];
        return
            hex?.Length == 2 * key.Length
            && Convert.FromHexString(hex, key, out _, out _) == System.Buffers.OperationStatus.Done
            ? key
            : null;
    }
}
