using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Serge.Bot.Commands;

/// <summary>A short hash of a topic's name, for the custom id of a button.</summary>
internal static class TopicHash
{
    private const int Bytes = 4;

    /// <summary>Six characters. The probability that two of a thousand topics have the same hash is 1 in 8,000.</summary>
    public static string Create(string topic)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(topic));
        return Base64Url.EncodeToString(hash.AsSpan(0, Bytes));
    }
}
