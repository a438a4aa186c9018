using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Tests.Support;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>The turnstile admits waiters one at a time and in order, also when some of them are cancelled.</summary>
public sealed class AsyncTurnstileTests
{
    private const int Waiters = 5;

    /// <summary>Every combination of cancelled waiters, as bits.</summary>
    public static TheoryData<int> Combinations => [.. Enumerable.Range(0, 1 << Waiters)];

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Enter_WhenSomeAreCancelledWhileWaiting_IsGrantedToTheOthersInOrder(int cancelled) =>
        Simulation.Run(async time =>
        {
            var turn = new AsyncTurnstile();
            await turn.EnterAsync(CancellationToken.None);
            var (waiting, order, tokens) = Queue(turn);

            Cancel(cancelled, tokens);
            await Task.Yield();
            Assert.Empty(order);
            turn.Exit();
            await AllEndAsync(waiting, time);

            Assert.Equal(GetRemaining(cancelled), order);
            await AssertFreeAsync(turn, time);
        });

    /// <summary>The cancelled waiter is still in the queue when the turn ends.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    public void Enter_WhenSomeAreCancelledJustBeforeTheTurnEnds_IsGrantedToTheOthersInOrder(int cancelled) =>
        Simulation.Run(async time =>
        {
            var turn = new AsyncTurnstile();
            await turn.EnterAsync(CancellationToken.None);
            var (waiting, order, tokens) = Queue(turn);

            Cancel(cancelled, tokens);
            turn.Exit();
            await AllEndAsync(waiting, time);

            Assert.Equal(GetRemaining(cancelled), order);
            await AssertFreeAsync(turn, time);
        });

    /// <summary>The first waiter was admitted before it was cancelled, so it still ends its turn.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    public void Enter_WhenSomeAreCancelledJustAfterTheTurnEnded_IsGrantedToTheOthersInOrder(int cancelled) =>
        Simulation.Run(async time =>
        {
            var turn = new AsyncTurnstile();
            await turn.EnterAsync(CancellationToken.None);
            var (waiting, order, tokens) = Queue(turn);

            turn.Exit();
            Cancel(cancelled, tokens);
            await AllEndAsync(waiting, time);

            // The first waiter was already admitted.
            Assert.Equal(GetRemaining(cancelled & ~1), order);
            await AssertFreeAsync(turn, time);
        });

    [Fact]
    public void Enter_WithACancelledToken_LeavesNothingInTheQueue() =>
        Simulation.Run(async time =>
        {
            var turn = new AsyncTurnstile();
            await turn.EnterAsync(CancellationToken.None);

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                turn.EnterAsync(new CancellationToken(canceled: true))
            );

            turn.Exit();
            await AssertFreeAsync(turn, time);
        });

    [Fact]
    public void Enter_WhileAnotherHasTheTurn_Waits() =>
        Simulation.Run(async time =>
        {
            var turn = new AsyncTurnstile();
            await turn.EnterAsync(CancellationToken.None);

            var second = turn.EnterAsync(CancellationToken.None);
            await Task.Delay(TimeSpan.FromDays(1), time);

            Assert.False(second.IsCompleted);
            turn.Exit();
            await second;
        });

    private static (Task[] Waiting, List<int> Order, CancellationTokenSource[] Tokens) Queue(AsyncTurnstile turn)
    {
        List<int> order = [];
        CancellationTokenSource[] tokens = [.. Enumerable.Range(0, Waiters).Select(_ => new CancellationTokenSource())];
        return ([.. Enumerable.Range(0, Waiters).Select(TakeAsync)], order, tokens);

        async Task TakeAsync(int number)
        {
            try
            {
                await turn.EnterAsync(tokens[number].Token);
            }
            catch (OperationCanceledException) when (tokens[number].IsCancellationRequested)
            {
                return;
            }

            order.Add(number);
            await Task.Yield();
            turn.Exit();
        }
    }

    private static void Cancel(int waiters, CancellationTokenSource[] tokens)
    {
        foreach (var token in tokens.Where((_, i) => (waiters & (1 << i)) != 0))
        {
            token.Cancel();
        }
    }

    private static IEnumerable<int> GetRemaining(int cancelled) =>
        Enumerable.Range(0, Waiters).Where(i => (cancelled & (1 << i)) == 0);

    private static Task AllEndAsync(Task[] waiting, VirtualTime time) =>
        Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(1), time);

    private static Task AssertFreeAsync(AsyncTurnstile turn, VirtualTime time) =>
        turn.EnterAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(1), time);
}
