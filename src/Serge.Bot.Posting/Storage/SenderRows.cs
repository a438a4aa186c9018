using static Serge.Bot.Posting.Storage.ColumnValues;

namespace Serge.Bot.Posting.Storage;

/// <summary>Which worker sends: rows of the table <c>senders</c>, one per account.</summary>
/// <exception cref="LedgerException">From every method: the database cannot be read or written.</exception>
public sealed class SenderRows(Database database)
{
    /// <summary>Acquires or renews the lease of all these accounts, or of none.</summary>
    /// <param name="names">Names of the accounts.</param>
    /// <param name="owner">The worker that wants it.</param>
    /// <param name="systemNow">A lease that ended before this moment is free.</param>
    /// <param name="until">When the new lease ends.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public Task<SenderAcquisition> TryAcquireAsync(
        IReadOnlyList<string> names,
        string owner,
        DateTimeOffset systemNow,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async session =>
            {
                var all = await ReadAsync(session, after: DateTimeOffset.MinValue, cancellationToken);
                var wanted = all.Where(holder => names.Contains(holder.Name)).ToList();
                var other = wanted.FirstOrDefault(holder => holder.Owner != owner && holder.Until > systemNow);
                if (other is null)
                {
                    await WriteAsync(session, names, owner, until, cancellationToken);
                }

                var isContinued = wanted.Count == names.Count && wanted.All(holder => holder.Owner == owner);
                return new SenderAcquisition(other?.Owner, isContinued);
            },
            cancellationToken
        );

    /// <summary>The current leases of these accounts, ordered by name. One that ends later than the longest
    /// lease is from a wrong clock and does not count.</summary>
    public Task<IReadOnlyList<SenderHolder>> GetHoldersAsync(
        IReadOnlyList<string> names,
        DateTimeOffset systemNow,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<SenderHolder>>(
            async session =>
            {
                var holders = await ReadAsync(session, systemNow, cancellationToken);
                var latest = systemNow + DeliverySettings.MaxSenderLease + Database.MaxClockDifference;
                return [.. holders.Where(holder => names.Contains(holder.Name) && holder.Until <= latest)];
            },
            cancellationToken
        );

    /// <summary>Whether the database still contains a lease that this worker has written, or later ones. An older copy
    /// of it does not.</summary>
    /// <param name="names">Names of the accounts.</param>
    /// <param name="until">The end of the lease that was written.</param>
    /// <param name="isCurrent">Whether the lease has not ended, so that no other worker can have released its
    /// own.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<bool> ContainsAsync(
        IReadOnlyList<string> names,
        DateTimeOffset until,
        bool isCurrent,
        CancellationToken cancellationToken
    )
    {
        var all = await database.ReadAsync(
            session => ReadAsync(session, after: DateTimeOffset.MinValue, cancellationToken),
            cancellationToken
        );
        var known = all.Where(holder => names.Contains(holder.Name)).ToList();
        var written = ToMilliseconds(until);
        return known.All(holder => ToMilliseconds(holder.Until) >= written)
            && (!isCurrent || known.Count == names.Count);
    }

    /// <inheritdoc cref="Database.Name"/>
    public string DatabaseName => database.Name;

    /// <inheritdoc cref="Database.IsIntact"/>
    public bool IsIntact => database.IsIntact;

    /// <inheritdoc cref="Database.MaintainAsync"/>
    public Task MaintainAsync(bool isContinued, CancellationToken cancellationToken) =>
        database.MaintainAsync(isContinued, cancellationToken);

    /// <inheritdoc cref="Database.CreateLossException"/>
    public LedgerException CreateLossException() => database.CreateLossException();

    /// <summary>Releases every lease of a worker, so that another one need not wait for its end.</summary>
    public Task ReleaseAsync(string owner, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
                session.ExecuteAsync("DELETE FROM senders WHERE owner = @owner", cancellationToken, ("@owner", owner)),
            cancellationToken
        );

    private static Task<IReadOnlyList<SenderHolder>> ReadAsync(
        DatabaseSession session,
        DateTimeOffset after,
        CancellationToken cancellationToken
    ) =>
        session.QueryAsync(
            "SELECT name, owner, lease_until FROM senders WHERE lease_until > @after ORDER BY name",
            reader => new SenderHolder(reader.GetString(0), reader.GetString(1), reader.GetMoment(2)),
            cancellationToken,
            ("@after", ToMilliseconds(after))
        );

    private static async Task WriteAsync(
        DatabaseSession session,
        IReadOnlyList<string> names,
        string owner,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
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
                ("@until", ToMilliseconds(until))
            );
        }
    }
}

/// <summary>The result of an attempt to acquire the lease.</summary>
/// <param name="Other">The other worker that holds it; <see langword="null"/> if it was acquired.</param>
/// <param name="IsContinued">Whether no other worker has held it since this one acquired it.</param>
public sealed record SenderAcquisition(string? Other, bool IsContinued);

/// <summary>A lease.</summary>
/// <param name="Name">Name of the account.</param>
/// <param name="Owner">The worker.</param>
/// <param name="Until">When it ends unless it is renewed.</param>
public sealed record SenderHolder(string Name, string Owner, DateTimeOffset Until);
