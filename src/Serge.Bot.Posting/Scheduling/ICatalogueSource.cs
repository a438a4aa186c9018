namespace Serge.Bot.Posting.Scheduling;

/// <summary>Provides the catalogue that posts are chosen from.</summary>
public interface ICatalogueSource
{
    /// <summary>The last valid catalogue, without what an operator has withdrawn.</summary>
    QuoteCatalogue Current { get; }
}
