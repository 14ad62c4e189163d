using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Npgsql;

namespace Cairn.Server.Tests.Api;

/// <summary>The wall inside the database, which holds where a query forgets its filter. Tried as the role that the server works as.</summary>
public sealed class RowLevelSecurityTests(MatrixWorld world) : IClassFixture<MatrixWorld>
{
    private const string InsufficientPrivilege = "42501";

    [Fact]
    public async Task Without_a_declared_customer_every_customers_table_is_empty()
    {
        var filled = 0;
        foreach (var table in await Tables())
        {
            (await Count(table, "")).ShouldBe(0, table);
            filled += await Count(table, "set local cairn.scope = 'operator';") > 0 ? 1 : 0;
        }

        filled.ShouldBeGreaterThan(8, "There are rows; they are only not seen.");
    }

    [Theory]
    [InlineData("set local cairn.customer = '';")]
    [InlineData("set local cairn.scope = 'OPERATOR';")]
    [InlineData("set local cairn.scope = '';")]
    [InlineData("set local cairn.customer = 'ffffffff-ffff-ffff-ffff-ffffffffffff';")]
    public async Task A_declaration_of_nobody_shows_nothing(string declaration)
    {
        foreach (var table in await Tables())
        {
            (await Count(table, declaration)).ShouldBe(0, table);
        }
    }

