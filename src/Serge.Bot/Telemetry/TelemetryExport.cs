using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Serge.Bot.Telemetry;

/// <summary>Sends metrics and traces to a collector by OTLP, where the usual variables name one; otherwise there is nothing.</summary>
/// <remarks>The spans of .NET's HTTP client are left out on purpose: they carry whole addresses, and Discord's hold tokens of interactions. Its metrics do not.</remarks>
internal static class TelemetryExport
{
    private static readonly string[] Metrics = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];
    private static readonly string[] Traces = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    /// <summary>Sets it up, as far as an address is set.</summary>
    /// <exception cref="SettingsException">An address is none.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var (metrics, traces) = (IsSet(configuration, Metrics), IsSet(configuration, Traces));
        if (!metrics && !traces)
        {
            return;
        }

        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(resource =>
            {
                if (string.IsNullOrEmpty(configuration["OTEL_SERVICE_NAME"]))
                {
                    resource.AddService(
                        "serge-bot",
                        serviceVersion: typeof(TelemetryExport)
                            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                            ?.InformationalVersion
                    );
                }
            });
        if (metrics)
        {
            telemetry.WithMetrics(meters =>
                meters.AddMeter(DeliveryMetrics.Name, "System.Net.Http", "System.Runtime").AddOtlpExporter()
            );
        }

        if (traces)
        {
            telemetry.WithTracing(spans => spans.AddSource(DeliveryMetrics.Name).AddOtlpExporter());
        }
    }

    private static bool IsSet(IConfiguration configuration, string[] names)
    {
        foreach (var name in names)
        {
            // Not repeated in the complaint: some write a password into it.
            if (
                configuration[name] is { Length: > 0 } address
                && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            )
            {
                throw new SettingsException([$"{name} is no address. Write it as http://127.0.0.1:4317."]);
            }
        }

        return Array.Exists(names, name => configuration[name] is { Length: > 0 });
    }
}
