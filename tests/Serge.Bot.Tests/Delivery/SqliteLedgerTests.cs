namespace Serge.Bot.Tests.Delivery;

public sealed class SqliteLedgerTests : LedgerContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-ledger-");

    private string FilePath => Path.Combine(_folder.FullName, "serge.db");

    private protected override async Task<ILedger> OpenAsync() => await SqliteLedger.OpenAsync(FilePath, TestContext.Current.CancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Open_InAFolderThatIsNotThere_NamesFileAndSetting()
    {
        var e = await Assert.ThrowsAsync<LedgerException>(() => SqliteLedger.OpenAsync("/nowhere/at/all/serge.db", TestContext.Current.CancellationToken));

        Assert.Contains("/nowhere/at/all/serge.db", e.Message, StringComparison.Ordinal);
        Assert.Contains("Ledger:Path", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AFileThatIsNoDatabase_SaysSo()
    {
        var path = Path.Combine(_folder.FullName, "essay.txt");
        await File.WriteAllTextAsync(path, new string('x', 5000), TestContext.Current.CancellationToken);

        var e = await Assert.ThrowsAsync<LedgerException>(() => SqliteLedger.OpenAsync(path, TestContext.Current.CancellationToken));

        Assert.Contains("no ledger", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoLedgersOnOneFile_LetOnlyOneClaim()
    {
        await using var other = await OpenAsync();
        var post = Support.Some.Post();
        await Ledger.PlanAsync("morning", mark: null, [post], TestContext.Current.CancellationToken);
        var claims = await Task.WhenAll(new[] { Ledger, other }.Select((ledger, n) =>
            ledger.TryMoveAsync(post, Transitions.Claim(post, $"worker {n}", Support.Some.Noon, new DeliverySettings()), TestContext.Current.CancellationToken)));

        Assert.Single(claims, claimed => claimed);
    }
}
