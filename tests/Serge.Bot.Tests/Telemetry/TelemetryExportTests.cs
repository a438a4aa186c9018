using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Serge.Bot.Tests.Telemetry;

/// <summary>Metrics and traces are exported only if an address is set.</summary>
public sealed class TelemetryExportTests
{
    private const string Collector = "http://127.0.0.1:4317";

    [Theory]
    [InlineData(null, null, null, false, false)]
    [InlineData("", "", "", false, false)]
    [InlineData(Collector, null, null, true, true)]
    [InlineData(null, Collector, null, true, false)]
    [InlineData(null, null, "https://otel.example/", false, true)]
    public void Add_ExportsWhatHasAnAddress(
        string? all,
        string? metrics,
        string? traces,
        bool hasMetrics,
        bool hasTraces
    )
    {
        var services = Services(all, metrics, traces);

        Assert.Equal(
            (hasMetrics, hasTraces),
            (
                services.Any(service => service.ServiceType == typeof(MeterProvider)),
                services.Any(service => service.ServiceType == typeof(TracerProvider))
            )
        );
    }

    [Theory]
    [InlineData(null, "serge-bot")]
    [InlineData("", "serge-bot")]
    [InlineData("bot-of-ada", "bot-of-ada")]
    public void Add_NamesTheService_UnlessTheVariableNamesIt(string? name, string expected)
    {
        using var provider = Services(Collector, null, null, name).BuildServiceProvider();

        var resource = provider.GetRequiredService<TracerProvider>().GetResource();

        Assert.Equal(expected, resource.Attributes.Single(attribute => attribute.Key == "service.name").Value);
    }

    [Theory]
    [InlineData("127.0.0.1:4317")]
    [InlineData("ftp://secret@otel.example/")]
    [InlineData("otel")]
    public void Add_WithAnInvalidAddress_NamesTheVariableAndNotItsValue(string address)
    {
        (string? All, string? Metrics, string? Traces, string Name)[] settings =
        [
            (address, null, null, "OTEL_EXPORTER_OTLP_ENDPOINT"),
            (null, address, null, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"),
            (null, null, address, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
        ];
        foreach (var (all, metrics, traces, name) in settings)
        {
            var e = Assert.Throws<SettingsException>(() =>
            {
                Services(all, metrics, traces);
            });

            Assert.Equal(
                [$"{name} is not a valid address. Set it to an address such as http://127.0.0.1:4317."],
                e.Problems
            );
        }
    }

    private static ServiceCollection Services(string? all, string? metrics, string? traces, string? name = null)
    {
        Dictionary<string, string?> variables = new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = all,
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = metrics,
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = traces,
            ["OTEL_SERVICE_NAME"] = name,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(variables).Build();
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(configuration);
        TelemetryExport.Add(services, configuration);
        return services;
    }
}
