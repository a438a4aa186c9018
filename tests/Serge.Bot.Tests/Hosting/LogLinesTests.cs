using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Serge.Bot.Tests.Hosting;

/// <summary>The log in text format.</summary>
public sealed class LogLinesTests
{
    [Theory]
    [InlineData(LogLevel.Trace, "debug: ")]
    [InlineData(LogLevel.Debug, "debug: ")]
    [InlineData(LogLevel.Information, "")]
    [InlineData(LogLevel.Warning, "warning: ")]
    [InlineData(LogLevel.Error, "error: ")]
    [InlineData(LogLevel.Critical, "critical: ")]
    public void Write_AMessage_IsOneLineWithTheTimeOfTheSystemClock(LogLevel level, string name) =>
        Assert.Equal($"2030-01-02 03:04:05Z {name}Words.\n", Written(level, exception: null));

    [Fact]
    public void Write_AnException_FollowsTheLine() =>
        Assert.Equal(
            "2030-01-02 03:04:05Z error: Words.\n  System.IO.IOException: The disk is full.\n",
            Written(LogLevel.Error, new IOException("The disk is full."))
        );

    [Fact]
    public void Write_WrongSettings_ShowsNoStack() =>
        Assert.Equal(
            "2030-01-02 03:04:05Z critical: Words.\n",
            Written(LogLevel.Critical, new SettingsException(["TimeZone is wrong."]))
        );

    [Theory]
    [InlineData("4.2\u001b]0;title\u0007", "4.2\\u001b]0;title\\u0007")]
    [InlineData("a\n2030-01-02 03:04:06Z Post sent", "a\\u000a2030-01-02 03:04:06Z Post sent")]
    [InlineData("a\u202Eb\u0085", "a\\u202eb\\u0085")]
    public void Write_TextFromOutside_StaysOneLineAndIsVisible(string message, string shown) =>
        Assert.Equal($"2030-01-02 03:04:05Z {shown}\n", Written(LogLevel.Information, exception: null, message));

    [Fact]
    public void Write_AnExceptionWithLinesFromOutside_IndentsEachOfThem() =>
        Assert.Equal(
            "2030-01-02 03:04:05Z error: Words.\n  System.IO.IOException: a\n  2030-01-02 03:04:06Z b\\u001b[2J\n",
            Written(LogLevel.Error, new IOException("a\r\n2030-01-02 03:04:06Z b\u001b[2J"))
        );

    [Theory]
    [InlineData(LogLevel.Information, "<6>Words\\u000a.\n<6>  System.IO.IOException: a\n<6>  b\n")]
    [InlineData(LogLevel.Warning, "<4>warning: Words\\u000a.\n<4>  System.IO.IOException: a\n<4>  b\n")]
    [InlineData(LogLevel.Critical, "<2>critical: Words\\u000a.\n<2>  System.IO.IOException: a\n<2>  b\n")]
    public void Write_ForSystemd_StartsEachLineWithThePriority(LogLevel level, string expected)
    {
        var written = Written(new SystemdLogLines(Clocks.Real), level, new IOException("a\nb"), "Words\n.");

        Assert.Equal(expected, written);
    }

    [Theory]
    [InlineData("lines", "Microsoft.Hosting", LogLevel.Information, false)]
    [InlineData("lines", "Microsoft.Hosting", LogLevel.Warning, true)]
    [InlineData("lines", "Serge.Bot", LogLevel.Information, true)]
    [InlineData("json", "Serge.Bot.Quiet", LogLevel.Warning, false)]
    [InlineData("json", "Serge.Bot.Quiet", LogLevel.Error, true)]
    public void Add_FiltersByTheSettings(string format, string category, LogLevel level, bool isLogged)
    {
        using var services = Services(format);

        Assert.Equal(isLogged, services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(level));
    }

    [Fact]
    public void Add_SetsTheFormatAndWritesJsonInUtc()
    {
        using var services = Services("json");

        Assert.Equal("json", services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
        var json = services.GetRequiredService<IOptions<JsonConsoleFormatterOptions>>().Value;
        Assert.Equal((true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"), (json.UseUtcTimestamp, json.TimestampFormat));
        Assert.Contains(services.GetServices<ConsoleFormatter>(), formatter => formatter.Name == "lines");
    }

    [Fact]
    public void Add_ForSystemd_SelectsOurFormatter()
    {
        using var services = Services("systemd");

        var formatters = services.GetServices<ConsoleFormatter>().Where(formatter => formatter.Name == "systemd");
        Assert.IsType<SystemdLogLines>(formatters.First());
    }

    [Theory]
    [InlineData(false, LogLevel.Error)] // as in the settings
    [InlineData(true, LogLevel.Trace)]
    public void Add_ForACommandWithOutput_WritesEveryEntryToStandardError(bool toStandardError, LogLevel threshold)
    {
        using var services = Services("lines", toStandardError);

        var console = services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value;
        Assert.Equal(threshold, console.LogToStandardErrorThreshold);
    }

    private static ServiceProvider Services(string format, bool toStandardError = false)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Logging:LogLevel:Serge.Bot.Quiet"] = "Error",
                    ["Logging:Console:LogToStandardErrorThreshold"] = "Error",
                }
            )
            .Build();
        ServiceCollection services = new();
        services.AddSingleton(Clocks.Real);
        services.AddLogging(logging => LogLines.Add(logging, configuration, format, toStandardError));
        return services.BuildServiceProvider();
    }

    private static string Written(LogLevel level, Exception? exception, string message = "Words.")
    {
        Clocks clocks = new(new FakeTimeProvider(Some.Noon), new FakeTimeProvider(Some.At("2030-01-02 03:04:05")));
        return Written(new LogLines(clocks), level, exception, message);
    }

    private static string Written(LogLines formatter, LogLevel level, Exception? exception, string message)
    {
        using StringWriter text = new() { NewLine = "\n" };
        LogEntry<string> entry = new(level, "Serge.Bot", 0, message, exception, static (state, _) => state);
        formatter.Write(in entry, scopeProvider: null, text);
        return text.ToString();
    }
}
