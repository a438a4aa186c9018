using CsCheck;

namespace Serge.Bot.Tests.Commands;

/// <summary>A cycle through quotations: each quotation once, then again, even if the catalogue changes
/// meanwhile.</summary>
public sealed class QuoteCycleTests
{
    private static readonly Gen<Quote[]> Pools = Gen.Int[1, 40]
        .Select(count => Enumerable.Range(0, count).Select(n => Some.Quote("Words.", $"q{n}")).ToArray());

    [Fact]
    public void Next_AllTheWayRound_ShowsEachOnceAndStatesWhenItStartsAgain() =>
        Gen.Select(Pools.Where(pool => pool.Length > 1), Gen.Int)
            .Sample(
                (pool, seed) =>
                {
                    var chance = new Random(seed);
                    var first = pool[chance.Next(pool.Length)];
                    var round = QuoteCycle.StartWith(first, chance);
                    for (var times = 0; times < 3; times++)
                    {
                        List<string> shown = times == 0 ? [first.Id] : [];
                        while (shown.Count < pool.Length)
                        {
                            var (quote, next, isNewCycle) = round.Next(pool)!.Value;
                            Assert.Equal(shown.Count == 0, isNewCycle);
                            shown.Add(quote.Id);
                            round = next;
                        }

                        Assert.Equal(pool.Length, shown.Distinct().Count());
                    }
                }
            );

    [Fact]
    public void Next_AcrossTheEndOfACycle_NeverShowsTheSameTwiceInARow() =>
        Gen.Select(Pools.Where(pool => pool.Length > 1), Gen.Int)
            .Sample(
                (pool, seed) =>
                {
                    var last = pool[0].Id;
                    var round = QuoteCycle.StartWith(pool[0], new Random(seed));
                    for (var n = 0; n < 3 * pool.Length; n++)
                    {
                        (var quote, round, _) = round.Next(pool)!.Value;
                        Assert.NotEqual(last, quote.Id);
                        last = quote.Id;
                    }
                }
            );

    [Fact]
    public void Next_WhileQuotationsComeAndGo_RepeatsNoneAndSkipsNoneThatStayed() =>
        Gen.Select(Pools.Where(pool => pool.Length > 4), Gen.Int)
            .Sample(
                (pool, seed) =>
                {
                    var chance = new Random(seed);
                    var stays = pool.Take(pool.Length / 2).ToArray();
                    HashSet<string> shown = [stays[0].Id];
                    var round = QuoteCycle.StartWith(stays[0], chance);
                    while (true)
                    {
                        Quote[] now = [.. stays, .. pool.Skip(stays.Length).Where(_ => chance.Next(2) == 0)];
                        var (quote, next, isNewCycle) = round.Next(now)!.Value;
                        if (isNewCycle)
                        {
                            break;
                        }

                        Assert.True(shown.Add(quote.Id), $"{quote.Id} came twice");
                        round = next;
                    }

                    Assert.Superset(stays.Select(quote => quote.Id).ToHashSet(), shown);
                }
            );

    [Fact]
    public void Next_WithNothingElse_IsNothing()
    {
        Quote[] pool = [Some.Quote("Words.", "only")];

        Assert.Null(QuoteCycle.StartWith(pool[0], new Random(1)).Next(pool));
        Assert.Null(QuoteCycle.StartWith(pool[0], new Random(1)).Next([]));
    }

    [Fact]
    public void Next_WhenWhatWasShownIsGone_ContinuesWithTheRest()
    {
        var round = QuoteCycle.StartWith(Some.Quote("Words.", "gone"), new Random(1));

        Assert.Equal("left", round.Next([Some.Quote("Words.", "left")])!.Value.Quote.Id);
    }

    [Fact]
    public void ToString_IsReadBackToTheSameCycle() =>
        Gen.Select(Gen.UInt[0, (1u << 24) - 1], Gen.ULong[0, (1ul << 48) - 1], Gen.ULong[0, (1ul << 48) - 1])
            .Sample(
                (seed, first, last) =>
                {
                    var round = new QuoteCycle(seed, first, last);
                    var text = round.ToString();
                    Assert.Equal(QuoteCycle.TextLength, text.Length);
                    Assert.Matches("^[A-Za-z0-9_-]+$", text);
                    Assert.True(QuoteCycle.TryParse(text, out var read));
                    Assert.Equal(round, read);
                }
            );

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Gen.String.Sample(text => !QuoteCycle.TryParse(text, out var round) || round.ToString() == text);

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAA AAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAA==")]
    [InlineData("+/AAAAAAAAAAAAAAAAAA")]
    public void TryParse_WhatIsNoCycle_IsRefused(string text) => Assert.False(QuoteCycle.TryParse(text, out _));

    [Fact]
    public void StartWith_IsNotAlwaysTheSameWay()
    {
        Quote[] pool = [.. Enumerable.Range(0, 10).Select(n => Some.Quote("Words.", $"q{n}"))];
        var chance = new Random(1);

        Assert.True(
            Enumerable
                .Range(0, 50)
                .Select(_ => QuoteCycle.StartWith(pool[0], chance).Next(pool)!.Value.Quote.Id)
                .Distinct()
                .Count() > 5
        );
    }

    /// <summary>The button id contains the complete state of the cycle: a seed of more than 24 bits would be read as
    /// another value.</summary>
    [Fact]
    public void StartWith_AnySeed_IsReadBackToTheSameCycle()
    {
        var chance = new Random(1);
        HashSet<uint> seeds = [];
        for (var n = 0; n < 100; n++)
        {
            var round = QuoteCycle.StartWith(Some.Quote("Words.", $"q{n}"), chance);
            seeds.Add(round.Seed);
            Assert.True(QuoteCycle.TryParse(round.ToString(), out var read));
            Assert.Equal(round, read);
        }

        Assert.Contains(seeds, seed => seed >= 1u << 23);
        Assert.True(seeds.Count > 90);
    }

    [Theory]
    [InlineData(0u, 1u)]
    [InlineData((1u << 24) - 2, (1u << 24) - 1)]
    [InlineData((1u << 24) - 1, 0u)]
    public void Next_AtTheEndOfACycle_ContinuesWithTheNextSeed(uint seed, uint next)
    {
        Quote[] pool = [Some.Quote("Words.", "a"), Some.Quote("Words.", "b")];
        var round = new QuoteCycle(seed, 0, (1UL << 48) - 1);

        var (_, after, isNewCycle) = round.Next(pool)!.Value;

        Assert.True(isNewCycle);
        Assert.Equal(next, after.Seed);
        Assert.Equal(after.Start, after.Position);
    }

    /// <summary>The positions must not change, because posted buttons use them. They depend only on the seed and the
    /// id.</summary>
    [Fact]
    public void ToString_OfAKnownCycle_StaysTheSame()
    {
        var round = new QuoteCycle(0x010203, 0x040506070809UL, 0x0B0C0D0E0F10UL);

        Assert.Equal("AQIDBAUGBwgJCwwNDg8Q", round.ToString());
    }
}
