using Cairn.Domain.Foundation;
using Npgsql;

namespace Cairn.Server.Platform;

/// <summary>
/// The one way to the tables. Every piece of work is a transaction that says whose rows it is for, so that row-level
/// security can hold even where a query forgets its filter.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    /// <summary>The role the server works as: no superuser, owner of nothing.</summary>
    public const string AppRole = "cairn_app";

    /// <summary>Connections outside transactions at the same time: health checks and listeners.</summary>
    private const int MostOutside = 10;

    private readonly NpgsqlDataSource source;
    private readonly NpgsqlDataSource outside;

    public Database(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // The session becomes the app role before its first statement, and a reset on return to the pool keeps it there.
            Options = $"-c role={AppRole}",
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            ApplicationName = "cairn",
            IncludeErrorDetail = false,
        };
        settings.MaxPoolSize = Math.Max(settings.MaxPoolSize > 100 ? settings.MaxPoolSize : 60, 10);
        settings.Timeout = 5;
        settings.CommandTimeout = CommandSeconds;
        // A transaction leaves nothing behind in its session: what it sets is local to it, and a failed one is rolled back
        // on return. So its connection needs no reset, which would cost every transaction four more statements.
        source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { NoResetOnClose = true });
        outside = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { MaxPoolSize = MostOutside });
    }

    /// <summary>No statement of a request may run longer than this, in seconds.</summary>
    public const int CommandSeconds = 30;

    /// <summary>Works on the rows of one customer (or of the installation).</summary>
    public Task<T> ForCustomer<T>(CustomerId customer, Func<DbWork, Task<T>> work, CancellationToken cancel = default) =>
        Run(customer, work, cancel);

    /// <summary>
    /// Works on whatever the caller may see: one customer's rows for its key, those of the customers in reach for a member
    /// of the staff with a limit, all for everybody else. Every list, search and count across customers runs in this.
    /// </summary>
    public Task<T> ForCaller<T>(Caller caller, Func<DbWork, Task<T>> work, CancellationToken cancel = default) =>
        caller.Kind == CallerKind.Anonymous ? throw new InvalidOperationException("Nobody in particular sees nothing across customers.")
        : caller.Reach is { } reach ? Run(null, work, cancel, reach)
        : Run(caller.Customer, work, cancel);

    /// <summary>Works across all customers: for the program's own jobs and for the command line, never for a request.</summary>
    public Task<T> ForOperator<T>(Func<DbWork, Task<T>> work, CancellationToken cancel = default) =>
        Run(null, work, cancel);

    /// <summary>
    /// Runs one statement on the rows of one customer as a transaction of its own, in a single round trip. What is sent
    /// before one Sync message is one transaction, which the server commits at that message: the answer counts only once
    /// the reader has come to the end, after which <paramref name="read"/>'s result is given.
    /// </summary>
    public async Task<T> InOneTrip<T>(CustomerId customer, NpgsqlBatchCommand command, Func<NpgsqlDataReader, Task<T>> read)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { DbWork.Wall(customer), command } };
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        var result = await read(reader);
        while (await reader.NextResultAsync())
        {
            // A failure of the commit itself is thrown here.
        }

        return result;
    }

    /// <summary>A connection outside any transaction, for LISTEN and health checks. Sees no customer's rows.</summary>
    public ValueTask<NpgsqlConnection> Connect(CancellationToken cancel = default) => outside.OpenConnectionAsync(cancel);

    /// <summary>Drops the pooled connections, which are all broken once the database has been started again.</summary>
    public void ForgetConnections()
    {
        source.Clear();
        outside.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await outside.DisposeAsync();
    }

    private async Task<T> Run<T>(CustomerId? customer, Func<DbWork, Task<T>> work, CancellationToken cancel, IReadOnlySet<CustomerId>? reach = null)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var unit = new DbWork(connection, transaction, customer, cancel, reach);
        await unit.DeclareWall();
        var result = await work(unit);
        if (unit.IsAbandoned)
        {
            await transaction.RollbackAsync(CancellationToken.None);
        }
        else
        {
            // A crash before this line leaves nothing; after it, everything. A failure *of* it leaves the outcome unknown,
            // which a retry finds out, because every write is claimed by its id.
            await transaction.CommitAsync(CancellationToken.None);
            unit.NotifyCommitted();
        }

        return result;
    }
}
