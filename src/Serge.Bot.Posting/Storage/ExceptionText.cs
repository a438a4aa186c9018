namespace Serge.Bot.Posting.Storage;

/// <summary>An exception that ended one step of the bot's work, as one line of the log.</summary>
public static class ExceptionText
{
    /// <summary>The message of an expected error; of any other its type and message, and the line that threw
    /// it.</summary>
    public static string Describe(Exception e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e is LedgerException)
        {
            return e.Message;
        }

        var message = e.Message.ReplaceLineEndings(" ");
        var place = e.StackTrace?.Split('\n', 2)[0].Trim() ?? "";
        return $"unhandled exception {e.GetType().Name}: {message} {place}".TrimEnd();
    }
}
