namespace Serge.Bot.Simulator.Common;

/// <summary>A <see cref="Random"/> that several threads can use.</summary>
internal sealed class RandomSource(Random random)
{
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string HexDigits = "0123456789abcdef";
    private readonly Lock _lock = new();

    /// <summary>Creates a token of letters and digits, such as an interaction's token.</summary>
    public string CreateToken(int length) => Create(LettersAndDigits, length);

    /// <summary>Creates lower-case hexadecimal digits, such as a session id.</summary>
    public string CreateHex(int length) => Create(HexDigits, length);

    private string Create(string characters, int length)
    {
        lock (_lock)
        {
            return new string(random.GetItems<char>(characters, length));
        }
    }
}
