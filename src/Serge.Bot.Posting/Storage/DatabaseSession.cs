using System.Data.Common;

namespace Serge.Bot.Posting.Storage;

/// <summary>A connection for the duration of <see cref="Database.ReadAsync"/> or
/// <see cref="Database.WriteAsync"/>.</summary>
/// <param name="connection">The connection.</param>
/// <param name="transaction">The transaction of all statements; <see langword="null"/> when each is its own.</param>
public sealed class DatabaseSession(DbConnection connection, DbTransaction? transaction)
{
    internal DbConnection Connection => connection;

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">With parameters as <c>@name</c>.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <param name="values">The parameters; those that the statement does not use are ignored.</param>
    /// <returns>The number of rows that it changed.</returns>
    public async Task<int> ExecuteAsync(
        string sql,
        CancellationToken cancellationToken,
        params IEnumerable<(string Name, object? Value)> values
    )
    {
        await using var command = CreateCommand(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads all rows.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken,
        params IEnumerable<(string Name, object? Value)> values
    )
    {
        List<T> rows = [];
        await using var command = CreateCommand(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    internal DbCommand CreateCommand(string sql, params IEnumerable<(string Name, object? Value)> values)
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
}
