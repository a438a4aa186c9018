using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Serge.Bot.Site.Content;

namespace Serge.Bot.Playground.Api;

/// <summary>Serves the files of the page, which are embedded in the program.</summary>
internal static class PageFiles
{
    /// <summary>Allows the page's own files only, no inline script or style, and no frames.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string NotFoundPage = "notfound.html";

    /// <summary>Maps each file at its name, and <c>index.html</c> at the root.</summary>
    public static void MapPage(this IEndpointRouteBuilder endpoints)
    {
        foreach (var name in typeof(PageFiles).Assembly.GetManifestResourceNames())
        {
            var path = name == "index.html" ? "/" : $"/{name}";
            if (name != NotFoundPage)
            {
                endpoints.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], context => SendAsync(context, name));
            }
        }

        endpoints.MapFallback("{*path}", SendNotFoundAsync);
    }

    private static Task SendNotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        // A program that asks the API gets no page.
        var isApi = context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
        var isPage = HttpMethods.IsGet(context.Request.Method) && !isApi;
        return isPage ? SendAsync(context, NotFoundPage) : Task.CompletedTask;
    }

    private static async Task SendAsync(HttpContext context, string name)
    {
        await using var file = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        var response = context.Response;
        SetHeaders(response, SiteFile.GetContentType(name), file.Length);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await file.CopyToAsync(response.Body, context.RequestAborted);
        }
    }

    /// <summary>Sets the headers of a file of the page or of the site, or of a picture.</summary>
    public static void SetHeaders(HttpResponse response, string contentType, long length)
    {
        response.ContentType = contentType;
        response.ContentLength = length;
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
