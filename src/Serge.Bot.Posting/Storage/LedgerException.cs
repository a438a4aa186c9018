namespace Serge.Bot.Posting.Storage;

/// <summary>The ledger cannot be read or written. Nothing is sent without it.</summary>
/// <param name="message">One line for a person: what is wrong, and how to fix it.</param>
/// <param name="inner">The error of the database driver.</param>
public sealed class LedgerException(string message, Exception? inner = null) : Exception(message, inner);
