using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Serge.Bot.Telemetry;

/// <summary>Exports metrics and traces to an OTLP collector if the standard variables name one.</summary>
/// <remarks>The spans of .NET's HTTP client are not exported: they contain full addresses, and Discord's contain tokens
/// of interactions. Its metrics do not.</remarks>
internal static class TelemetryExport
{
    private const string EndpointName = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MetricsEndpointName = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string TracesEndpointName = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    /// <summary>Registers the exporters that have an address.</summary>
    /// <exception cref="SettingsException">An address is invalid.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var hasEndpoint = HasAddress(configuration, EndpointName);
        var hasMetrics = HasAddress(configuration, MetricsEndpointName) || hasEndpoint;
        var hasTraces = HasAddress(configuration, TracesEndpointName) || hasEndpoint;
        if (!hasMetrics && !hasTraces)
        {
            return;
        }

        var telemetry = services.AddOpenTelemetry();
        if (string.IsNullOrEmpty(configuration["OTEL_SERVICE_NAME"]))
        {
            telemetry.ConfigureResource(resource =>
                resource.AddService("serge-bot", serviceVersion: ProgramVersion.Text)
            );
        }

        if (hasMetrics)
        {
            telemetry.WithMetrics(metrics =>
                metrics.AddMeter(DeliveryMetrics.Name, "System.Net.Http", "System.Runtime").AddOtlpExporter()
            );
        }

        if (hasTraces)
        {
            telemetry.WithTracing(traces => traces.AddSource(DeliveryMetrics.Name).AddOtlpExporter());
        }
    }

    /// <summary>Creates the exporters, which read their variables, before anything starts.</summary>
    /// <exception cref="SettingsException">A variable is invalid.</exception>
    public static void CheckOptions(IServiceProvider services)
    {
        try
        {
            services.GetService<MeterProvider>();
            services.GetService<TracerProvider>();
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new SettingsException([$"A variable that begins with OTEL_ is invalid: {e.Message}"]);
        }
    }

    private static bool HasAddress(IConfiguration configuration, string name)
    {
        if (configuration[name] is not { Length: > 0 } address)
        {
            return false;
        }

        var isValid = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
        if (!isValid)
        {
            // The address may contain a password, so the message does not repeat it.
            throw new SettingsException([
                $"{name} is not a valid address. Set it to an address such as http://127.0.0.1:4317.",
            ]);
        }

        return true;
    }
}
