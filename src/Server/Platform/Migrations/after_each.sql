-- Runs after every migration: rights and row-level security follow from the shape of the tables, so that no new table
-- can be forgotten. The server connects as cairn_app, which owns nothing and has no superuser rights.

grant usage on schema public to cairn_app;
grant select, insert, update, delete on all tables in schema public to cairn_app;
grant execute on all functions in schema public to cairn_app;
revoke insert, update, delete, truncate on platform_migrations from cairn_app;

-- The ledger is append-only for the server too: it may null what erasure nulls, and nothing else of an entry.
revoke update, delete, truncate on ledger_entries from cairn_app;
grant update (salt, data_raw, data, erased_at) on ledger_entries to cairn_app;
revoke delete, truncate on ledger_heads, ledger_secrets, receipts_tiles, receipts_checkpoints, receipts_publications,
    receipts_signing_keys from cairn_app;

do $$
declare
    t text;
begin
    for t in
        select c.relname
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('drop policy if exists customer_wall on %I', t);
        execute format(
            'create policy customer_wall on %I using ('
            || 'customer_id = (select nullif(current_setting(''cairn.customer'', true), '''')::uuid) '
            || 'or (select current_setting(''cairn.scope'', true)) = ''operator'' '
            || 'or customer_id = any ((select nullif(current_setting(''cairn.reach'', true), '''')::uuid[])::uuid[]))', t);
    end loop;
end
$$;
