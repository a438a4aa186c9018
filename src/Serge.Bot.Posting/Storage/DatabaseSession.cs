using System.Data.Common;

namespace Serge.Bot.Posting.Storage;

/// <summary>A turn at the database, inside <see cref="Database.ReadAsync"/> or <see cref="Database.WriteAsync"/> and no longer.</summary>
/// <param name="connection">The connection it has.</param>
/// <param name="transaction">What it writes in; <see langword="null"/> where each statement stands alone.</param>
public sealed class DatabaseSession(DbConnection connection, DbTransaction? transaction)
{
    /// <summary>The connection it has.</summary>
    public DbConnection Connection => connection;

    /// <summary>A command. Its values are parameters, <c>@name</c> in the SQL; those that are not used there do no harm.</summary>
    public DbCommand Command(string sql, params IEnumerable<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Runs a command.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> ExecuteAsync(
        string sql,
        CancellationToken cancellationToken,
        params IEnumerable<(string Name, object? Value)> values
    )
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads all rows.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken,
        params IEnumerable<(string Name, object? Value)> values
    )
    {
        List<T> rows = [];
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
