namespace Serge.Bot.Posting.Storage;

/// <summary>The ledger cannot be read or written. Nothing is sent without it.</summary>
/// <param name="message">One line for a person: what is wrong, and how to fix it.</param>
/// <param name="inner">The error of the database driver.</param>
public sealed class LedgerException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the ledger was deleted or replaced while it was open. Waiting does not help.</summary>
    public bool IsLoss { get; init; }

    /// <param name="event">What happened to the ledger, such as <c>serge.db was truncated</c>.</param>
    public static LedgerException CreateLoss(string @event) =>
        new(
            $"The ledger is lost: {@event} while the bot was running. Nothing is planned or posted. Stop the bot, "
                + "restore the ledger or a backup (docs/operating.md, Restore), and start the bot again."
        )
        {
            IsLoss = true,
        };
}
