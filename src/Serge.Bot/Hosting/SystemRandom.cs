using System.Security.Cryptography;

namespace Serge.Bot.Hosting;

/// <summary>Random numbers of the operating system: unpredictable and thread-safe.</summary>
internal sealed class SystemRandom : Random
{
    public override int Next(int maxValue) => RandomNumberGenerator.GetInt32(maxValue);

    public override int Next(int minValue, int maxValue) => RandomNumberGenerator.GetInt32(minValue, maxValue);

    public override int Next() => RandomNumberGenerator.GetInt32(int.MaxValue);

    public override void NextBytes(Span<byte> buffer) => RandomNumberGenerator.Fill(buffer);

    public override double NextDouble()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return (BitConverter.ToUInt64(bytes) >> 11) * (1.0 / (1UL << 53));
    }

    protected override double Sample() => NextDouble();
}
