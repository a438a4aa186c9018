using System.Diagnostics;

namespace Serge.Bot.Benchmarks.Latency;

/// <summary>A bot to be measured: a program that is told where Discord is and what its token is.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Start">How its process is started, from the address of the API, the token and a new home directory: the
/// ledger of a worker that was killed would make the next one wait until its lease ends.</param>
internal sealed record Contestant(string Name, Func<Uri, string, string, ProcessStartInfo> Start)
{
    /// <summary>The worker, answering from the catalogue: native, where <c>SERGE_NATIVE</c> names an executable.</summary>
    public static Contestant Worker()
    {
        var native = Environment.GetEnvironmentVariable("SERGE_NATIVE");
        return new Contestant(
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

    /// <summary>The least that a bot can do: native, where <c>SERGE_NATIVE_BARE</c> names an executable.</summary>
    public static Contestant Bare() => Bare("bare socket loop");

    /// <summary>The same with .NET's HTTP client, which the worker uses, too.</summary>
    public static Contestant BareOnHttpClient() => Bare("bare loop with HttpClient", "http-client");

    private static Contestant Bare(string name, params string[] options)
    {
        var native = Environment.GetEnvironmentVariable("SERGE_NATIVE_BARE");
        var program = Path.Combine(AppContext.BaseDirectory, "Serge.Bot.BareBot.dll");
        return new Contestant(
            native is null ? name : $"{name}, native",
            (api, token, _) =>
                native is null
                    ? new ProcessStartInfo("dotnet", [program, api.ToString(), token, .. options])
                    : new ProcessStartInfo(native, [api.ToString(), token, .. options])
        );
    }

    /// <summary>A bot on discord.js; <see langword="null"/> where <c>SERGE_NODE_CLIENTS</c> names no folder with that package.</summary>
    public static Contestant? DiscordJs()
    {
        var folder = Environment.GetEnvironmentVariable("SERGE_NODE_CLIENTS");
        var package = Path.Combine(folder ?? "", "node_modules", "discord.js");
        return folder is null || !Directory.Exists(package)
            ? null
            : new Contestant(
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
