using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>The key that signs the requests to one application's interactions endpoint.</summary>
/// <remarks>Source: Discord docs, Interactions/Overview, Validating Security Request Headers; RFC 8032.</remarks>
internal sealed class SigningKey
{
    private readonly byte[] _privateKey;

    /// <param name="hex">The private key, 64 hexadecimal digits.</param>
    public SigningKey(string hex)
    {
        _privateKey = Convert.FromHexString(hex);
        var publicKey = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(_privateKey, 0, publicKey, 0);
        VerifyKey = Convert.ToHexStringLower(publicKey);
    }

    /// <summary>The public key: the <c>verify_key</c> of the application.</summary>
    public string VerifyKey { get; }

    /// <summary>Signs a request.</summary>
    /// <returns>The signature in hexadecimal digits.</returns>
    public string Sign(string timestamp, byte[] body)
    {
        byte[] message = [.. Encoding.ASCII.GetBytes(timestamp), .. body];
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_privateKey, 0, message, 0, message.Length, signature, 0);
        return Convert.ToHexStringLower(signature);
    }
}
