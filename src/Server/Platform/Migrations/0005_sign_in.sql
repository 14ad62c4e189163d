-- How the staff prove who they are, beyond a password: authenticator apps, recovery codes, passkeys, single sign-on.
-- All of it belongs to a person, and people are a reference table.

-- The last time somebody proved again that it is them; null counts from the sign-in.
alter table access_sessions add column proved_at timestamptz;

-- One authenticator app a person. Until a code confirms it, it is a proposal and asks nothing of anybody.
create table access_totp (
    person_id     uuid primary key references access_people (person_id),
    sealed        bytea not null,
    created_at    timestamptz not null,
    confirmed_at  timestamptz,
    -- The time step of the last code that was used: a code works once, and none before it works any more.
    last_step     bigint not null default 0
);

create table access_recovery_codes (
    person_id   uuid not null references access_people (person_id),
    code_hash   bytea not null,
    created_at  timestamptz not null,
    used_at     timestamptz,
    primary key (person_id, code_hash)
);

create table access_passkeys (
    passkey_id          uuid primary key,
    person_id           uuid not null references access_people (person_id),
    credential_id       bytea not null unique,
    name                text not null,
    public_key          bytea not null,
    sign_count          bigint not null,
    transports          text[] not null default '{}',
    is_backup_eligible  boolean not null,
    is_backed_up        boolean not null,
    created_at          timestamptz not null,
    last_used_at        timestamptz
);
create index access_passkeys_of_person on access_passkeys (person_id);

-- Who a person is at an identity provider: its issuer and the subject there, never a mail address.
create table access_identities (
    identity_id   uuid primary key,
    issuer        text not null,
    subject       text not null,
    person_id     uuid not null references access_people (person_id),
    email         text,
    created_at    timestamptz not null,
    last_used_at  timestamptz,
    unique (issuer, subject)
);
create index access_identities_of_person on access_identities (person_id);

-- Tickets are sealed and live in cookies; only those that were used up stand here, until they would have expired.
create table access_spent_tickets (
    ticket_id   uuid primary key,
    expires_at  timestamptz not null
);
create index access_spent_tickets_by_end on access_spent_tickets (expires_at);
