using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Serge.Bot.Simulator.Discord.Interactions;

/// <summary>The key with which Discord signs the requests to one application's interactions endpoint.</summary>
/// <remarks>Source: Discord docs, Interactions/Overview, Validating Security Request Headers; RFC 8032.</remarks>
internal sealed class SigningKey
{
    private readonly byte[] _secret;

    /// <param name="hex">The secret, 64 hexadecimal digits.</param>
    public SigningKey(string hex)
    {
        _secret = Convert.FromHexString(hex);
        var open = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(_secret, 0, open, 0);
        VerifyKey = Convert.ToHexStringLower(open);
    }

    /// <summary>The public half, as the application's <c>verify_key</c> shows it.</summary>
    public string VerifyKey { get; }

    /// <summary>Signs a request, in hexadecimal digits.</summary>
    public string Sign(string timestamp, byte[] body)
    {
        byte[] message = [.. Encoding.ASCII.GetBytes(timestamp), .. body];
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_secret, 0, message, 0, message.Length, signature, 0);
        return Convert.ToHexStringLower(signature);
    }
}
