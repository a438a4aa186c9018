namespace Serge.Bot.Simulator;

/// <summary>A <see cref="Random"/> that several threads may use.</summary>
internal sealed class RandomSource(Random random)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private readonly Lock _lock = new();

    /// <summary>Letters and digits that nobody guesses, such as an interaction's token.</summary>
    public string CreateToken(int length)
    {
        lock (_lock)
        {
            return new string(random.GetItems<char>(Letters, length));
        }
    }

    /// <summary>Lower-case hexadecimal digits, such as a session id.</summary>
    public string CreateHex(int length)
    {
        lock (_lock)
        {
            return new string(random.GetItems<char>("0123456789abcdef", length));
        }
    }
}
