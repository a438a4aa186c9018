using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Serge.Bot.Hosting;

/// <summary>A small web server of the worker's own, behind a proxy or for this machine alone.</summary>
internal static class LoopbackWebServer
{
    /// <summary>Opens it.</summary>
    /// <param name="setting">The setting that holds the address, for the complaint.</param>
    /// <param name="address">Where to listen; with port 0 a free one is found.</param>
    /// <param name="mostBytes">Longer requests are turned away.</param>
    /// <param name="answer">Answers each request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SettingsException">It cannot be listened on.</exception>
    public static async Task<WebApplication> OpenAsync(
        string setting,
        Uri address,
        int mostBytes,
        RequestDelegate answer,
        CancellationToken cancellationToken
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = mostBytes;
                kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(
                    bytesPerSecond: 1000,
                    gracePeriod: TimeSpan.FromSeconds(5)
                );
                kestrel.Listen(
                    IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Loopback,
                    address.Port
                );
            });
        var server = builder.Build();
        server.Run(answer);
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new SettingsException([
                $"{setting} = \"{address}\" cannot be listened on: {e.Message} Name another port, or end the program that has this one.",
            ]);
        }
    }
}
