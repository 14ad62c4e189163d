using Cairn.Server.Tests.Support;
using Npgsql;

namespace Cairn.Server.Tests.Api;

/// <summary>
/// What must hold for every table, whoever adds it: it can be distributed by customer (Citus), and its rows are behind
/// the customer's wall. Asked of the migrated database itself.
/// </summary>
public sealed class SchemaTests(PostgresFixture postgres) : IAsyncLifetime
{
    /// <summary>Tables without a customer: copied to every node, so small and seldom written; each with the reason why it belongs to nobody.</summary>
    private static readonly Dictionary<string, string> References = new()
    {
        ["platform_migrations"] = "which migrations ran",
        ["platform_settings"] = "what the installation decided once",
        ["access_people"] = "the vendor's staff, who work for all customers",
        ["access_settings"] = "how long sessions of the staff live",
        ["access_totp"] = "belongs to a member of the staff",
        ["access_recovery_codes"] = "belong to a member of the staff",
        ["access_passkeys"] = "belong to a member of the staff",
        ["access_identities"] = "belong to a member of the staff",
        ["access_spent_tickets"] = "steps of sign-ins, before it is known who comes in",
        ["access_setup_links"] = "one-time links, before there is anybody",
        ["receipts_signing_keys"] = "the installation signs every log with one key",
    };

    private NpgsqlDataSource owner = null!;

    public async ValueTask InitializeAsync() => owner = NpgsqlDataSource.Create(await postgres.NewDatabase());

    public ValueTask DisposeAsync() => owner.DisposeAsync();

    [Fact]
    public async Task Every_table_belongs_to_a_customer_or_is_a_reference_table()
    {
        var without = await List(
            """
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
              and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped)
            """);
        without.Except(References.Keys).ShouldBeEmpty("A table has customer_id, so that it can be distributed by it, or stands among the reference tables in this test, with the reason.");
        References.Keys.Except(without).ShouldBeEmpty("These are no reference tables any more; take them from the list.");
    }

    [Fact]
    public async Task Every_key_of_a_customers_table_holds_the_customer()
    {
        (await List(
            """
            select c.relname || ' has no primary key' from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
              and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)
            """)).ShouldBeEmpty("A distributed table has a primary key.");
        (await List(
            """
            select c.relname || ' ' || x.relname from pg_index i
            join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and i.indisunique and not (a.attnum = any (i.indkey::smallint[]))
            """)).ShouldBeEmpty("Uniqueness cannot be checked across shards: put customer_id into every unique key.");
        (await List(
            """
            select c.relname || ' ' || k.conname from pg_constraint k
            join pg_class c on c.oid = k.conrelid
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped
            join pg_attribute far on far.attrelid = k.confrelid and far.attname = 'customer_id' and not far.attisdropped
            where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and not (a.attnum = any (k.conkey))
            """)).ShouldBeEmpty("A foreign key between customers' tables holds customer_id; one to a reference table need not.");
        (await List(
            """
            select c.relname || ' ' || k.conname from pg_constraint k
            join pg_class c on c.oid = k.conrelid
            join pg_attribute far on far.attrelid = k.confrelid and far.attname = 'customer_id' and not far.attisdropped
            where k.contype = 'f' and c.relnamespace = 'public'::regnamespace
              and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped)
            """)).ShouldBeEmpty("A reference table cannot point into a distributed one.");
    }

    [Fact]
    public async Task The_customers_column_is_a_uuid_that_is_never_null() => (await List(
        """
        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not (a.attnotnull and a.atttypid = 'uuid'::regtype)
        """)).ShouldBeEmpty("customer_id is uuid not null everywhere, or rows of nobody would be behind no wall.");

    [Fact]
    public async Task Every_customers_table_is_behind_the_wall()
    {
        (await List(
            """
            select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
            """)).ShouldBeEmpty("Row-level security is on and forced; Migrations/after_each.sql sees to it.");
        var tables = await List(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')");
        // A second permissive policy would be an alternative to the wall, not a further lock.
        (await List("select tablename || ' ' || policyname || ' ' || cmd || ' ' || permissive || ' ' || array_to_string(roles, ',') from pg_policies where schemaname = 'public'")).Order()
            .ShouldBe(tables.Select(table => $"{table} customer_wall ALL PERMISSIVE public").Order());
    }

    [Fact]
    public async Task A_view_sees_no_more_than_who_asks() => (await List(
        """
        select relname from pg_class
        where relnamespace = 'public'::regnamespace and (relkind = 'm' or relkind = 'v' and not coalesce(reloptions, '{}') @> array['security_invoker=true'])
        """)).ShouldBeEmpty("A view reads as its owner, past the wall, unless it says security_invoker; a materialised one always does.");

    [Fact]
    public async Task No_function_works_with_its_owners_rights() => (await List(
        "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef")).ShouldBeEmpty("A security-definer function is a door in the wall.");

    private async Task<List<string>> List(string sql)
    {
        await using var command = owner.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
