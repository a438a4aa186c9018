using Microsoft.AspNetCore.Http;

namespace Serge.Bot.Hosting.Web;

/// <summary>Answers the HTTP requests to one address of the worker.</summary>
internal interface IWebEndpoint
{
    /// <summary>The setting that contains the address, for error messages.</summary>
    string Setting { get; }

    /// <summary>Where to listen; port 0 selects a free port.</summary>
    Uri Address { get; }

    /// <summary>The longest request body in bytes.</summary>
    int MaxBodyBytes { get; }

    Task HandleAsync(HttpContext context);
}
