-- What a plan contains. An objective is one row with its assignments, phases and indicators inside: it is written, versioned and
-- read whole. Beside its content stand the columns it is found by, written from it and never read back.
alter table plans
    add column scale json not null default '[]',
    -- Grows at every change of anything the plan contains: the version of its document.
    add column revision integer not null default 1,
    -- The number of the version sealed last.
    add column sealed integer,
    add constraint plans_scale_is_a_list check (json_typeof(scale) = 'array'),
    add constraint plans_revision_counts check (revision >= 1),
    add constraint plans_sealed_counts check (sealed >= 1),
    drop constraint plans_state_is_known,
    add constraint plans_state_is_known check (state in (
        'draft', 'proposed', 'under_review', 'approved', 'published', 'in_progress', 'in_variation')),
    add constraint plans_official_ones_are_sealed check (
        state in ('draft', 'proposed', 'under_review') or sealed is not null);

create table sections (
    comune text not null,
    plan uuid not null,
    id uuid not null,
    external_id text,
    position integer not null,
    version integer not null default 1,
    content json not null,
    constraint sections_pkey primary key (comune, plan, id),
    constraint sections_of_a_plan foreign key (comune, plan) references plans (comune, id) on delete cascade,
    constraint sections_external_id_is_one_sections unique (comune, plan, external_id) deferrable
);
create index sections_in_order on sections (comune, plan, position, id);

create table objectives (
    comune text not null,
    plan uuid not null,
    id uuid not null,
    external_id text,
    position integer not null,
    version integer not null default 1,
    content json not null,
    title text not null,
    kinds text[] not null,
    programmes text[] not null,
    responsibles text[] not null,
    template text,
    -- The stretches of days on which something in it is due: where each begins, and where each ends.
    due_from date[] not null,
    due_to date[] not null,
    words text not null,
    constraint objectives_pkey primary key (comune, plan, id),
    constraint objectives_of_a_plan foreign key (comune, plan) references plans (comune, id) on delete cascade,
    constraint objectives_external_id_is_one_objectives unique (comune, plan, external_id) deferrable,
    constraint objectives_due_begins_and_ends check (cardinality(due_from) = cardinality(due_to))
);
create index objectives_in_order on objectives (comune, plan, position, id);
create index objectives_by_title on objectives (comune, plan, title, id);
create index objectives_by_template on objectives (comune, template, plan) where template is not null;
-- Words are looked for in a whole comune: its plans are few, its objectives some hundreds a year.
create index objectives_by_words on objectives using gin (comune, to_tsvector('italian', words));

create table assignments (
    comune text not null,
    plan uuid not null,
    objective uuid not null,
    unit uuid not null,
    constraint assignments_pkey primary key (comune, plan, objective, unit),
    constraint assignments_of_an_objective foreign key (comune, plan, objective)
        references objectives (comune, plan, id) on delete cascade,
    constraint assignments_to_a_unit_of_the_comune foreign key (comune, unit) references units (comune, id)
);
create index assignments_by_unit on assignments (comune, unit, plan);

-- A sealed version is never altered: the service may add one and read it, and nothing else.
create table plan_versions (
    comune text not null,
    plan uuid not null,
    number integer not null,
    sealed_at timestamptz not null,
    digest bytea not null,
    act json not null,
    reason text,
    size integer not null,
    -- The canonical document, compressed once and sent as it is.
    document bytea not null,
    constraint plan_versions_pkey primary key (comune, plan, number),
    constraint plan_versions_of_a_plan foreign key (comune, plan) references plans (comune, id),
    constraint plan_versions_number_counts check (number >= 1),
    constraint plan_versions_digest_is_sha256 check (octet_length(digest) = 32)
);

create table plan_transitions (
    comune text not null,
    plan uuid not null,
    number integer not null,
    transition text not null,
    state text not null,
    made_at timestamptz not null,
    member uuid,
    act json,
    reason text,
    constraint plan_transitions_pkey primary key (comune, plan, number),
    constraint plan_transitions_of_a_plan foreign key (comune, plan) references plans (comune, id) on delete cascade
);

alter table sections enable row level security, force row level security;
create policy sections_own on sections using (comune = current_setting('app.comune'));
grant select, insert, update, delete on sections to traguardo_app;
alter table objectives enable row level security, force row level security;
create policy objectives_own on objectives using (comune = current_setting('app.comune'));
grant select, insert, update, delete on objectives to traguardo_app;
alter table assignments enable row level security, force row level security;
create policy assignments_own on assignments using (comune = current_setting('app.comune'));
grant select, insert, delete on assignments to traguardo_app;
alter table plan_versions enable row level security, force row level security;
create policy plan_versions_own on plan_versions using (comune = current_setting('app.comune'));
grant select, insert on plan_versions to traguardo_app;
alter table plan_transitions enable row level security, force row level security;
create policy plan_transitions_own on plan_transitions using (comune = current_setting('app.comune'));
grant select, insert on plan_transitions to traguardo_app;
