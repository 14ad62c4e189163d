using System.Data;
using Cairn.Domain.Foundation;
using Dapper;
using Npgsql;

namespace Cairn.Server.Platform;

/// <summary>One transaction on behalf of one customer, or across customers (<see cref="Customer"/> is then <see langword="null"/>): those in reach, or all.</summary>
internal sealed class DbWork(
    NpgsqlConnection connection, NpgsqlTransaction transaction, CustomerId? customer, CancellationToken cancel, IReadOnlySet<CustomerId>? reach = null)
{
    private List<Action>? afterCommit;

    public NpgsqlConnection Connection { get; } = connection;

    public NpgsqlTransaction Transaction { get; } = transaction;

    public CustomerId? Customer { get; } = customer;

    public CancellationToken Cancel { get; } = cancel;

    /// <summary>Set when the use case refused after it had begun to write: nothing is kept.</summary>
    public bool IsAbandoned { get; private set; }

    public void Abandon() => IsAbandoned = true;

    /// <summary>Something that must happen only once the rows are durable, for instance waking a publisher. Must not throw.</summary>
    public void AfterCommit(Action action) => (afterCommit ??= []).Add(action);

    public void NotifyCommitted() => afterCommit?.ForEach(action => action());

    /// <summary>Tells row-level security whose rows this transaction is for.</summary>
    public async Task DeclareWall()
    {
        await using var batch = new NpgsqlBatch(Connection, Transaction) { BatchCommands = { reach is null ? Wall(Customer) : Wall(reach) } };
        await batch.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>The statement that every transaction begins with.</summary>
    public static NpgsqlBatchCommand Wall(CustomerId? customer) => new("select set_config('cairn.customer', $1, true), set_config('cairn.scope', $2, true)")
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = customer?.Value.ToString() ?? "" },
            new NpgsqlParameter<string> { TypedValue = customer is null ? "operator" : "" },
        },
    };

    /// <summary>The same for some customers; an empty set shows nothing.</summary>
    private static NpgsqlBatchCommand Wall(IReadOnlySet<CustomerId> reach) => new("select set_config('cairn.customer', '', true), set_config('cairn.scope', '', true), set_config('cairn.reach', $1, true)")
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = $"{{{string.Join(',', reach.Select(customer => customer.Value))}}}" } },
    };

    public Task<int> Execute(string sql, object? parameters = null) => Connection.ExecuteAsync(Command(sql, parameters));

    public Task<T> Single<T>(string sql, object? parameters = null) => Connection.QuerySingleAsync<T>(Command(sql, parameters));

    public Task<T?> Maybe<T>(string sql, object? parameters = null) => Connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters));

    public async Task<IReadOnlyList<T>> List<T>(string sql, object? parameters = null) =>
        (await Connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    private CommandDefinition Command(string sql, object? parameters) =>
        new(sql, parameters, Transaction, Database.CommandSeconds, CommandType.Text, CommandFlags.Buffered, Cancel);
}
