namespace Serge.Bot.Catalogue;

/// <summary>Reads and checks the quote files.</summary>
public static class CatalogueReader
{
    /// <summary>Reads <c>quotes.yaml</c>, <c>events.yaml</c> and <c>sources.yaml</c> and reports every problem at once.</summary>
    /// <param name="quotesFolder">The folder that holds the three files.</param>
    public static CatalogueReading Read(string quotesFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(quotesFolder);
        return new(new([], [], []), []);
    }
}

/// <summary>What came of reading the quote files.</summary>
/// <param name="Catalogue">What may be served; null when there is an error among the problems.</param>
/// <param name="Problems">In the order of the files and their lines.</param>
public sealed record CatalogueReading(QuoteCatalogue? Catalogue, IReadOnlyList<Problem> Problems);