    [Fact]
    public async Task With_the_context_of_A_nothing_of_others_is_visible()
    {
        foreach (var table in await Tables())
        {
            await AsApp(For(world.A), async connection =>
            {
                (await Number(connection, $"select count(*) from {table} where customer_id <> '{Uuid(world.A)}'")).ShouldBe(0, table);
                return true;
            });
        }

        (await Count("ledger_entries", For(world.A))).ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task With_the_context_of_A_no_row_of_B_can_be_written()
    {
        foreach (var table in await Tables())
        {
            // The other columns do not matter: the wall is checked before the constraints.
            var refused = await Should.ThrowAsync<PostgresException>(() => AsApp(For(world.A), async connection =>
                await Execute(connection, $"insert into {table} select (jsonb_populate_record(null::{table}, jsonb_build_object('customer_id', '{Uuid(world.B)}'))).*")));
            refused.SqlState.ShouldBe(InsufficientPrivilege, $"{table}: {refused.MessageText}");
        }
    }

    [Fact]
    public async Task With_the_context_of_A_rows_of_B_are_not_there_to_be_changed()
    {
        await AsApp(For(world.A), async connection =>
        {
            (await Execute(connection, $"update customers_customers set name = 'mine' where customer_id = '{Uuid(world.B)}'")).ShouldBe(0);
            (await Execute(connection, $"delete from access_api_keys where customer_id = '{Uuid(world.B)}'")).ShouldBe(0);
            (await Execute(connection, $"update ledger_entries set data = null where customer_id = '{Uuid(world.B)}'")).ShouldBe(0);
            return true;
        });
        // A row cannot be moved over the wall either.
        await Refused($"update customers_customers set customer_id = '{Uuid(world.B)}' where customer_id = '{Uuid(world.A)}'", For(world.A));
    }

    [Theory]
    [InlineData("delete from ledger_entries")]
    [InlineData("truncate ledger_entries")]
    [InlineData("update ledger_entries set signed_text = ''")]
    [InlineData("update ledger_entries set text_hash = ''")]
    [InlineData("update ledger_entries set log_index = log_index + 1")]
    [InlineData("update ledger_entries set event_id = 'x'")]
    [InlineData("update ledger_entries set recorded_at = now()")]
    [InlineData("delete from ledger_heads")]
    [InlineData("delete from ledger_secrets")]
    [InlineData("delete from receipts_checkpoints")]
    [InlineData("delete from receipts_tiles")]
    [InlineData("delete from receipts_publications")]
    [InlineData("delete from receipts_signing_keys")]
    [InlineData("update platform_migrations set name = 'x'")]
    [InlineData("create table mine (n int)")]
    [InlineData("create schema mine")]
    [InlineData("alter table ledger_entries disable row level security")]
    [InlineData("alter table ledger_entries no force row level security")]
    [InlineData("drop policy customer_wall on ledger_entries")]
    [InlineData("alter role cairn_app superuser")]
    [InlineData("alter role cairn_app bypassrls")]
    [InlineData("set session_replication_role = replica")]
    [InlineData("copy ledger_entries to program 'cat'")]
    public Task The_server_itself_may_not(string sql) => Refused(sql);

    [Fact]
    public async Task Of_an_entry_only_what_erasure_takes_can_be_changed()
    {
        (await Column("select string_agg(column_name, ',' order by column_name) from information_schema.column_privileges where grantee = 'cairn_app' and table_name = 'ledger_entries' and privilege_type = 'UPDATE'"))
            .ShouldBe("data,data_raw,erased_at,salt");
    }

    [Fact]
    public async Task The_role_of_the_server_has_no_power_and_owns_nothing()
    {
        (await Column("select (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)::text from pg_roles where rolname = 'cairn_app'")).ShouldBe("false");
        (await Column("select (count(*) filter (where relowner = 'cairn_app'::regrole))::text from pg_class")).ShouldBe("0");
        (await Column("select count(*)::text from pg_auth_members where member = 'cairn_app'::regrole")).ShouldBe("0");
        (await Column("select count(*)::text from pg_namespace where nspowner = 'cairn_app'::regrole")).ShouldBe("0");
        (await Column("select count(*)::text from pg_proc where proowner = 'cairn_app'::regrole")).ShouldBe("0");
    }

    [Fact]
    public async Task The_servers_own_sessions_are_of_that_role_and_declare_whose_rows_they_touch()
    {
        TypedId.TryParse<CustomerId>(world.A.Id, out var customer).ShouldBeTrue();
        var (role, declared) = await world.Server.Database.ForCustomer(customer, async work =>
            (await work.Single<string>("select current_user::text"), await work.Single<string>("select current_setting('cairn.customer')")));
        role.ShouldBe(Database.AppRole);
        declared.ShouldBe(Uuid(world.A));
        // The declaration ends with its transaction; the connection goes back to the pool without it.
        await using var connection = await world.Server.Database.Connect();
        (await Number(connection, "select count(*) from ledger_entries")).ShouldBe(0);
        await using var command = new NpgsqlCommand("select current_user::text", connection);
        (await command.ExecuteScalarAsync()).ShouldBe(Database.AppRole);
    }

    private static string For(TestCustomer customer) => $"set local cairn.customer = '{Uuid(customer)}';";

    private static string Uuid(TestCustomer customer)
    {
        TypedId.TryParse<CustomerId>(customer.Id, out var id).ShouldBeTrue();
        return id.Value.ToString();
    }

    private async Task Refused(string sql, string declaration = "set local cairn.scope = 'operator';")
    {
        var refused = await Should.ThrowAsync<PostgresException>(() => AsApp(declaration, connection => Execute(connection, sql)));
        refused.SqlState.ShouldBe(InsufficientPrivilege, refused.MessageText);
    }

    private Task<long> Count(string table, string declaration) => AsApp(declaration, connection => Number(connection, $"select count(*) from {table}"));

    /// <summary>In a transaction of the app role that is never committed.</summary>
    private async Task<T> AsApp<T>(string declaration, Func<NpgsqlConnection, Task<T>> work)
    {
        var settings = new NpgsqlConnectionStringBuilder(world.Server.OwnerConnectionString) { Options = $"-c role={Database.AppRole}", Pooling = false };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (declaration.Length > 0)
        {
            await Execute(connection, declaration);
        }

        return await work(connection);
    }

    private async Task<IReadOnlyList<string>> Tables()
    {
        await using var owner = NpgsqlDataSource.Create(world.Server.OwnerConnectionString);
        await using var command = owner.CreateCommand(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1");
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
        {
            tables.Add(reader.GetString(0));
        }

        tables.Count.ShouldBeGreaterThan(10);
        return tables;
    }

    private async Task<string?> Column(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(world.Server.OwnerConnectionString);
        await using var command = owner.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync();
    }

    private static async Task<long> Number(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<int> Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }
}
