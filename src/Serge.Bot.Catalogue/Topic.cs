namespace Serge.Bot.Catalogue;

/// <summary>A topic and how often it is used.</summary>
/// <param name="Name">Kebab-case, as in the file.</param>
/// <param name="Count">How many quotes have it, at least 1.</param>
public sealed record Topic(string Name, int Count);
