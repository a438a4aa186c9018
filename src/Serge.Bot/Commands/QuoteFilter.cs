using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Serge.Bot.Commands;

/// <summary>Selects quotations.</summary>
/// <param name="Topic">With this topic; <see langword="null"/> for all.</param>
/// <param name="Search">With these words; <see langword="null"/> or empty for all.</param>
internal sealed record QuoteFilter(string? Topic, string? Search)
{
    /// <summary>A quotation up to this length fits into a message whatever is escaped in it.</summary>
    private const int LengthThatFits = 700;

    /// <summary>The longest note below a quotation.</summary>
    private static readonly string LongestNote = new('.', 100);

    /// <summary>The message for a quotation, the longest variant first.</summary>
    public static IEnumerable<string> FormatVariants(Quote quote, Strings strings, string note)
    {
        var texts = QuoteFormatter.GetVariants(quote, Markup.Discord, strings);
        return texts.Select(text => $"{text}\n-# {quote.Id}{note}");
    }

    /// <summary>Whether a quotation fits into a message with any note.</summary>
    public static bool Fits(Quote quote, Strings strings)
    {
        if (quote.Text.Length <= LengthThatFits)
        {
            return true;
        }

        var variants = FormatVariants(quote, strings, $"\n{LongestNote}");
        return variants.Any(DiscordMessage.Fits);
    }

    /// <summary>The matching quotations that fit into a message, best first.</summary>
    public IReadOnlyList<Quote> Apply(QuoteCatalogue catalogue, Strings strings)
    {
        var found = catalogue.Search(Search ?? "", Topic, int.MaxValue);
        return [.. found.Where(quote => Fits(quote, strings))];
    }

    /// <summary>Reads the format of <see cref="ToString"/>.</summary>
    /// <returns><see langword="null"/> if the topic does not exist any more.</returns>
    public static QuoteFilter? Parse(QuoteCatalogue catalogue, string topicHash, string search)
    {
        if (topicHash.Length == 0)
        {
            return new QuoteFilter(Topic: null, search);
        }

        var topic = catalogue.Topics.FirstOrDefault(topic => Hash(topic.Name) == topicHash);
        if (topic is null)
        {
            return null;
        }

        return new QuoteFilter(topic.Name, search);
    }

    /// <summary>A hash of the topic, whose name can be long, and the search.</summary>
    public override string ToString() => $"{(Topic is null ? "" : Hash(Topic))}:{Search}";

    /// <summary>Six characters. The probability that two of a thousand topics have the same hash is 1 in
    /// 8,000.</summary>
    private static string Hash(string topic)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(topic));
        return Base64Url.EncodeToString(hash.AsSpan(0, 4));
    }
}
