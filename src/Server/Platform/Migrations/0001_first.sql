-- The first schema of Cairn. Every table that belongs to a customer carries customer_id in its primary key and in every
-- unique key, so that it can be distributed by it; the others are reference tables. The installation itself is customer
-- 00000000-0000-0000-0000-000000000000.

-- Platform -----------------------------------------------------------------------------------------------------------

create table platform_settings (
    name        text primary key,
    value       text not null,
    created_at  timestamptz not null default now()
);

-- Access -------------------------------------------------------------------------------------------------------------

create table access_people (
    person_id       uuid primary key,
    email           text not null unique check (email = lower(email)),
    name            text not null,
    role            text not null,
    password_hash   text,
    created_at      timestamptz not null,
    deactivated_at  timestamptz,
    version         bigint not null default 1
);

create table access_setup_links (
    token_hash  bytea primary key,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    used_at     timestamptz
);

create table access_sessions (
    customer_id   uuid not null,
    session_id    uuid not null,
    person_id     uuid not null references access_people (person_id),
    secret_hash   bytea not null,
    created_at    timestamptz not null,
    last_seen_at  timestamptz not null,
    expires_at    timestamptz not null,
    ended_at      timestamptz,
    primary key (customer_id, session_id)
);

create table access_api_keys (
    customer_id   uuid not null,
    key_id        uuid not null,
    name          text not null,
    secret_hash   bytea not null,
    scopes        text[] not null,
    created_at    timestamptz not null,
    created_by    text not null,
    expires_at    timestamptz,
    last_used_at  timestamptz,
    revoked_at    timestamptz,
    primary key (customer_id, key_id)
);

-- Customers ----------------------------------------------------------------------------------------------------------

create table customers_customers (
    customer_id     uuid primary key,
    name            text not null,
    industry        text,
    vertical        text,
    plan            text,
    sla_tier        text,
    stage           text,
    time_zone       text not null,
    tags            text[] not null default '{}',
    custom_fields   jsonb not null default '{}',
    acv_amount      numeric,
    acv_currency    text,
    contract_start  date,
    contract_end    date,
    renewal_date    date,
    payment_terms   text,
    created_at      timestamptz not null,
    version         bigint not null default 1
);

-- The ledger ---------------------------------------------------------------------------------------------------------

-- One row per log; locked last by every transaction that appends. A customer has one open log; a closed one stays.
create table ledger_heads (
    customer_id       uuid not null,
    generation        smallint not null,
    origin            text not null,
    size              bigint not null,
    events            bigint not null default 0,
    secret_version    int not null,
    last_recorded_at  timestamptz not null,
    closed_at         timestamptz,
    primary key (customer_id, generation)
) with (fillfactor = 50);

create table ledger_secrets (
    customer_id  uuid not null,
    version      int not null,
    sealed       bytea not null,
    created_at   timestamptz not null,
    primary key (customer_id, version)
);

-- Every fact: customer events, changes of records, logged reads. The unique key is the claim of an event id.
create table ledger_entries (
    customer_id       uuid not null,
    generation        smallint not null,
    log_index         bigint not null,
    kind              text not null,
    event_id          text collate "C" not null,
    source            text collate "C" not null,
    transaction_type  text not null,
    subject           text,
    data_schema       text,
    content_type      text,
    event_time        timestamptz not null,
    time_given        text,
    recorded_at       timestamptz not null,
    late              boolean not null,
    actor             text not null,
    batch_id          uuid,
    secret_version    int not null,
    text_hash         bytea not null,
    signed_text       bytea,
    salt              bytea,
    data_raw          bytea,
    data              jsonb,
    erased_at         timestamptz,
    primary key (customer_id, generation, log_index),
    unique (customer_id, event_id, source)
);

-- The first index of a log that was recorded at or after a moment. Times never decrease along a log, so this is a
-- binary search over the primary key and needs no further index.
create function ledger_first_index_at(customer uuid, log_generation smallint, moment timestamptz) returns bigint
language plpgsql stable as $$
declare
    low bigint := 0;
    high bigint := (select size from ledger_heads where customer_id = customer and generation = log_generation);
    middle bigint;
begin
    while low < high loop
        middle := (low + high) / 2;
        if (select recorded_at from ledger_entries
            where customer_id = customer and generation = log_generation and log_index = middle) < moment then
            low := middle + 1;
        else
            high := middle;
        end if;
    end loop;
    return low;
end
$$;

-- Receipts: what is published of a log -------------------------------------------------------------------------------

create table receipts_signing_keys (
    key_number   int primary key,
    public_key   bytea not null,
    sealed_seed  bytea not null,
    created_at   timestamptz not null
);

create table receipts_publications (
    customer_id  uuid not null,
    generation   smallint not null,
    size         bigint not null,
    frontier     bytea not null,
    note         text not null,
    signed_at    timestamptz not null,
    archived_at  timestamptz not null,
    primary key (customer_id, generation)
);

create table receipts_checkpoints (
    customer_id  uuid not null,
    generation   smallint not null,
    size         bigint not null,
    note         text not null,
    signed_at    timestamptz not null,
    primary key (customer_id, generation, size)
);

-- Complete tiles only; partial ones are cut from the entries and from the roots of the complete ones below.
create table receipts_tiles (
    customer_id  uuid not null,
    generation   smallint not null,
    level        smallint not null,
    tile_index   bigint not null,
    root         bytea not null,
    hashes       bytea not null,
    primary key (customer_id, generation, level, tile_index)
);
alter table receipts_tiles alter column hashes set storage external;

create table receipts_verifications (
    customer_id  uuid not null,
    generation   smallint not null,
    verified_to  bigint not null,
    started_at   timestamptz not null,
    finished_at  timestamptz,
    faults       jsonb not null default '[]',
    primary key (customer_id, generation, started_at)
);

-- Batches: which entries arrived together ------------------------------------------------------------------------------

create table ledger_batches (
    customer_id  uuid not null,
    batch_id     uuid not null,
    kind         text not null,
    actor        text not null,
    started_at   timestamptz not null,
    finished_at  timestamptz,
    accepted     bigint not null default 0,
    repeated     bigint not null default 0,
    rejected     bigint not null default 0,
    last_chunk   bigint not null default 0,
    primary key (customer_id, batch_id)
);

-- Which entries a batch's lines became, in line order, as runs of neighbouring indexes.
create table ledger_batch_runs (
    customer_id  uuid not null,
    batch_id     uuid not null,
    ordinal      bigint not null,
    generation   smallint not null,
    first_index  bigint not null,
    last_index   bigint not null,
    primary key (customer_id, batch_id, ordinal)
);

-- The customer's events as the ingest module reads them: the ledger's entries of that kind.
create view ingest_events with (security_invoker = true) as
select customer_id, generation, log_index, event_id, source, transaction_type as type, subject, data_schema, content_type,
       event_time, time_given, recorded_at, late, actor, batch_id, data, data_raw, erased_at
from ledger_entries
where kind = 'event';

-- How much a customer has in its log, as the customers module reads it.
create view customers_activity with (security_invoker = true) as
select customer_id, sum(events)::bigint as events, max(last_recorded_at) as last_recorded_at
from ledger_heads
group by customer_id;
