using Serge.Bot.Storage;

namespace Serge.Bot.Tests.Delivery;

public sealed class SqliteOperatorLedgerTests : OperatorLedgerContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-operators-");

    private protected override async Task<(ILedger Ledger, IOperatorLedger Operators)> OpenAsync()
    {
        var database = await SqliteDatabase.OpenAsync(Path.Combine(_folder.FullName, "serge.db"), TestContext.Current.CancellationToken);
        return (new SqliteLedger(database), new SqliteOperatorLedger(database));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
