using Serge.Bot.Site.Content;

namespace Serge.Bot.Cli;

/// <summary>Checks that the published site has the current edition.</summary>
internal static class SiteDiagnostics
{
    private const string What = "site";
    private const string EditionPath = "edition.json";

    /// <summary>The file has less than 100 bytes; an error page may be longer.</summary>
    private const int MaxLength = 64 * 1024;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    public static async Task<DoctorFinding> CheckAsync(
        Uri address,
        QuoteCatalogue catalogue,
        Func<HttpMessageHandler> createHandler,
        CancellationToken cancellationToken
    )
    {
        var (edition, problem) = await GetEditionAsync(new Uri(address, EditionPath), createHandler, cancellationToken);
        var site = AddressText.WithoutSecrets(address.ToString());
        if (edition is null)
        {
            return DoctorFinding.Error(
                What,
                $"{site} has no {EditionPath}, so posts link to pages that may not exist. Publish what serge site "
                    + $"writes there, or remove Site:Address. ({problem})"
            );
        }

        if (edition != SiteContent.ComputeEdition(catalogue))
        {
            return DoctorFinding.Error(
                What,
                $"{site} has another edition than the quote files. Run serge site and publish what it writes."
            );
        }

        return DoctorFinding.Ok(What, $"{site} has the current edition, {edition}");
    }

    private static async Task<(string? Edition, string Problem)> GetEditionAsync(
        Uri address,
        Func<HttpMessageHandler> createHandler,
        CancellationToken cancellationToken
    )
    {
        using var handler = createHandler();
        using HttpClient client = new(handler) { Timeout = RequestTimeout, MaxResponseContentBufferSize = MaxLength };
        try
        {
            using var response = await client.GetAsync(address, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return (null, $"status {(int)response.StatusCode}");
            }

            var json = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return (JsonReader.Parse(json).Member("edition").Text(), "its content is not that of serge site");
        }
        catch (HttpRequestException e)
        {
            return (null, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, "it did not answer within 10 s");
        }
    }
}
