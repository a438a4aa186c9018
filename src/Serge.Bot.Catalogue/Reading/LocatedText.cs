namespace Serge.Bot.Catalogue.Reading;

/// <summary>A text of a quote file and its position.</summary>
internal readonly record struct LocatedText(string Text, FileLocation Location);
