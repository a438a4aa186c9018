namespace Serge.Bot.Catalogue.Verifying;

/// <summary>The person to whom an essay attributes a quotation.</summary>
/// <param name="Kind">The author, another person, or not named.</param>
/// <param name="Name">The name of another person as the essay has it; otherwise null.</param>
internal sealed record Speaker(SpeakerKind Kind, string? Name);

/// <summary>To whom a quotation is attributed.</summary>
internal enum SpeakerKind
{
    /// <summary>The author, by name or pronoun.</summary>
    Author,

    /// <summary>Another person, by name or pronoun.</summary>
    Other,

    Unnamed,
}
