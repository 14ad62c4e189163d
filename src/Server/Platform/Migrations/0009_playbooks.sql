-- The installation's own versions of playbooks, which stand before the shipped ones; customer_id is the installation's.
-- A version is never changed or removed: plans name the one that they were started from.

create table playbooks_versions (
    customer_id  uuid not null,
    playbook     text not null,
    version      int not null check (version > 0),
    text         text not null,
    -- SHA-256 of the text in UTF-8.
    sha256       text not null,
    created_at   timestamptz not null,
    created_by   text not null,
    created_by_name text,
    primary key (customer_id, playbook, version)
);
