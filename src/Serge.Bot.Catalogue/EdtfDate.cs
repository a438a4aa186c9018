namespace Serge.Bot.Catalogue;

/// <summary>A date of the Extended Date/Time Format, level 1.</summary>
/// <param name="Text">As written.</param>
public sealed record EdtfDate(string Text);
