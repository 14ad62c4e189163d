-- People of the staff: what they do, whose records they reach, how they come in; sessions that say where they are; keys
-- that are changed without a gap.

alter table access_people
    add column job_roles            text[] not null default '{}',
    add column reach                text not null default 'all' check (reach in ('all', 'portfolio', 'named')),
    add column reach_customers      uuid[] not null default '{}',
    add column joined_at            timestamptz,
    add column password_changed_at  timestamptz;

update access_people set joined_at = created_at where password_hash is not null;

-- Single-use links by which a person sets a password: the first one (an invitation) or another one (forgotten).
create table access_links (
    customer_id  uuid not null,
    link_id      uuid not null,
    person_id    uuid not null references access_people (person_id),
    kind         text not null,
    secret_hash  bytea not null,
    created_at   timestamptz not null,
    created_by   text not null,
    expires_at   timestamptz not null,
    used_at      timestamptz,
    primary key (customer_id, link_id)
);
create index access_links_person on access_links (customer_id, person_id);

-- Where a session was last seen from; unknown until its first request.
alter table access_sessions
    add column address  text,
    add column agent    text;
create index access_sessions_person on access_sessions (customer_id, person_id);

-- What an administrator decided about signing in; one row.
create table access_settings (
    only_row          boolean primary key default true check (only_row),
    idle_minutes      int not null,
    absolute_minutes  int not null
);
insert into access_settings (idle_minutes, absolute_minutes) values (120, 720);

-- The secret before the last rotation lives on until a given time, so that programs can be moved one after the other.
alter table access_api_keys
    add column rotated_at            timestamptz,
    add column previous_secret_hash  bytea,
    add column previous_until        timestamptz;
