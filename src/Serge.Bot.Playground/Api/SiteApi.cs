using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Serge.Bot.Site;
using Serge.Bot.Site.Content;

namespace Serge.Bot.Playground.Api;

/// <summary>Serves the site of the worker's catalogue at <c>/site/</c>: what <c>serge site</c> would write
/// now.</summary>
/// <param name="playground">The playground.</param>
/// <param name="address">The address of the playground's page.</param>
internal sealed class SiteApi(PlaygroundContext playground, Uri address)
{
    private const string Root = "/site/";

    private volatile Edition? _edition;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods($"{Root}{{**path}}", [HttpMethods.Get, HttpMethods.Head], SendAsync);
    }

    private async Task SendAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/site", StringComparison.Ordinal, out var rest) || !rest.HasValue)
        {
            // The links of a page are relative to its folder.
            context.Response.Redirect(Root);
            return;
        }

        if (GetEdition() is not { } edition)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("The bot is stopped. Start it on the playground page.");
            return;
        }

        var path = SiteCheck.GetFile(rest.Value[1..]);
        if (!edition.Files.TryGetValue(path, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            file = edition.Files["404.html"];
        }

        var content = await file.RenderAsync();
        PageFiles.SetHeaders(context.Response, file.ContentType, content.Length);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    /// <returns>While the bot is stopped the last one; <see langword="null"/> if there is none.</returns>
    private Edition? GetEdition()
    {
        if (playground.Worker.FindCatalogue() is not { } live)
        {
            return _edition;
        }

        var catalogue = live.Current;
        var today = ClockJumps.GetDay(playground.ScheduleClock.GetUtcNow(), playground.Settings.TimeZone);
        if (_edition is { } last && last.Catalogue == catalogue && last.Day == today)
        {
            return last;
        }

        SiteOptions options = new()
        {
            BaseUrl = new Uri(address, Root),
            Today = today,
            Gone = SitePaths.GetEntryPaths(live.Unfiltered).ToHashSet(StringComparer.Ordinal),
        };
        SiteContent content = new(catalogue, options, SiteWording.Languages);
        var files = SiteBuilder.Create(content).ToDictionary(file => file.Path, StringComparer.Ordinal);
        return _edition = new Edition(catalogue, today, files);
    }

    /// <summary>The files for one version of the catalogue on one day.</summary>
    private sealed record Edition(QuoteCatalogue Catalogue, DateOnly Day, IReadOnlyDictionary<string, SiteFile> Files);
}
