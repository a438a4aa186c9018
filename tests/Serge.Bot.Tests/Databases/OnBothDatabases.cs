// One conformance suite; each part runs on SQLite and on PostgreSQL.
namespace Serge.Bot.Tests.Databases;

public sealed class LedgerOnSqliteTests() : LedgerContract(new TestDatabase.Sqlite());

public sealed class LedgerOnPostgresTests(PostgresCluster cluster) : LedgerContract(new TestDatabase.Postgres(cluster));

public sealed class OperatorLedgerOnSqliteTests() : OperatorLedgerContract(new TestDatabase.Sqlite());

public sealed class OperatorLedgerOnPostgresTests(PostgresCluster cluster)
    : OperatorLedgerContract(new TestDatabase.Postgres(cluster));

public sealed class GuildStoreOnSqliteTests() : GuildStoreContract(new TestDatabase.Sqlite());

public sealed class GuildStoreOnPostgresTests(PostgresCluster cluster)
    : GuildStoreContract(new TestDatabase.Postgres(cluster));

public sealed class SenderLeaseOnSqliteTests() : SenderLeaseContract(new TestDatabase.Sqlite());

public sealed class SenderLeaseOnPostgresTests(PostgresCluster cluster)
    : SenderLeaseContract(new TestDatabase.Postgres(cluster));

public sealed class DatabaseOnSqliteTests() : DatabaseContract(new TestDatabase.Sqlite());

public sealed class DatabaseOnPostgresTests(PostgresCluster cluster)
    : DatabaseContract(new TestDatabase.Postgres(cluster));

public sealed class StoredMomentsOnSqliteTests() : StoredMomentsContract(new TestDatabase.Sqlite());

public sealed class StoredMomentsOnPostgresTests(PostgresCluster cluster)
    : StoredMomentsContract(new TestDatabase.Postgres(cluster));
