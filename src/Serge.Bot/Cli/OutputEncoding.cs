using System.Text;

namespace Serge.Bot.Cli;

/// <summary>The encoding of standard output and standard error.</summary>
internal static class OutputEncoding
{
    /// <summary>Sets UTF-8 without a byte order mark. By default .NET takes the character set of the locale or of the
    /// console, which may replace a quotation mark and so invalidate JSON.</summary>
    /// <remarks>Call it before <see cref="Console.Out"/> is used. The log uses the same streams. The encoding of
    /// standard input remains that of the terminal.</remarks>
    public static void SetUtf8()
    {
        try
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A Windows console may refuse another code page. It keeps its own.
        }
    }
}
