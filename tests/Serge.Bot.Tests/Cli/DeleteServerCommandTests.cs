namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge delete-server</c>: deletes the data of one Discord server after a confirmation.</summary>
public sealed class DeleteServerCommandTests : IDisposable
{
    private const string Question =
        "Server 100 has 2 schedules. Deleting them and the record of their posts cannot be undone.\n";

    private readonly CommandHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task DeleteServer_WithYes_DeletesItsSchedulesAndPosts()
    {
        await SetUpAsync();

        (await _home.RunAsync("delete-server", "--server", "100", "--yes")).ShouldBe(
            0,
            $"{Question}The data of server 100 was deleted.\n"
        );

        Assert.Equal(["b", "c"], (await _home.PostsAsync()).Select(post => post.Key).Order(StringComparer.Ordinal));
        Assert.Equal([new GuildId(200)], await GetServersAsync());
    }

    [Theory]
    [InlineData("yes\n", true)]
    [InlineData(" Y \n", true)]
    [InlineData("no\n", false)]
    [InlineData("\n", false)]
    [InlineData("", false)]
    public async Task DeleteServer_AtATerminal_AsksFirst(string typed, bool isDeleted)
    {
        await SetUpAsync();
        _home.Typed = typed;

        var result = await _home.RunAsync("delete-server", "--server", "100");

        var ending = isDeleted ? "The data of server 100 was deleted." : "Nothing was changed.";
        result.ShouldBe(isDeleted ? 0 : 1, $"{Question}Continue? Type yes: {ending}\n");
        Assert.Equal(isDeleted ? 1 : 2, (await GetServersAsync()).Count);
        Assert.Equal(isDeleted ? 2 : 3, (await _home.PostsAsync()).Count);
    }

    [Fact]
    public async Task DeleteServer_WithoutATerminalOrYes_DeletesNothing()
    {
        await SetUpAsync();

        (await _home.RunAsync("delete-server", "--server", "100")).ShouldBe(
            1,
            $"{Question}Nothing was changed. Add --yes to change it.\n"
        );
        Assert.Equal(2, (await GetServersAsync()).Count);
        Assert.Equal(3, (await _home.PostsAsync()).Count);
    }

    [Fact]
    public async Task DeleteServer_WithTheGreatestId_DeletesIt()
    {
        const ulong greatest = long.MaxValue;
        await _home.WithGuildsAsync(guilds =>
            guilds.SetUpAsync(Some.Noon, zone: null, SampleGuild.Schedule(guild: greatest))
        );

        (await _home.RunAsync("delete-server", "--yes", "--server", "9223372036854775807")).ShouldBe(
            0,
            "Server 9223372036854775807 has 1 schedule. Deleting them and the record of their posts cannot be undone.\nThe data of server 9223372036854775807 was deleted.\n"
        );
        Assert.Empty(await GetServersAsync());
    }

    [Theory]
    [InlineData("300")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")] // more than the database can store
    public async Task DeleteServer_WithAnUnknownServer_ReportsIt(string id)
    {
        await SetUpAsync();

        (await _home.RunAsync("delete-server", "--yes", "--server", id)).ShouldBe(
            1,
            $"No data is stored about server {id}.\n"
        );
        Assert.Equal(2, (await GetServersAsync()).Count);
    }

    [Theory]
    [InlineData("--server")]
    [InlineData("--server readers")]
    [InlineData("")]
    public async Task DeleteServer_WithoutAnId_DeletesNothing(string args)
    {
        await SetUpAsync();

        var result = await _home.RunAsync([
            "delete-server",
            "--yes",
            .. args.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--server", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await GetServersAsync()).Count);
    }

    private async Task SetUpAsync()
    {
        var first = SampleGuild.Schedule(name: "morning");
        var other = SampleGuild.Schedule(guild: 200, name: "morning", channel: 2);
        await _home.WithGuildsAsync(guilds =>
            guilds.SetUpAsync(Some.Noon, zone: null, first, SampleGuild.Schedule(name: "evening"))
        );
        await _home.WithGuildsAsync(guilds => guilds.SetUpAsync(Some.Noon, zone: null, other));
        await _home.AddAsync(
            Some.Post("a", PostState.Sent, "discord:1") with
            {
                Schedule = first.Id,
            },
            Some.Post("b", PostState.Sent, "discord:2") with
            {
                Schedule = other.Id,
            },
            Some.Post("c", PostState.Sent)
        );
    }

    private Task<List<GuildId>> GetServersAsync() =>
        _home.WithGuildsAsync(async guilds =>
        {
            var all = await guilds.ListAsync(TestContext.Current.CancellationToken);
            return all.Select(guild => guild.Guild).ToList();
        });
}
