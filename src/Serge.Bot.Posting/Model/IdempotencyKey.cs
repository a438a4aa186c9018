namespace Serge.Bot.Posting.Model;

/// <summary>Keys of posts: what a platform recognises a second try by.</summary>
public static class IdempotencyKey
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>120 bits in 24 characters of base32: some servers share keys among all their accounts, so they must not be guessable.</summary>
    public static string New(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return string.Create(
            24,
            random,
            static (key, random) =>
            {
                foreach (ref var letter in key)
                {
                    letter = Alphabet[random.Next(Alphabet.Length)];
                }
            }
        );
    }
}
