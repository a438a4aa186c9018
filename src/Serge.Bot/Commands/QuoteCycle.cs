using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Serge.Bot.Commands;

/// <summary>A walk through quotations that comes to each of them before it comes to any again.</summary>
/// <remarks>
/// <para>All it remembers is written in 20 characters, so a button can carry it. Each quotation has a place on a circle: the hash of the walk's
/// seed and the quotation's id. The walk goes round from where it began; when it is back there, it begins another with the next seed.</para>
/// <para>A place hangs on nothing but seed and id. So it does not matter which quotations come or go between two steps: none that is
/// still there is skipped, and none comes twice.</para>
/// </remarks>
/// <param name="Seed">24 bits.</param>
/// <param name="First">The place where it began, 48 bits.</param>
/// <param name="Last">The place where it is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct QuoteCycle(uint Seed, ulong First, ulong Last)
{
    /// <summary>How long it is as text.</summary>
    public const int TextLength = 20;

    private const int Bytes = 15;
    private const ulong Circle = 1UL << 48;

    /// <summary>A walk that begins with this quotation.</summary>
    public static QuoteCycle BeginWith(Quote quote, Random chance)
    {
        var seed = (uint)chance.Next(1 << 24);
        var place = Place(seed, quote);
        return new QuoteCycle(seed, place, place);
    }

    /// <summary>The next quotation.</summary>
    /// <param name="pool">All that fit now, in any order.</param>
    /// <returns>The quotation, the walk after it, and whether all had been shown and this is the first of another round; <see langword="null"/> when there is
    /// nothing in the pool but what was shown last.</returns>
    public (Quote Quote, QuoteCycle Round, bool Anew)? Next(IReadOnlyList<Quote> pool)
    {
        var (seed, first, last) = this;
        if (Nearest(pool, seed, first, place => Steps(first, place) > Steps(first, last)) is var (quote, at))
        {
            return (quote, this with { Last = at }, false);
        }

        // Back at the beginning. What was shown last may not come first again, unless there is nothing else.
        var others = pool.Where(other => Place(seed, other) != last).ToArray();
        var next = (seed + 1) % (1 << 24);
        return Nearest(others, next, 0, _ => true) is var (opening, start)
            ? (opening, new QuoteCycle(next, start, start), true)
            : null;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out QuoteCycle round)
    {
        round = default;
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

        round = new QuoteCycle(
            (uint)bytes[0] << 16 | BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]),
            ReadPlace(bytes[3..]),
            ReadPlace(bytes[9..])
        );
        return true;
    }

    /// <summary>20 characters of letters, digits, <c>-</c> and <c>_</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes + 2];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Seed << 8);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[3..], First << 16);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[9..], Last << 16);
        return Base64Url.EncodeToString(bytes[..Bytes]);
    }

    /// <summary>The first quotation on the way round from a place, among those whose place will do.</summary>
    private static (Quote Quote, ulong Place)? Nearest(
        IReadOnlyList<Quote> pool,
        uint seed,
        ulong from,
        Func<ulong, bool> willDo
    )
    {
        (Quote Quote, ulong Place)? nearest = null;
        foreach (var quote in pool)
        {
            var place = Place(seed, quote);
            if (willDo(place) && (nearest is not var (_, best) || Steps(from, place) < Steps(from, best)))
            {
                nearest = (quote, place);
            }
        }

        return nearest;
    }

    private static ulong Steps(ulong from, ulong to) => (to - from) % Circle;

    private static ulong Place(uint seed, Quote quote)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}\0{quote.Id}")), hash);
        return ReadPlace(hash);
    }

    private static ulong ReadPlace(ReadOnlySpan<byte> bytes) =>
        (ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32 | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
}
