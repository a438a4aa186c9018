using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Serge.Bot.Commands;

/// <summary>An order of quotations in which each one comes once before any comes again.</summary>
/// <remarks>
/// <para>The state is 20 characters, so that a button can contain it. Each quotation has a position on a circle: a hash
/// of the seed and its id. The cycle goes around the circle; back at its start it continues with the next seed.</para>
/// <para>A position depends only on seed and id, so quotations can be added or removed during a cycle: none is skipped,
/// and none comes twice.</para>
/// </remarks>
/// <param name="Seed">24 bits.</param>
/// <param name="Start">The position of the first quotation, 48 bits.</param>
/// <param name="Position">The position of the last quotation, 48 bits.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct QuoteCycle(uint Seed, ulong Start, ulong Position)
{
    /// <summary>The number of characters of <see cref="ToString"/>.</summary>
    public const int TextLength = 20;

    private const int Bytes = 15;
    private const ulong Circle = 1UL << 48;
    private const int Seeds = 1 << 24;

    public static QuoteCycle StartWith(Quote quote, Random random)
    {
        var seed = (uint)random.Next(Seeds);
        var position = GetPosition(seed, quote);
        return new QuoteCycle(seed, position, position);
    }

    /// <summary>Chooses the next quotation.</summary>
    /// <param name="pool">All candidates, in any order.</param>
    /// <returns>The quotation, the cycle after it, and whether all were shown and a new cycle begins;
    /// <see langword="null"/> if there is no other candidate than the last quotation.</returns>
    public (Quote Quote, QuoteCycle Cycle, bool IsRestart)? Next(IReadOnlyList<Quote> pool)
    {
        var last = this;
        var rest = pool.Where(quote => last.IsAhead(quote)).ToArray();
        if (FindNearest(rest, Seed, Start) is { } next)
        {
            return (next, this with { Position = GetPosition(Seed, next) }, false);
        }

        // The last quotation must not be the first of the new cycle.
        var others = pool.Where(quote => GetPosition(last.Seed, quote) != last.Position).ToArray();
        var seed = (Seed + 1) % Seeds;
        if (FindNearest(others, seed, from: 0) is not { } first)
        {
            return null;
        }

        var start = GetPosition(seed, first);
        return (first, new QuoteCycle(seed, start, start), true);
    }

    /// <summary>Reads the format of <see cref="ToString"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out QuoteCycle cycle)
    {
        cycle = default;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (
            text.Length != TextLength
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var written)
            || written != Bytes
        )
        {
            return false;
        }

        var seed = (uint)bytes[0] << 16 | BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
        var start = ReadPosition(bytes[3..]);
        var position = ReadPosition(bytes[9..]);
        cycle = new QuoteCycle(seed, start, position);
        return true;
    }

    /// <summary>20 characters of letters, digits, <c>-</c> and <c>_</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes + 2];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Seed << 8);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[3..], Start << 16);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[9..], Position << 16);
        return Base64Url.EncodeToString(bytes[..Bytes]);
    }

    /// <summary>Whether the cycle has not reached the quotation yet.</summary>
    private bool IsAhead(Quote quote)
    {
        var position = GetPosition(Seed, quote);
        return GetDistance(Start, position) > GetDistance(Start, Position);
    }

    /// <summary>The first quotation on the circle from a position on.</summary>
    private static Quote? FindNearest(IEnumerable<Quote> pool, uint seed, ulong from) =>
        pool.MinBy(quote => GetDistance(from, GetPosition(seed, quote)));

    private static ulong GetDistance(ulong from, ulong to) => (to - from) % Circle;

    private static ulong GetPosition(uint seed, Quote quote)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var text = FormattableString.Invariant($"{seed}\0{quote.Id}");
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return ReadPosition(hash);
    }

    private static ulong ReadPosition(ReadOnlySpan<byte> bytes)
    {
        var high = (ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var low = BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
        return high << 32 | low;
    }
}
