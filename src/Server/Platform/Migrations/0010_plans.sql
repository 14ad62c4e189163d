-- Plans: what is done for a customer, when, by whom, and every change of it. All of it is the customer's.

create table plans_plans (
    customer_id       uuid not null,
    plan_id           uuid not null,
    title             text not null,
    playbook          text not null,
    playbook_version  int not null,
    playbook_sha256   text not null,
    playbook_title    text not null,
    state             text not null check (state in ('active', 'paused', 'closed')),
    start_date        date not null,
    go_live_item_id   uuid,
    -- What was agreed when it was started and is only read since: [{"role","customers","hours","perWeek"}] and [{"id","title","date",…}].
    budget            jsonb not null,
    our_hours         numeric(12, 2),
    customer_hours    numeric(12, 2),
    targets           jsonb not null,
    -- The whole compiled playbook, with what later parts of the product read from it: agendas, gates, sign-offs, hand-offs.
    compiled          jsonb not null,
    started_at        timestamptz not null,
    started_by        text not null,
    version           bigint not null,
    primary key (customer_id, plan_id)
);

create table plans_phases (
    customer_id      uuid not null,
    plan_id          uuid not null,
    phase_key        text not null,
    ordinal          int not null,
    title            text not null,
    goal             text,
    follows          text[] not null,
    baseline_start   date not null,
    baseline_finish  date not null,
    primary key (customer_id, plan_id, phase_key),
    foreign key (customer_id, plan_id) references plans_plans (customer_id, plan_id)
);

create table plans_items (
    customer_id      uuid not null,
    plan_id          uuid not null,
    item_id          uuid not null,
    item_key         text not null,
    ordinal          int not null,
    kind             text not null check (kind in ('task', 'milestone', 'meeting', 'deliverable', 'hand-off')),
    phase_key        text not null,
    title            text not null,
    details          text,
    job_role         text,
    is_customers     boolean not null,
    owner_id         uuid references access_people (person_id),
    audience         text not null check (audience in ('internal', 'shared', 'customer')),
    state            text not null check (state in ('open', 'in-progress', 'done', 'cancelled')),
    percent_done     int not null check (percent_done between 0 and 100),
    done_on          date,
    start_date       date,
    finish_date      date,
    at_minute        int,
    minutes          int,
    working_days     int not null,
    effort_hours     numeric(8, 2),
    is_pinned        boolean not null,
    baseline_start   date,
    baseline_finish  date,
    -- [{"id","text","done","by","at"}]
    checklist        jsonb not null,
    -- [{"text","value","parts"}]: how the dates came about.
    why              jsonb not null,
    version          bigint not null,
    primary key (customer_id, plan_id, item_id),
    unique (customer_id, plan_id, item_key),
    foreign key (customer_id, plan_id) references plans_plans (customer_id, plan_id),
    check ((start_date is null) = (finish_date is null)),
    check (finish_date >= start_date)
);
-- Somebody's day: what is theirs and still to be done.
create index plans_items_owner on plans_items (owner_id, finish_date) where state in ('open', 'in-progress');

create table plans_dependencies (
    customer_id     uuid not null,
    plan_id         uuid not null,
    item_id         uuid not null,
    predecessor_id  uuid not null,
    kind            text not null check (kind in ('FS', 'SS', 'FF', 'SF')),
    lag_days        int not null,
    ordinal         int not null,
    primary key (customer_id, plan_id, item_id, predecessor_id, kind),
    foreign key (customer_id, plan_id, item_id) references plans_items (customer_id, plan_id, item_id),
    foreign key (customer_id, plan_id, predecessor_id) references plans_items (customer_id, plan_id, item_id),
    check (item_id <> predecessor_id)
);

-- How far items were at the end of a day, for the curve.
create table plans_progress (
    customer_id   uuid not null,
    plan_id       uuid not null,
    item_id       uuid not null,
    on_date       date not null,
    percent_done  int not null,
    primary key (customer_id, plan_id, item_id, on_date),
    foreign key (customer_id, plan_id, item_id) references plans_items (customer_id, plan_id, item_id)
);

-- Every reflow and every undoing of one. effect holds what is needed to undo it exactly.
create table plans_reflows (
    customer_id   uuid not null,
    plan_id       uuid not null,
    reflow_id     uuid not null,
    -- The plan's version that it led to, which orders them.
    plan_version  bigint not null,
    at            timestamptz not null,
    by_id         text not null,
    by_name       text,
    reason        text not null,
    moves         jsonb not null,
    conflicts     jsonb not null,
    effect        jsonb not null,
    undoes        uuid,
    undone_by     uuid,
    primary key (customer_id, plan_id, reflow_id),
    unique (customer_id, plan_id, plan_version),
    foreign key (customer_id, plan_id) references plans_plans (customer_id, plan_id)
);

create table plans_time_entries (
    customer_id   uuid not null,
    plan_id       uuid not null,
    entry_id      uuid not null,
    item_id       uuid not null,
    on_date       date not null,
    hours         numeric(5, 2) not null check (hours > 0 and hours <= 24),
    note          text,
    job_role      text,
    is_customers  boolean not null,
    by_id         text not null,
    by_name       text,
    logged_at     timestamptz not null,
    removed_at    timestamptz,
    primary key (customer_id, plan_id, entry_id),
    foreign key (customer_id, plan_id, item_id) references plans_items (customer_id, plan_id, item_id)
);

create table plans_checklists (
    customer_id    uuid not null,
    plan_id        uuid not null,
    checklist_key  text not null,
    ordinal        int not null,
    phase_key      text not null,
    title          text not null,
    job_role       text,
    is_customers   boolean not null,
    moment         text not null,
    -- [{"id","text","done","by","at"}]
    entries        jsonb not null,
    primary key (customer_id, plan_id, checklist_key),
    foreign key (customer_id, plan_id) references plans_plans (customer_id, plan_id)
);

-- What each version changed, for browsers that look on: the newest are enough, so old ones are dropped.
create table plans_changes (
    customer_id  uuid not null,
    plan_id      uuid not null,
    version      bigint not null,
    items        uuid[] not null,
    by_id        text not null,
    by_name      text,
    at           timestamptz not null,
    primary key (customer_id, plan_id, version),
    foreign key (customer_id, plan_id) references plans_plans (customer_id, plan_id)
);

-- Facts ----------------------------------------------------------------------------------------------------------------

-- Named, dated, derived values that modules publish for formulas, gates and triggers: the last one of each name.
create table platform_facts (
    customer_id  uuid not null,
    name         text not null,
    -- {"type","value","currency"}
    value        jsonb not null,
    source       text not null,
    at           timestamptz not null,
    derivation   jsonb,
    primary key (customer_id, name)
);
