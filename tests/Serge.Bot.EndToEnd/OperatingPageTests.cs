using System.Diagnostics;
using System.Net;
using System.Text;
using Serge.Bot.Playground;

namespace Serge.Bot.EndToEnd;

/// <summary>Executes <c>docs/operating.md</c> from top to bottom against the rehearsal of the playground. All input is
/// copied from the page or from printed output.</summary>
/// <remarks>Blocks marked <c>sh</c> are run in a shell, those marked <c>discord</c> are sent as a server's admin, in
/// the page's order. Blocks marked <c>bash</c> need root, systemd, a container engine or minutes of compiling, and are
/// not run; the first of them is the build, whose output folder is prepared instead. The simulator's addresses replace
/// those of the real platforms.</remarks>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class OperatingPageTests : IDisposable
{
    private readonly DirectoryInfo _user = Directory.CreateTempSubdirectory("serge-operator-");
    private readonly StringBuilder _output = new();
    private Process? _bot;

    private string State => Path.Combine(_user.FullName, ".state");

    public void Dispose()
    {
        if (_bot is { HasExited: false })
        {
            _bot.Kill(entireProcessTree: true);
            _bot.WaitForExit();
        }

        _bot?.Dispose();
        _user.Delete(recursive: true);
    }

    [Fact]
    public async Task ThePage_FollowedFromTopToBottom_Works()
    {
        MakeProgramFolder();
        await FollowAsync();
    }

    /// <summary>The native program or the .NET tool. Runs if <c>SERGE_INSTALLED</c> names the executable; see
    /// <c>.ci/run</c> and <c>.ci/tool</c>.</summary>
    [Fact(Explicit = true)]
    [Trait("Category", "Installed")]
    public async Task ThePage_FollowedWithAnInstalledProgram_Works()
    {
        var program = Environment.GetEnvironmentVariable("SERGE_INSTALLED");
        Assert.True(File.Exists(program), "SERGE_INSTALLED does not name the executable.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(program))!;
        Directory.CreateSymbolicLink(Path.Combine(_user.FullName, "serge"), folder);
        await FollowAsync();
    }

    private async Task FollowAsync()
    {
        using CancellationTokenSource bound = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        bound.CancelAfter(Wait.Limit);
        await using var playground = await PlaygroundHost.StartAsync(
            Stage.Repository,
            new IPEndPoint(IPAddress.Loopback, 0),
            _ => { },
            withoutBot: true
        );
        playground.Platforms.World.Discord.Options.ResponseTimeout = Wait.Limit;
        var rehearsal = Exports(Launch.DescribeConnection(playground));
        Assert.Equal(
            ["Discord__ApiAddress", "Discord__Token", "Mastodon__AccessToken", "Mastodon__Address"],
            rehearsal.Keys.Order(StringComparer.Ordinal)
        );
        var tokens = new Queue<string>([rehearsal["Discord__Token"], rehearsal["Mastodon__AccessToken"]]);

        var played = 0;
        foreach (
            var (heading, kind, box) in Boxes(
                await File.ReadAllLinesAsync(Path.Combine(Stage.Repository, "docs", "operating.md"), bound.Token)
            )
        )
        {
            played++;
            if (kind == "discord")
            {
                var answer = await playground.Platforms.World.Discord.InvokeAsync(
                    playground.Platforms.Member,
                    playground.Platforms.Channel,
                    box,
                    bound.Token
                );
                Assert.IsType<InteractionResult.Answered>(answer);
                continue;
            }

            // After the rehearsal its terminals are closed. The platforms are still the simulator; nothing else is
            // kept.
            var environment = rehearsal.Where(line =>
                heading.StartsWith('3') || line.Key.EndsWith("Address", StringComparison.Ordinal)
            );
            if (box.Contains("# The bot is stopped.", StringComparison.Ordinal))
            {
                await StopAsync(bound.Token);
            }

            if (box == "serge run")
            {
                await StartAsync(playground, environment, bound.Token);
            }
            else
            {
                await PlayAsync(
                    box,
                    environment,
                    box.Contains("/dev/stdin", StringComparison.Ordinal) ? tokens.Dequeue() + "\n" : "",
                    bound.Token
                );
            }
        }

        Assert.InRange(played, 14, 100);
        Assert.Empty(tokens);
        // One post of serge post --now, and perhaps one of the schedule, if it becomes due during the test.
        var statuses = playground.Platforms.World.Mastodon.Statuses.Select(status => status.Text).ToList();
        Assert.NotEmpty(statuses);
        Assert.Equal(statuses.Distinct(StringComparer.Ordinal), statuses);
        var text = _output.ToString();
        Assert.All(
            ["no problems", "ok     bot", "sent", "The copy was checked and is complete."],
            words => Assert.Contains(words, text, StringComparison.OrdinalIgnoreCase)
        );
        Assert.DoesNotContain(rehearsal["Discord__Token"], text, StringComparison.Ordinal);
    }

    /// <summary>Prepares the part of the build output that an operator uses: the program.</summary>
    private void MakeProgramFolder()
    {
        var folder = _user.CreateSubdirectory("serge");
        var program = Path.Combine(folder.FullName, "serge");
        File.WriteAllText(
            program,
            $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "serge.dll")}' \"$@\"\n"
        );
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private static Dictionary<string, string> Exports(string printed) =>
        printed
            .Split('\n')
            .Where(line => line.StartsWith("export ", StringComparison.Ordinal))
            .Select(line => line["export ".Length..].TrimEnd().Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    private static IEnumerable<(string Heading, string Kind, string Box)> Boxes(IEnumerable<string> lines)
    {
        var (heading, kind) = ("", (string?)null);
        List<string> box = [];
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (kind is null && line.StartsWith('#'))
            {
                heading = line.TrimStart('#', ' ');
            }
            else if (kind is null && line.StartsWith("```", StringComparison.Ordinal))
            {
                kind = line[3..];
                box.Clear();
            }
            else if (kind is not null && line == "```")
            {
                if (kind is "sh" or "discord")
                {
                    yield return (heading, kind, string.Join('\n', box));
                }

                kind = null;
            }
            else
            {
                box.Add(line);
            }
        }
    }

    private async Task PlayAsync(
        string box,
        IEnumerable<KeyValuePair<string, string>> environment,
        string typed,
        CancellationToken cancellationToken
    )
    {
        using var shell = Shell($"set -e\n{box}\nexport -p > '{State}'; pwd > '{State}.folder'", environment);
        await shell.StandardInput.WriteAsync(typed);
        shell.StandardInput.Close();
        var (output, error) = (
            shell.StandardOutput.ReadToEndAsync(cancellationToken),
            shell.StandardError.ReadToEndAsync(cancellationToken)
        );
        await shell.WaitForExitAsync(cancellationToken);
        _output.Append(await output).Append(await error);
        Assert.True(
            shell.ExitCode == 0,
            $"This box ended with {shell.ExitCode}:\n{box}\nIt said:\n{await output}{await error}"
        );
    }

    private async Task StartAsync(
        PlaygroundHost playground,
        IEnumerable<KeyValuePair<string, string>> environment,
        CancellationToken cancellationToken
    )
    {
        var discord = playground.Platforms.World.Discord;
        using var watch = playground.Platforms.World.Watch();
        // The session of an earlier start may still be open, and its commands are registered. Only a new session shows
        // that the bot runs.
        var earlier = discord.Sessions.Select(session => session.SessionId).ToHashSet();
        _bot?.Dispose();
        _bot = Shell("exec serge run", environment);
        _bot.OutputDataReceived += (_, line) => HandleOutput(line.Data);
        _bot.ErrorDataReceived += (_, line) => HandleOutput(line.Data);
        _bot.BeginOutputReadLine();
        _bot.BeginErrorReadLine();
        while (
            discord.Sessions.All(session => earlier.Contains(session.SessionId))
            || discord.GetCommands(playground.Platforms.Bot).Count == 0
        )
        {
            await Wait.ForAsync(
                watch.WaitForAsync<SimulatorEvent>(cancellationToken: cancellationToken),
                () => Task.FromResult($"The shells wrote:\n{_output}"),
                cancellationToken,
                "the bot is connected and has registered its commands"
            );
        }
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await Signals.SendAsync(_bot!, "INT", cancellationToken);
        await _bot!.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, _bot.ExitCode);
    }

    /// <summary>A shell that continues in the folder and environment of the previous one.</summary>
    private Process Shell(string script, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("bash")
        {
            WorkingDirectory = _user.FullName,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(
            $"if [ -f '{State}' ]; then . '{State}'; cd \"$(cat '{State}.folder')\"; fi\n{string.Join('\n', environment.Select(line => $"export {line.Key}='{line.Value}'"))}\n{script}"
        );
        start.Environment["HOME"] = _user.FullName;
        return Process.Start(start)!;
    }

    private void HandleOutput(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
