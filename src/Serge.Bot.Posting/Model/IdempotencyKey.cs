namespace Serge.Bot.Posting.Model;

/// <summary>Keys by which a platform recognizes a repeated attempt.</summary>
public static class IdempotencyKey
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Length = 24;

    /// <summary>Creates a key of 120 random bits in base32.</summary>
    /// <remarks>Some servers share keys among all their accounts, so a key must not be guessable.</remarks>
    public static string Create(Random random) => new(random.GetItems<char>(Alphabet, Length));
}
