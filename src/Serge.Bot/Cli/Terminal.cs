namespace Serge.Bot.Cli;

/// <summary>The terminal that output is shown on. A file or another program gets plain text instead.</summary>
/// <param name="Width">Number of columns.</param>
/// <param name="HasColours">Whether it shows colours.</param>
internal sealed record Terminal(int Width, bool HasColours)
{
    private const int DefaultWidth = 80;

    /// <summary>Narrower terminals are treated as this wide.</summary>
    private const int MinWidth = 40;

    /// <summary>The terminal of this process; <see langword="null"/> when output is redirected or the terminal shows
    /// plain text only.</summary>
    public static Terminal? Find() => Find(Console.IsOutputRedirected);

    /// <summary>The terminal that standard error is shown on; <see langword="null"/> when it is redirected or the
    /// terminal shows plain text only.</summary>
    public static Terminal? FindForErrors() => Find(Console.IsErrorRedirected);

    private static Terminal? Find(bool isRedirected) =>
        Find(isRedirected, static () => Console.WindowWidth, Environment.GetEnvironmentVariable);

    /// <inheritdoc cref="Find()"/>
    /// <param name="isRedirected">Whether the stream is redirected.</param>
    /// <param name="getWidth">Returns the width, 0 if unknown; only called when there is a terminal.</param>
    /// <param name="getVariable">Reads an environment variable. <c>NO_COLOR</c> with any value
    /// disables colours (https://no-color.org).</param>
    internal static Terminal? Find(bool isRedirected, Func<int> getWidth, Func<string, string?> getVariable)
    {
        if (isRedirected || getVariable("TERM") is null or "" or "dumb")
        {
            return null;
        }

        var width = getWidth();
        var hasColours = string.IsNullOrEmpty(getVariable("NO_COLOR"));
        return new Terminal(width <= 0 ? DefaultWidth : Math.Max(width, MinWidth), hasColours);
    }
}
