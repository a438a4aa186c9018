using static Serge.Bot.Storage.ColumnValues;

namespace Serge.Bot.Posting.Storage;

/// <summary>Who sends, as rows of the table <c>senders</c>: one for each token.</summary>
/// <exception cref="LedgerException">Any method, when the database cannot be read or written.</exception>
public sealed class SenderRows(Database database)
{
    /// <summary>Takes or renews the lease of all these names, or of none.</summary>
    /// <param name="names">What stands for the tokens.</param>
    /// <param name="owner">Who wants it.</param>
    /// <param name="wireNow">A lease that ended by then is free.</param>
    /// <param name="until">Until when it is wanted.</param>
    /// <param name="cancellationToken">Gives up before writing.</param>
    /// <returns>Who else holds one of them; <see langword="null"/> when all are the owner's now.</returns>
    public Task<string?> TryAcquireAsync(
        IReadOnlyList<string> names,
        string owner,
        DateTimeOffset wireNow,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async session =>
            {
                foreach (var name in names)
                {
                    var others = await session.QueryAsync(
                        "SELECT owner FROM senders WHERE name = @name AND owner <> @owner AND lease_until > @now",
                        reader => reader.GetString(0),
                        cancellationToken,
                        ("@name", name),
                        ("@owner", owner),
                        ("@now", Milliseconds(wireNow))
                    );
                    if (others is [var other])
                    {
                        return other;
                    }
                }

                foreach (var name in names)
                {
                    await session.ExecuteAsync(
                        """
                        INSERT INTO senders (name, owner, lease_until) VALUES (@name, @owner, @until)
                        ON CONFLICT (name) DO UPDATE SET owner = @owner, lease_until = @until
                        """,
                        cancellationToken,
                        ("@name", name),
                        ("@owner", owner),
                        ("@until", Milliseconds(until))
                    );
                }

                return (string?)null;
            },
            cancellationToken
        );

    /// <summary>Who holds which of these names now, and until when if it is not renewed.</summary>
    public Task<IReadOnlyList<(string Name, string Owner, DateTimeOffset Until)>> GetHoldersAsync(
        IReadOnlyList<string> names,
        DateTimeOffset wireNow,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async session =>
            {
                var rows = await session.QueryAsync(
                    "SELECT name, owner, lease_until FROM senders WHERE lease_until > @now ORDER BY name",
                    reader => (Name: reader.GetString(0), Owner: reader.GetString(1), Until: reader.Moment(2)!.Value),
                    cancellationToken,
                    ("@now", Milliseconds(wireNow))
                );
                return (IReadOnlyList<(string, string, DateTimeOffset)>)
                    [.. rows.Where(row => names.Contains(row.Name))];
            },
            cancellationToken
        );

    /// <summary>Gives up whatever this owner holds, so that nobody has to wait for it to end.</summary>
    public Task ReleaseAsync(string owner, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
                session.ExecuteAsync("DELETE FROM senders WHERE owner = @owner", cancellationToken, ("@owner", owner)),
            cancellationToken
        );
}
