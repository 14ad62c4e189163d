-- Messages to people. A message is written in the transaction of what it tells of; each way it goes (the inbox, mail) is a
-- delivery with a state of its own, so that one that fails delays no other.

create table notify_messages (
    customer_id   uuid not null,
    message_id    uuid not null,
    kind          text not null,
    subject       text not null,
    text          text,
    path          text,
    holds_secret  boolean not null,
    -- Text and path of a message that holds a secret, sealed; null once they were wiped.
    sealed        bytea,
    created_at    timestamptz not null,
    primary key (customer_id, message_id),
    check (not holds_secret or (text is null and path is null))
);

create table notify_deliveries (
    customer_id      uuid not null,
    message_id       uuid not null,
    channel          text not null check (channel in ('inbox', 'mail')),
    person_id        uuid,
    address          text,
    address_name     text,
    state            text not null check (state in ('waiting', 'sent', 'failed')),
    attempts         int not null default 0,
    -- When it is tried next; while it is being tried, when it counts as abandoned.
    next_attempt_at  timestamptz,
    failure          text,
    reply            text,
    changed_at       timestamptz not null,
    read_at          timestamptz,
    primary key (customer_id, message_id, channel),
    foreign key (customer_id, message_id) references notify_messages on delete cascade,
    check ((channel = 'inbox') = (person_id is not null)),
    check ((channel = 'mail') = (address is not null)),
    check ((state = 'waiting') = (next_attempt_at is not null))
);

create index notify_deliveries_due on notify_deliveries (next_attempt_at) where state = 'waiting';
create index notify_deliveries_inbox on notify_deliveries (person_id, message_id) where channel = 'inbox';
create index notify_deliveries_unread on notify_deliveries (person_id) where channel = 'inbox' and read_at is null;
create index notify_deliveries_mail on notify_deliveries (message_id) where channel = 'mail';
