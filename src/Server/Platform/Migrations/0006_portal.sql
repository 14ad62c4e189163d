-- The portal: a customer's own people, how they come in, and what they may see there. All of it is the customer's.

create table access_portal_people (
    customer_id        uuid not null,
    portal_person_id   uuid not null,
    email              text not null check (email = lower(email)),
    name               text not null,
    roles              text[] not null,
    invited_at         timestamptz not null,
    accepted_at        timestamptz,
    deactivated_at     timestamptz,
    -- The last request, to the minute, and the last one of the visit before this one.
    last_seen_at       timestamptz,
    previous_visit_at  timestamptz,
    version            bigint not null default 1,
    primary key (customer_id, portal_person_id),
    unique (customer_id, email)
);
-- Somebody who asks for a link names a mail address and no customer.
create index access_portal_people_by_email on access_portal_people (email);

create table access_portal_invitations (
    customer_id       uuid not null,
    invitation_id     uuid not null,
    portal_person_id  uuid not null,
    secret_hash       bytea not null,
    created_at        timestamptz not null,
    created_by        text not null,
    accepted_at       timestamptz,
    revoked_at        timestamptz,
    primary key (customer_id, invitation_id),
    foreign key (customer_id, portal_person_id) references access_portal_people (customer_id, portal_person_id)
);
create index access_portal_invitations_of_person on access_portal_invitations (customer_id, portal_person_id);

create table access_portal_links (
    customer_id       uuid not null,
    link_id           uuid not null,
    portal_person_id  uuid not null,
    secret_hash       bytea not null,
    -- What the browser that asked for it keeps in a cookie.
    browser_hash      bytea not null,
    created_at        timestamptz not null,
    used_at           timestamptz,
    primary key (customer_id, link_id),
    foreign key (customer_id, portal_person_id) references access_portal_people (customer_id, portal_person_id)
);
create index access_portal_links_of_person on access_portal_links (customer_id, portal_person_id, created_at);

create table access_portal_sessions (
    customer_id       uuid not null,
    session_id        uuid not null,
    portal_person_id  uuid not null,
    secret_hash       bytea not null,
    created_at        timestamptz not null,
    last_seen_at      timestamptz not null,
    ended_at          timestamptz,
    primary key (customer_id, session_id),
    foreign key (customer_id, portal_person_id) references access_portal_people (customer_id, portal_person_id)
);
create index access_portal_sessions_of_person on access_portal_sessions (customer_id, portal_person_id) where ended_at is null;

-- A look that a member of the staff takes through a person's eyes.
create table access_portal_views (
    customer_id       uuid not null,
    view_id           uuid not null,
    portal_person_id  uuid not null,
    person_id         uuid not null references access_people (person_id),
    secret_hash       bytea not null,
    started_at        timestamptz not null,
    ended_at          timestamptz,
    primary key (customer_id, view_id),
    foreign key (customer_id, portal_person_id) references access_portal_people (customer_id, portal_person_id)
);

-- What is shared with a customer's people; what stands in no row here is hidden. '*' is every record of a kind, and no
-- roles are all of the customer's people.
create table access_shares (
    customer_id  uuid not null,
    share_id     uuid not null,
    kind         text not null,
    record_id    text not null,
    roles        text[] not null default '{}',
    shared_at    timestamptz not null,
    shared_by    text not null,
    primary key (customer_id, share_id),
    unique (customer_id, kind, record_id)
);
