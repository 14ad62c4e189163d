-- Entity state, event types with schemas, data quality, imports and rate limits. All of it follows from the log, or is
-- counted while answering; nothing here is proof of anything. Every table carries customer_id in its key.

-- Followers of the log --------------------------------------------------------------------------------------------------

-- How far each follower has come. It is moved in the transaction that writes what it folded, so that every event counts once.
create table ingest_offsets (
    customer_id  uuid not null,
    follower     text not null,
    generation   smallint not null,
    next_index   bigint not null,
    rules_hash   text not null,
    moved_at     timestamptz not null,
    primary key (customer_id, follower)
);

-- Payloads that were erased: what was derived from them must go too.
create view ingest_erasures with (security_invoker = true) as
select customer_id, generation, log_index, subject as event_id, data -> 'after' ->> 'source' as source
from ledger_entries
where kind = 'record' and transaction_type = 'event.erased';

-- Entities --------------------------------------------------------------------------------------------------------------

create table ingest_entities (
    customer_id      uuid not null,
    entity_type      text collate "C" not null,
    entity_id        text collate "C" not null,
    fields           jsonb not null,
    fold             jsonb not null,
    changes          bigint not null,
    first_at         timestamptz not null,
    first_position   text not null,
    last_at          timestamptz not null,
    last_position    text not null,
    primary key (customer_id, entity_type, entity_id)
);

-- What each event did to each entity, resolved: the history is the fold of these in the order of the key, and a late
-- event only adds a row.
create table ingest_entity_changes (
    customer_id  uuid not null,
    entity_type  text collate "C" not null,
    entity_id    text collate "C" not null,
    event_time   timestamptz not null,
    generation   smallint not null,
    log_index    bigint not null,
    ordinal      smallint not null,
    fields       jsonb not null,
    primary key (customer_id, entity_type, entity_id, event_time, generation, log_index, ordinal)
);

-- Event types -----------------------------------------------------------------------------------------------------------

create table ingest_event_types (
    customer_id   uuid not null,
    event_type    text collate "C" not null,
    version       bigint not null,
    schema        text,
    on_violation  text not null check (on_violation in ('reject', 'flag')),
    entity_model  text,
    changed_at    timestamptz not null,
    changed_by    text not null,
    primary key (customer_id, event_type)
);

-- Every version there was. It only grows, so its count tells whether anything changed.
create table ingest_event_type_versions (
    customer_id   uuid not null,
    event_type    text collate "C" not null,
    version       bigint not null,
    schema        text,
    on_violation  text,
    entity_model  text,
    changed_at    timestamptz not null,
    changed_by    text not null,
    primary key (customer_id, event_type, version)
);

-- Data quality ----------------------------------------------------------------------------------------------------------

-- Adds two lists of counts place by place.
create function ingest_add_counts(a bigint[], b bigint[]) returns bigint[]
language sql immutable parallel safe as $$
    select array_agg(coalesce(x, 0) + coalesce(y, 0) order by place) from unnest(a, b) with ordinality u(x, y, place)
$$;

create aggregate ingest_sum_counts(bigint[]) (sfunc = ingest_add_counts, stype = bigint[], initcond = '{}');

-- What the log holds, counted by five minutes of recording, batch (zero: none) and type.
create table ingest_quality_counts (
    customer_id    uuid not null,
    slot           timestamptz not null,
    batch_id       uuid not null,
    event_type     text collate "C" not null,
    events         bigint not null,
    json           bigint not null,
    not_json       bigint not null,
    timed          bigint not null,
    late           bigint not null,
    misfits        bigint not null,
    entity_faulty  bigint not null,
    broken_texts   bigint not null,
    faulty         bigint not null,
    first_time     timestamptz not null,
    last_time      timestamptz not null,
    lateness       bigint[] not null,
    primary key (customer_id, slot, batch_id, event_type)
);
create index ingest_quality_counts_slot on ingest_quality_counts (slot);
create index ingest_quality_counts_batch on ingest_quality_counts (customer_id, batch_id);

-- The members of JSON payloads, counted by hour of recording.
create table ingest_quality_fields (
    customer_id  uuid not null,
    hour         timestamptz not null,
    batch_id     uuid not null,
    event_type   text collate "C" not null,
    field        text collate "C" not null,
    present      bigint not null,
    nulls        bigint not null,
    blanks       bigint not null,
    texts        bigint not null,
    numbers      bigint not null,
    booleans     bigint not null,
    objects      bigint not null,
    lists        bigint not null,
    primary key (customer_id, hour, batch_id, event_type, field)
);

create index ingest_quality_fields_batch on ingest_quality_fields (customer_id, batch_id);

-- What was counted while answering requests: it is in no log, because nothing of a refused event is stored.
create table ingest_quality_answers (
    customer_id  uuid not null,
    slot         timestamptz not null,
    accepted     bigint not null,
    repeated     bigint not null,
    refused      bigint not null,
    latency      bigint[] not null,
    primary key (customer_id, slot)
);
create index ingest_quality_answers_slot on ingest_quality_answers (slot);

create table ingest_quality_refusals (
    customer_id  uuid not null,
    slot         timestamptz not null,
    batch_id     uuid not null,
    event_type   text collate "C" not null,
    code         text not null,
    refused      bigint not null,
    primary key (customer_id, slot, batch_id, event_type, code)
);

-- Single faults, for drilling down. Those of recorded events name their place in the log; those of refused ones name
-- the line or row they came in.
create table ingest_quality_faults (
    customer_id  uuid not null,
    fault_id     uuid not null,
    found_at     timestamptz not null,
    kind         text not null check (kind in ('refused', 'schema', 'format', 'entity')),
    batch_id     uuid not null,
    event_type   text collate "C" not null,
    generation   smallint,
    log_index    bigint,
    event_id     text,
    source       text,
    place        text,
    pointer      text not null,
    code         text not null,
    detail       text not null,
    primary key (customer_id, fault_id)
);
create index ingest_quality_faults_found on ingest_quality_faults (customer_id, found_at);

create table ingest_quality_alerts (
    customer_id  uuid not null,
    alert_id     uuid not null,
    kind         text not null,
    opened_at    timestamptz not null,
    closed_at    timestamptz,
    value        numeric not null,
    threshold    numeric not null,
    unit         text not null,
    detail       text not null,
    primary key (customer_id, alert_id)
);
create unique index ingest_quality_alerts_open on ingest_quality_alerts (customer_id, kind) where closed_at is null;

-- Imports ---------------------------------------------------------------------------------------------------------------

create table ingest_imports (
    customer_id   uuid not null,
    import_id     uuid not null,
    state         text not null check (state in ('waiting', 'running', 'finished', 'stopped', 'failed')),
    is_to_stop    boolean not null default false,
    server        text,
    is_dry_run    boolean not null,
    file_names    text[] not null,
    bytes_total   bigint not null,
    bytes_done    bigint not null default 0,
    rows_done     bigint not null default 0,
    rejected      bigint not null default 0,
    mapping       text not null,
    expected      text,
    actor         text not null,
    created_at    timestamptz not null,
    started_at    timestamptz,
    beat_at       timestamptz,
    finished_at   timestamptz,
    report        text,
    problem       text,
    primary key (customer_id, import_id)
);

-- Rate limits -----------------------------------------------------------------------------------------------------------

alter table access_api_keys add column rate_limit_per_minute int check (rate_limit_per_minute between 1 and 10000000);
