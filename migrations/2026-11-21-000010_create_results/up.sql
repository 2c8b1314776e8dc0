-- What follows a plan through its year: the rulebook it is scored by, what was measured, what was judged, what was certified and
-- reported. Rulebooks, values, steps of evaluations, results and reports are only ever added.

alter table plans
    drop constraint plans_state_is_known,
    add constraint plans_state_is_known check (state in (
        'draft', 'proposed', 'under_review', 'approved', 'published', 'in_progress', 'in_variation',
        'reporting', 'evaluated', 'report_adopted', 'report_validated', 'closed'));

-- An edition of the rulebook of a year: what is changed is the next one.
create table rulebooks (
    comune text not null,
    year smallint not null,
    edition integer not null,
    shipped text,
    recorded_at timestamptz not null,
    member uuid,
    digest bytea not null,
    content json not null,
    constraint rulebooks_pkey primary key (comune, year, edition),
    constraint rulebooks_of_a_comune foreign key (comune) references comuni (comune),
    constraint rulebooks_edition_counts check (edition >= 1),
    constraint rulebooks_year_is_credible check (year between 2009 and 2100),
    constraint rulebooks_digest_is_sha256 check (octet_length(digest) = 32)
);

-- What the evaluation body thinks of an edition.
create table rulebook_opinions (
    comune text not null,
    year smallint not null,
    edition integer not null,
    number integer not null,
    given_at timestamptz not null,
    member uuid,
    content json not null,
    constraint rulebook_opinions_pkey primary key (comune, year, edition, number),
    constraint rulebook_opinions_of_an_edition foreign key (comune, year, edition) references rulebooks (comune, year, edition)
);

-- The rulebook a version of a plan was sealed with. Checking the new key reads the versions of every comune.
alter table plan_versions no force row level security;
alter table plan_versions
    add column rulebook_year smallint,
    add column rulebook_edition integer,
    add constraint plan_versions_sealed_with_an_edition foreign key (comune, rulebook_year, rulebook_edition)
        references rulebooks (comune, year, edition),
    add constraint plan_versions_name_an_edition_whole check ((rulebook_year is null) = (rulebook_edition is null));
alter table plan_versions force row level security;

-- The windows in which values are collected.
create table rounds (
    comune text not null,
    plan uuid not null,
    id uuid not null,
    external_id text,
    version integer not null default 1,
    content json not null,
    constraint rounds_pkey primary key (comune, plan, id),
    constraint rounds_of_a_plan foreign key (comune, plan) references plans (comune, id) on delete cascade,
    constraint rounds_external_id_is_one_rounds unique (comune, plan, external_id)
);

-- Values: added, read, never altered. What was wrong is superseded, once, by what is right.
create table measurements (
    comune text not null,
    plan uuid not null,
    id uuid not null,
    external_id text,
    subject uuid not null,
    assignment uuid,
    period_to date not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    supersedes uuid,
    content json not null,
    constraint measurements_pkey primary key (comune, plan, id),
    constraint measurements_of_a_plan foreign key (comune, plan) references plans (comune, id),
    constraint measurements_external_id_is_one_measurements unique (comune, plan, external_id),
    constraint measurements_are_superseded_once unique (comune, plan, supersedes),
    constraint measurements_supersede_one_of_the_plan foreign key (comune, plan, supersedes)
        references measurements (comune, plan, id)
);
create index measurements_by_arrival on measurements (comune, plan, recorded_at, id);
create index measurements_by_subject on measurements (comune, plan, subject);

-- Small files values rest on, as they came.
create table evidence_files (
    comune text not null,
    plan uuid not null,
    id uuid not null,
    name text not null,
    media_type text not null,
    size integer not null,
    digest bytea not null,
    received_at timestamptz not null,
    member uuid,
    content bytea not null,
    constraint evidence_files_pkey primary key (comune, plan, id),
    constraint evidence_files_of_a_plan foreign key (comune, plan) references plans (comune, id),
    constraint evidence_files_digest_is_sha256 check (octet_length(digest) = 32),
    constraint evidence_files_size_fits check (size between 1 and 5242880)
);
create index evidence_files_by_arrival on evidence_files (comune, plan, received_at, id);

