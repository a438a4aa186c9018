using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Serge.Bot.Posting.Model;

/// <summary>Where a post goes: the Mastodon account, or one Discord channel.</summary>
/// <param name="Channel">The Discord channel; <see langword="null"/> for the Mastodon account.</param>
public readonly record struct Destination(ChannelId? Channel)
{
    /// <summary>The Mastodon account.</summary>
    public static Destination Mastodon { get; }

    /// <summary>Reads <c>mastodon</c> or <c>discord:&lt;channel id&gt;</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Destination? destination)
    {
        destination = null;
        if (text == "mastodon")
        {
            destination = Mastodon;
        }
        else if (
            text.StartsWith("discord:", StringComparison.Ordinal)
            && ulong.TryParse(text["discord:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && id > 0
        )
        {
            destination = new Destination(new ChannelId(id));
        }

        return destination is not null;
    }

    /// <summary>As it is written in a schedule and kept in the ledger.</summary>
    public override string ToString() => Channel is { } channel ? $"discord:{channel}" : "mastodon";
}
