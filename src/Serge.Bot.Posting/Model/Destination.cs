using System.Diagnostics.CodeAnalysis;

namespace Serge.Bot.Posting.Model;

/// <summary>Where a post is published.</summary>
/// <param name="Platform">Name of the platform, in lower case, such as <c>discord</c>.</param>
/// <param name="Id">The platform's id of the destination, such as a channel; empty if the platform has only
/// one destination.</param>
public readonly record struct Destination(string Platform, string Id)
{
    private const char Separator = ':';

    /// <summary>Reads <c>platform</c> or <c>platform:id</c>, as settings, command line and ledger write it.</summary>
    /// <remarks>Whether the platform exists and accepts the id is for the caller to check.</remarks>
    public static bool TryParse(string text, [NotNullWhen(true)] out Destination? destination)
    {
        destination = null;
        var parts = text.Split(Separator, 2);
        var platform = parts[0];
        if (platform.Length == 0 || !platform.All(char.IsAsciiLetterLower) || parts is [_, ""])
        {
            return false;
        }

        var id = parts.ElementAtOrDefault(1) ?? "";
        destination = new Destination(platform, id);
        return true;
    }

    /// <summary><c>platform</c> or <c>platform:id</c>.</summary>
    public override string ToString()
    {
        if (Id.Length == 0)
        {
            return Platform;
        }

        return $"{Platform}{Separator}{Id}";
    }
}
