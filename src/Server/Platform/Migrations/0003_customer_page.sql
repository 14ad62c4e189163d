-- What belongs to a customer's page: contacts, team, calendar, saved views; and answers kept for retries.

-- Customers ----------------------------------------------------------------------------------------------------------

-- The customer's own people. A removed contact stays, so that removing can be undone and the ledger's ids have a row.
create table customers_contacts (
    customer_id  uuid not null,
    contact_id   uuid not null,
    name         text not null,
    email        text,
    phone        text,
    title        text,
    roles        text[] not null,
    is_primary   boolean not null,
    notes        text,
    created_at   timestamptz not null,
    version      bigint not null,
    removed_at   timestamptz,
    primary key (customer_id, contact_id)
);
create unique index customers_contacts_primary on customers_contacts (customer_id) where is_primary and removed_at is null;

-- Who of the vendor works for the customer, in which job role, from which day to which (both included).
create table customers_team (
    customer_id  uuid not null,
    member_id    uuid not null,
    person_id    uuid not null references access_people (person_id),
    job_role     text not null,
    from_date    date not null,
    until_date   date,
    created_at   timestamptz not null,
    version      bigint not null,
    removed_at   timestamptz,
    primary key (customer_id, member_id),
    check (until_date >= from_date)
);
create index customers_team_person on customers_team (person_id) where removed_at is null;

-- The customer's business calendar, a version for each day from which it holds. week is a list of seven days from Monday,
-- each a list of opening intervals {"from":"09:00","until":"17:30"}; closed_days a list of {"date","name"}.
create table customers_calendars (
    customer_id     uuid not null,
    valid_from      date not null,
    time_zone       text not null,
    week            jsonb not null,
    closed_days     jsonb not null,
    holiday_country text,
    holiday_region  text,
    changed_at      timestamptz not null,
    changed_by      text not null,
    version         bigint not null,
    primary key (customer_id, valid_from)
);

-- A list's address under a name; customer_id is the installation's, because views belong to the staff.
create table customers_saved_views (
    customer_id  uuid not null,
    view_id      uuid not null,
    person_id    uuid not null references access_people (person_id),
    screen       text not null,
    name         text not null,
    is_shared    boolean not null,
    search       jsonb not null,
    created_at   timestamptz not null,
    version      bigint not null,
    primary key (customer_id, view_id)
);
create unique index customers_saved_views_name on customers_saved_views (customer_id, person_id, screen, lower(name));

-- The ledger ---------------------------------------------------------------------------------------------------------

-- Changes of records are few among many events; a customer's activity reads them newest first.
create index ledger_entries_records on ledger_entries (customer_id, generation, log_index) where kind = 'record';
create index ledger_batches_started on ledger_batches (customer_id, started_at);

-- Platform -----------------------------------------------------------------------------------------------------------

-- Answers to writes that named an Idempotency-Key, claimed in the transaction of the write. The answer may show a secret
-- once, so it is sealed; the rows are dropped after a day.
create table platform_idempotency (
    customer_id      uuid not null,
    caller           text not null,
    idempotency_key  text not null,
    route            text not null,
    body_hash        bytea not null,
    status           int not null,
    location         text,
    etag             text,
    sealed_answer    bytea not null,
    created_at       timestamptz not null,
    primary key (customer_id, caller, idempotency_key)
);
create index platform_idempotency_created on platform_idempotency (customer_id, created_at);
