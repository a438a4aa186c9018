namespace Serge.Bot.Posting.Model;

/// <summary>Distinguishes a requested cancellation from a failure that happens at the same time.</summary>
public static class CancellationExtensions
{
    /// <summary>Whether the exception only says that the work was cancelled as requested. Any other exception is a
    /// failure, also while the bot stops.</summary>
    public static bool IsCancellationBy(this Exception e, CancellationToken cancellationToken) =>
        e is OperationCanceledException && cancellationToken.IsCancellationRequested;
}
