using System.Globalization;
using System.Net;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>The text of a status: how long it counts, and as HTML.</summary>
internal sealed class StatusText
{
    public StatusText(string text, int reservedPerUrl, Func<string, Account?> findAccount, Uri server)
    {
        Length = Graphemes(text);
        Html = "<p>" + WebUtility.HtmlEncode(text) + "</p>";
        Tags = [];
        Mentions = [];
    }

    public int Length { get; }

    public string Html { get; }

    public IReadOnlyList<string> Tags { get; }

    public IReadOnlyList<Account> Mentions { get; }

    public static int Graphemes(string text) => new StringInfo(text).LengthInTextElements;
}