-- The steps of the evaluation of an assignment.
create table evaluation_steps (
    comune text not null,
    plan uuid not null,
    assignment uuid not null,
    number integer not null,
    made_at timestamptz not null,
    member uuid not null,
    content json not null,
    constraint evaluation_steps_pkey primary key (comune, plan, assignment, number),
    constraint evaluation_steps_of_a_plan foreign key (comune, plan) references plans (comune, id)
);

-- The results as they were certified, with what they were computed from.
create table plan_results (
    comune text not null,
    plan uuid not null,
    number integer not null,
    certified_at timestamptz not null,
    at date not null,
    plan_version integer not null,
    rulebook_year smallint not null,
    rulebook_edition integer not null,
    inputs_digest bytea not null,
    digest bytea not null,
    content bytea not null,
    constraint plan_results_pkey primary key (comune, plan, number),
    constraint plan_results_of_a_version foreign key (comune, plan, plan_version) references plan_versions (comune, plan, number),
    constraint plan_results_by_an_edition foreign key (comune, rulebook_year, rulebook_edition)
        references rulebooks (comune, year, edition),
    constraint plan_results_digests_are_sha256 check (octet_length(digest) = 32 and octet_length(inputs_digest) = 32)
);

-- The reports as they were adopted.
create table plan_reports (
    comune text not null,
    plan uuid not null,
    number integer not null,
    adopted_at timestamptz not null,
    act json not null,
    digest bytea not null,
    size integer not null,
    document bytea not null,
    constraint plan_reports_pkey primary key (comune, plan, number),
    constraint plan_reports_of_a_plan foreign key (comune, plan) references plans (comune, id),
    constraint plan_reports_digest_is_sha256 check (octet_length(digest) = 32)
);

-- Payment times: the figure somebody outside certified, and our own forecast.
create table payment_times (
    comune text not null,
    plan uuid not null,
    figure text not null,
    version integer not null default 1,
    content json not null,
    constraint payment_times_pkey primary key (comune, plan, figure),
    constraint payment_times_of_a_plan foreign key (comune, plan) references plans (comune, id) on delete cascade,
    constraint payment_times_figure_is_known check (figure in ('certified', 'forecast'))
);

alter table rulebooks enable row level security, force row level security;
create policy rulebooks_own on rulebooks using (comune = current_setting('app.comune'));
grant select, insert on rulebooks to traguardo_app;
alter table rulebook_opinions enable row level security, force row level security;
create policy rulebook_opinions_own on rulebook_opinions using (comune = current_setting('app.comune'));
grant select, insert on rulebook_opinions to traguardo_app;
alter table rounds enable row level security, force row level security;
create policy rounds_own on rounds using (comune = current_setting('app.comune'));
grant select, insert, update, delete on rounds to traguardo_app;
alter table measurements enable row level security, force row level security;
create policy measurements_own on measurements using (comune = current_setting('app.comune'));
grant select, insert on measurements to traguardo_app;
alter table evidence_files enable row level security, force row level security;
create policy evidence_files_own on evidence_files using (comune = current_setting('app.comune'));
grant select, insert on evidence_files to traguardo_app;
alter table evaluation_steps enable row level security, force row level security;
create policy evaluation_steps_own on evaluation_steps using (comune = current_setting('app.comune'));
grant select, insert on evaluation_steps to traguardo_app;
alter table plan_results enable row level security, force row level security;
create policy plan_results_own on plan_results using (comune = current_setting('app.comune'));
grant select, insert on plan_results to traguardo_app;
alter table plan_reports enable row level security, force row level security;
create policy plan_reports_own on plan_reports using (comune = current_setting('app.comune'));
grant select, insert on plan_reports to traguardo_app;
alter table payment_times enable row level security, force row level security;
create policy payment_times_own on payment_times using (comune = current_setting('app.comune'));
grant select, insert, update on payment_times to traguardo_app;
