namespace Serge.Bot.Cli;

/// <summary>The terminal that answers are shown on, where there is one: a file or another program gets plain text.</summary>
/// <param name="Width">How many columns it has.</param>
/// <param name="HasColours">Whether it wants colours.</param>
internal sealed record Terminal(int Width, bool HasColours)
{
    private const int UsualWidth = 80;

    /// <summary>Narrower ones are written to as if they were so wide: a table has to stand somewhere.</summary>
    private const int LeastWidth = 40;

    /// <summary>The one that this program was started in; <see langword="null"/> where the output goes elsewhere, or it knows letters only.</summary>
    public static Terminal? Find() =>
        Find(Console.IsOutputRedirected, static () => Console.WindowWidth, Environment.GetEnvironmentVariable);

    /// <inheritdoc cref="Find()"/>
    /// <remarks><c>NO_COLOR</c> is honoured as no-color.org has it: set to anything, it means no colours.</remarks>
    /// <param name="isRedirected">Whether the output goes elsewhere.</param>
    /// <param name="width">Reads the width; only asked where there is a terminal.</param>
    /// <param name="variable">Reads the environment.</param>
    internal static Terminal? Find(bool isRedirected, Func<int> width, Func<string, string?> variable) =>
        isRedirected || variable("TERM") is null or "" or "dumb"
            ? null
            : new Terminal(Of(width()), string.IsNullOrEmpty(variable("NO_COLOR")));

    /// <summary>A terminal that does not tell its width says 0.</summary>
    private static int Of(int width) => width <= 0 ? UsualWidth : Math.Max(width, LeastWidth);
}
