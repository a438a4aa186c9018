using System.Security.Cryptography;
using System.Text;
using CsCheck;

namespace Serge.Bot.Catalogue.Tests;

/// <summary>The rules of choosing: cycles, no early repeats, and stable plans.</summary>
public sealed class QuoteChooserTests
{
    private static readonly DateOnly Start = new(2026, 3, 1);

    private static readonly Gen<(int Size, int Days, int Seed)> AnyPlan = Gen.Select(
        Gen.Int[1, 25],
        Gen.Int[1, 80],
        Gen.Int[0, 1000]
    );

    [Fact]
    public void Choose_AnEmptyPool_IsNull()
    {
        Assert.Null(
            QuoteChooser.Choose(
                [],
                [
                    ["gone"],
                ],
                "mastodon",
                "morning",
                Start
            )
        );
        Assert.Null(QuoteChooser.ChooseForDay([], "server", Start));
    }

    [Fact]
    public void Choose_APoolOfOne_IsThatOneEveryDay()
    {
        var pool = Some.Quotes(1);
        Assert.Equal(["quote-0", "quote-0", "quote-0"], Plan(pool, [], 3));
    }

    [Fact]
    public void Choose_APoolOfTwo_AlternatesForever()
    {
        var plan = Plan(Some.Quotes(2), [], 20);
        Assert.All(plan.Zip(plan.Skip(1)), static pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void Choose_APool_UsesEachQuoteOncePerCycle() =>
        AnyPlan.Sample(static plan =>
        {
            var chosen = Plan(Some.Quotes(plan.Size), [], plan.Days, $"d{plan.Seed}");
            Assert.All(chosen.Chunk(plan.Size), static round => Assert.Equal(round.Length, round.Distinct().Count()));
        });

    [Fact]
    public void Choose_APool_RepeatsNoneWithinHalfAPoolsPosts() =>
        AnyPlan.Sample(static plan =>
        {
            var chosen = Plan(Some.Quotes(plan.Size), [], plan.Days, $"d{plan.Seed}");
            for (var i = 0; i < chosen.Count; i++)
            {
                Assert.DoesNotContain(chosen[i], chosen.Take(i).TakeLast(plan.Size / 2));
            }
        });

    /// <summary>For any history, even one that the chooser did not make, no quote is repeated within half of the pool's
    /// posts.</summary>
    [Fact]
    public void Choose_AfterAnyHistory_IsAvailable() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 15].Array[0, 60], Gen.Int[0, 365])
            .Sample(
                static (size, history, day) =>
                {
                    var pool = Some.Quotes(size);
                    string[] used = [.. history.Select(static i => $"quote-{i}")];
                    var chosen = QuoteChooser.Choose(pool, Alone(used), "mastodon", "morning", Start.AddDays(day));
                    Assert.Contains(chosen, pool);
                    var ofPool = used.Where(id => pool.Any(quote => quote.Id == id));
                    Assert.DoesNotContain(chosen!.Id, ofPool.TakeLast(size / 2));
                }
            );

