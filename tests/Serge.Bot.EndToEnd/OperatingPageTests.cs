using System.Diagnostics;
using System.Net;
using System.Text;
using Serge.Bot.Playground;

namespace Serge.Bot.EndToEnd;

/// <summary>Somebody follows <c>docs/operating.md</c> from top to bottom, copying only what is printed, against the rehearsal of the playground.</summary>
/// <remarks>Boxes marked <c>sh</c> go to a shell, those marked <c>discord</c> are typed by a server's admin, in the page's order. Boxes marked <c>bash</c> need root, systemd, a container engine or minutes of
/// compiling, and are not played; the first of them is the build, for which stands a folder with what it makes. The real platforms' addresses are the simulator's.</remarks>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class OperatingPageTests : IDisposable
{
    private readonly DirectoryInfo _user = Directory.CreateTempSubdirectory("serge-operator-");
    private readonly StringBuilder _said = new();
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

    /// <summary>The native program or the .NET tool: runs on request, with <c>SERGE_INSTALLED</c> naming the executable; see
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
        playground.Platforms.World.Discord.Options.ResponseTimeout = TimeSpan.FromMinutes(1);
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

            // After the rehearsal its terminals are closed; that the platforms are still the simulator is all that stays.
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
        // One of serge post --now, and perhaps one of the schedule, if its time comes during the test.
        var statuses = playground.Platforms.World.Mastodon.Statuses.Select(status => status.Text).ToList();
        Assert.NotEmpty(statuses);
        Assert.Equal(statuses.Distinct(StringComparer.Ordinal), statuses);
        var said = _said.ToString();
        Assert.All(
            ["no problems", "ok     bot", "sent", "The copy was checked and is complete."],
            words => Assert.Contains(words, said, StringComparison.OrdinalIgnoreCase)
        );
        Assert.DoesNotContain(rehearsal["Discord__Token"], said, StringComparison.Ordinal);
    }

    /// <summary>What the build makes, as far as an operator sees it: the program.</summary>
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
        CancellationToken patience
    )
    {
        using var shell = Shell($"set -e\n{box}\nexport -p > '{State}'; pwd > '{State}.folder'", environment);
        await shell.StandardInput.WriteAsync(typed);
        shell.StandardInput.Close();
        var (output, error) = (
            shell.StandardOutput.ReadToEndAsync(patience),
            shell.StandardError.ReadToEndAsync(patience)
        );
        await shell.WaitForExitAsync(patience);
        _said.Append(await output).Append(await error);
        Assert.True(
            shell.ExitCode == 0,
            $"This box ended with {shell.ExitCode}:\n{box}\nIt said:\n{await output}{await error}"
        );
    }

    private async Task StartAsync(
        PlaygroundHost playground,
        IEnumerable<KeyValuePair<string, string>> environment,
        CancellationToken patience
    )
    {
        var discord = playground.Platforms.World.Discord;
        using var watch = playground.Platforms.World.Watch();
        // The session of an earlier start may still be there. Its commands are: a new session shows that the bot runs.
        var earlier = discord.Sessions.Select(session => session.SessionId).ToHashSet();
        _bot?.Dispose();
        _bot = Shell("exec serge run", environment);
        _bot.OutputDataReceived += (_, line) => Hear(line.Data);
        _bot.ErrorDataReceived += (_, line) => Hear(line.Data);
        _bot.BeginOutputReadLine();
        _bot.BeginErrorReadLine();
        while (
            discord.Sessions.All(session => earlier.Contains(session.SessionId))
            || discord.GetCommands(playground.Platforms.Bot).Count == 0
        )
        {
            await Wait.ForAsync(
                watch.WaitForAsync<SimulatorEvent>(cancellationToken: patience),
                () => Task.FromResult($"The shells wrote:\n{_said}"),
                patience,
                "the bot is connected and has registered its commands"
            );
        }
    }

    private async Task StopAsync(CancellationToken patience)
    {
        await Signals.SendAsync(_bot!, "INT", patience);
        await _bot!.WaitForExitAsync(patience);
        Assert.Equal(0, _bot.ExitCode);
    }

    /// <summary>A shell that goes on where the last one was: same folder, same environment.</summary>
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

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }
    }
}
