using System.Diagnostics;

namespace Serge.Bot.Benchmarks.Latency;

/// <summary>A bot to measure: a program that is started with the address of Discord's API and a token.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Start">Starts the process, from the address of the API, the token and a new home directory. With the
/// ledger of a killed worker the next worker would wait until the lease ends.</param>
internal sealed record BenchmarkedProgram(string Name, Func<Uri, string, string, ProcessStartInfo> Start)
{
    /// <summary>The worker, which answers from the catalogue; a native executable if <c>SERGE_NATIVE</c> names
    /// one.</summary>
    public static BenchmarkedProgram Worker()
    {
        var native = Environment.GetEnvironmentVariable("SERGE_NATIVE");
        return new BenchmarkedProgram(
            native is null ? "serge" : "serge, native",
            (api, token, home) =>
            {
                var start = native is null
                    ? new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "serge.dll"), "run"])
                    : new ProcessStartInfo(native, "run");
                start.Environment["SERGE_HOME"] = home;
                start.Environment["Discord__Token"] = token;
                start.Environment["Discord__ApiAddress"] = api.ToString();
                start.Environment["Logging__LogLevel__Default"] = "Warning";
                return start;
            }
        );
    }

    /// <summary>The minimal bot; a native executable if <c>SERGE_NATIVE_BARE</c> names one.</summary>
    public static BenchmarkedProgram Bare() => Bare("bare socket loop");

    /// <summary>The minimal bot with .NET's HTTP client, which the worker also uses.</summary>
    public static BenchmarkedProgram BareOnHttpClient() => Bare("bare loop with HttpClient", "http-client");

    private static BenchmarkedProgram Bare(string name, params string[] options)
    {
        var native = Environment.GetEnvironmentVariable("SERGE_NATIVE_BARE");
        var program = Path.Combine(AppContext.BaseDirectory, "Serge.Bot.BareBot.dll");
        return new BenchmarkedProgram(
            native is null ? name : $"{name}, native",
            (api, token, _) =>
                native is null
                    ? new ProcessStartInfo("dotnet", [program, api.ToString(), token, .. options])
                    : new ProcessStartInfo(native, [api.ToString(), token, .. options])
        );
    }

    /// <summary>A bot on discord.js; <see langword="null"/> if the folder in <c>SERGE_NODE_CLIENTS</c> does not contain
    /// that package.</summary>
    public static BenchmarkedProgram? DiscordJs()
    {
        var folder = Environment.GetEnvironmentVariable("SERGE_NODE_CLIENTS");
        var package = Path.Combine(folder ?? "", "node_modules", "discord.js");
        return folder is null || !Directory.Exists(package)
            ? null
            : new BenchmarkedProgram(
                "discord.js",
                (api, token, _) =>
                {
                    var start = new ProcessStartInfo(
                        "node",
                        Path.Combine(AppContext.BaseDirectory, "Latency", "discordjs-bot.mjs")
                    );
                    start.Environment["SERGE_NODE_CLIENTS"] = folder;
                    start.Environment["DISCORD_API"] = api.ToString().Replace("/v10/", "", StringComparison.Ordinal);
                    start.Environment["DISCORD_TOKEN"] = token;
                    return start;
                }
            );
    }
}