    [Theory]
    [InlineData("4 1 0 5", "2 3")] // the middle of a cycle
    [InlineData("0 1 0 2 3", "1 4 5")] // the second 0 began a cycle, which then used 2 and 3
    [InlineData("0 1 2 3 4 5 3", "0 1 2 4 5")] // a full cycle, and the first quote of the next
    [InlineData("5 5 5", "0 1 2 3 4")] // each of them began a cycle
    public void Choose_InTheMiddleOfACycle_CompletesIt(string used, string rest)
    {
        var pool = Some.Quotes(6);
        string[] history = [.. used.Split(' ').Select(static i => $"quote-{i}")];
        string[] expected = [.. rest.Split(' ').Select(static i => $"quote-{i}")];
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(expected, Plan(pool, history, expected.Length, $"discord:{i}").Order(StringComparer.Ordinal));
        }
    }

    /// <summary>Each row: how many were chosen before the day with events, and which quote belongs to it.</summary>
    [Theory]
    [InlineData(5, "quote-0")] // chosen long ago in this cycle
    [InlineData(5, "quote-4")] // chosen just before
    [InlineData(1, "quote-0")]
    public void Choose_AfterAUsedQuoteOfADay_CompletesTheCycle(int before, string ofDay)
    {
        var pool = Some.Quotes(6);
        string[] chosen = [.. Enumerable.Range(0, before).Select(static i => $"quote-{i}")];
        for (var i = 0; i < 50; i++)
        {
            List<string[]> history = [.. Alone(chosen), ["an-event", ofDay]];

            var rest = Continue(pool, history, 6 - before, $"discord:{i}");

            Assert.Equal(6, chosen.Concat(rest).Distinct().Count());
        }
    }

    [Fact]
    public void Choose_AfterAnUnusedQuoteOfADay_DoesNotChooseItInThisCycle()
    {
        var pool = Some.Quotes(6);
        for (var i = 0; i < 50; i++)
        {
            var rest = Continue(
                pool,
                [
                    ["quote-0"],
                    ["an-event", "quote-5"],
                ],
                4,
                $"discord:{i}"
            );

            Assert.Equal(["quote-1", "quote-2", "quote-3", "quote-4"], rest.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Choose_AQuoteAddedInTheMiddleOfACycle_IsChosenWithinThatCycle()
    {
        var pool = Some.Quotes(6);
        var used = Plan(pool, [], 4);
        var rest = Plan([.. pool, Some.Quote("new")], used, 3);
        Assert.Contains("new", rest);
        Assert.Empty(rest.Intersect(used));
    }

    [Fact]
    public void Choose_IdsThatAreNoLongerInThePool_AreIgnored()
    {
        var pool = Some.Quotes(4);
        Assert.Equal(
            QuoteChooser.Choose(
                pool,
                [
                    ["quote-1"],
                ],
                "mastodon",
                "morning",
                Start
            ),
            QuoteChooser.Choose(
                pool,
                [
                    ["gone"],
                    ["quote-1"],
                    ["gone", "gone"],
                ],
                "mastodon",
                "morning",
                Start
            )
        );
    }

    [Fact]
    public void Choose_ThePoolInAnotherOrder_IsTheSame() =>
        Gen.Select(Gen.Shuffle(Some.Quotes(12).ToArray()), Gen.Int[0, 365])
            .Sample(
                static (shuffled, day) =>
                    Assert.Equal(
                        Plan(Some.Quotes(12), [], 15, "mastodon", day),
                        Plan(shuffled, [], 15, "mastodon", day)
                    )
            );

    [Fact]
    public void Choose_AnotherDestinationScheduleOrDate_IsAnotherPlan()
    {
        var pool = Some.Quotes(50);
        var plans = new[]
        {
            Plan(pool, [], 20),
            Plan(pool, [], 20, "discord:1"),
            Plan(pool, [], 20, "mastodon", 1),
            Plan(pool, [], 20, "mastodon", 0, "evening"),
        };
        Assert.Equal(4, plans.Select(static plan => string.Join(' ', plan)).Distinct().Count());
    }

    /// <summary>For any history, the choice is the greatest hash among the available quotes, computed
    /// independently.</summary>
    [Fact]
    public void Choose_AfterAnyHistory_IsTheGreatestHashOfTheAvailable() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[0, 9].Array[0, 30], Gen.Int[0, 365])
            .Sample(
                static (size, history, day) =>
                {
                    string[] ids = [.. Some.Quotes(size).Select(static quote => quote.Id)];
                    string[] used = [.. history.Select(static i => $"quote-{i}").Where(ids.Contains)];
                    List<string> cycle = [];
                    foreach (var id in used)
                    {
                        cycle = cycle.Contains(id) || cycle.Count == size ? [id] : [.. cycle, id];
                    }

                    string[] resting = [.. cycle.Count == size ? [] : cycle, .. used.TakeLast(size / 2)];
                    var date = Start.AddDays(day);
                    Assert.Equal(
                        Greatest(ids.Except(resting), "mastodon", "morning", date),
                        QuoteChooser
                            .Choose(
                                Some.Quotes(size),
                                Alone(history.Select(static i => $"quote-{i}")),
                                "mastodon",
                                "morning",
                                date
                            )!
                            .Id
                    );
                },
                iter: 200
            );

    /// <summary>A recorded plan of two cycles. A change would affect announced posts.</summary>
    [Fact]
    public void Choose_TwoCyclesOfSeven_HaveTheRecordedOrder()
    {
        Assert.Equal(
            "5 1 4 2 6 0 3 1 4 0 2 3 5 6",
            string.Join(' ', Plan(Some.Quotes(7), [], 14).Select(static id => id[^1]))
        );
        Assert.Equal(
            "6 2 0 0 5 2 1 4 5 1",
            string.Join(
                ' ',
                Enumerable
                    .Range(0, 10)
                    .Select(static i => QuoteChooser.ChooseForDay(Some.Quotes(7), "server", Start.AddDays(i))!.Id[^1])
            )
        );
    }

    [Theory]
    [InlineData("server", "été", "été-2", "ete")]
    [InlineData("🌊", "a", "b", "c")]
    [InlineData("", "a", "b", "c")]
    public void ChooseForDay_AnyNames_IsTheGreatestOfTheDocumentedHash(string owner, params string[] ids)
    {
        // Ids of any length, also longer than any buffer.
        foreach (var length in new[] { 1, 100, 500, 1000 })
        {
            var longOwner = string.Concat(Enumerable.Repeat(owner, length));
            for (var i = 0; i < 10; i++)
            {
                var day = Start.AddDays(i);
                Assert.Equal(
                    Greatest(ids, longOwner, "", day),
                    QuoteChooser.ChooseForDay([.. ids.Select(static id => Some.Quote(id))], longOwner, day)!.Id
                );
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void Choose_ManyCycles_UseEachQuoteOnceAndRepeatNoneWithinHalfACycle(int size)
    {
        var plan = Plan(Some.Quotes(size), [], size * 20);
        Assert.All(plan.Chunk(size), cycle => Assert.Equal(size, cycle.Distinct().Count()));
        var gaps = plan.Index()
            .GroupBy(static day => day.Item)
            .SelectMany(static days => days.Zip(days.Skip(1), static (a, b) => b.Index - a.Index));
        Assert.All(gaps, gap => Assert.InRange(gap, (size / 2) + 1, (2 * size) - 1));
        // The cycles differ.
        Assert.Equal(size > 2, gaps.Distinct().Count() > 1);
    }

    [Fact]
    public void Choose_ManyDays_ChoosesEachQuoteAboutAsOften()
    {
        var counts = Enumerable
            .Range(0, 4000)
            .CountBy(static i => QuoteChooser.ChooseForDay(Some.Quotes(4), "server", Start.AddDays(i))!.Id)
            .ToDictionary();
        Assert.Equal(4, counts.Count);
        // 1,000 are expected, with a standard deviation of 27.
        Assert.All(counts.Values, static count => Assert.InRange(count, 900, 1100));
    }

    [Fact]
    public void ChooseForDay_OneOwnerAndDay_IsOneQuote()
    {
        var pool = Some.Quotes(50);
        var chosen = Enumerable
            .Range(0, 30)
            .Select(i => QuoteChooser.ChooseForDay(pool, "server", Start.AddDays(i)))
            .ToList();
        Assert.Equal(
            chosen,
            Enumerable
                .Range(0, 30)
                .Select(i => QuoteChooser.ChooseForDay([.. pool.Reverse()], "server", Start.AddDays(i)))
        );
        Assert.NotEqual(
            chosen,
            Enumerable.Range(0, 30).Select(i => QuoteChooser.ChooseForDay(pool, "another", Start.AddDays(i)))
        );
    }

    /// <summary>Adding one quote, or removing a planned one, changes about log₂ of the pool's size of the next 30 days,
    /// as measured over many plans.</summary>
    /// <remarks>If a pool is used up within these days, the second cycle changes, too, so twice as many
    /// there.</remarks>
    [Theory]
    [InlineData(27, 2.0, 20)]
    [InlineData(60, 1.0, 20)]
    [InlineData(200, 1.0, 10)]
    public void Choose_OneQuoteMoreOrLess_ChangesFewOfTheNext30Days(int size, double share, int plans)
    {
        var (added, removed) = (0, 0);
        for (var seed = 0; seed < plans; seed++)
        {
            var pool = Some.Quotes(size);
            var destination = $"discord:{seed}";
            // A partly complete cycle, so that 30 days end in this cycle or in the next.
            var used = pool.Take(seed * size / plans).Select(static quote => quote.Id).ToList();
            var before = Plan(pool, used, 30, destination);
            added += Moved(before, Plan([.. pool, Some.Quote("new")], used, 30, destination));
            removed += Moved(
                before,
                Plan([.. pool.Where(quote => quote.Id != before[seed % 30])], used, 30, destination)
            );
        }

        var bound = plans * share * Math.Log2(size);
        Assert.True(
            added <= bound && removed <= bound,
            $"added {added}, removed {removed}, bound {bound:F0}, over {plans} plans"
        );
        Assert.True(
            removed >= plans,
            "Each plan must move at least the day whose quote is gone, or nothing was measured."
        );
    }

    [Fact]
    public void Choose_AQuoteAddedInALongCycle_ChangesOnlyItsDaysAndThoseItDisplaces()
    {
        var pool = Some.Quotes(500);
        var before = Plan(pool, [], 30);
        var after = Plan([.. pool, Some.Quote("new")], [], 30);
        Assert.True(Moved(before, after) <= 2);
    }

    private static string Greatest(IEnumerable<string> ids, string destination, string schedule, DateOnly date) =>
        ids.MaxBy(
            id =>
                Convert.ToHexString(
                    SHA256.HashData(Encoding.UTF8.GetBytes($"{destination}\0{schedule}\0{date:yyyy'-'MM'-'dd}\0{id}\0"))
                ),
            StringComparer.Ordinal
        )!;

    private static int Moved(List<string> before, List<string> after) =>
        before.Zip(after).Count(static pair => pair.First != pair.Second);

    private static List<string> Plan(
        IReadOnlyList<Quote> pool,
        IReadOnlyList<string> used,
        int days,
        string destination = "mastodon",
        int offset = 0,
        string schedule = "morning"
    )
    {
        return Continue(pool, Alone(used), days, destination, offset, schedule);
    }

    private static List<string> Continue(
        IReadOnlyList<Quote> pool,
        IReadOnlyList<string[]> used,
        int days,
        string destination = "mastodon",
        int offset = 0,
        string schedule = "morning"
    )
    {
        List<string[]> history = [.. used];
        for (var day = 0; day < days; day++)
        {
            var date = Start.AddDays(offset + day);
            var chosen = QuoteChooser.Choose(pool, history, destination, schedule, date);
            history.Add([chosen!.Id]);
        }

        return [.. history.Skip(used.Count).Select(static post => post[0])];
    }

    private static IReadOnlyList<string[]> Alone(IEnumerable<string> ids) => [.. ids.Select(static id => new[] { id })];
}
