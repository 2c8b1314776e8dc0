-- What comuni share: objectives written once for many, what is published of results for comparison, who is compared with whom, and
-- to whom each comune lets itself be shown.

-- Bodies that write shared objectives, and those objectives: every version a row, never altered. Written by the platform, read by all.
create table authors (
    comune text not null,
    code text not null,
    kind text not null,
    name text not null,
    -- Who publishes for it: nobody's business but the platform's.
    members json not null,
    version integer not null default 1,
    constraint authors_pkey primary key (comune, code),
    constraint authors_of_a_tenant foreign key (comune) references tenants (comune),
    constraint authors_code_is_one_authors unique (code),
    constraint authors_kind_is_known check (kind in ('platform', 'region', 'union', 'software_house'))
);

create table templates (
    comune text not null,
    code text not null,
    number integer not null,
    author text not null,
    published_at timestamptz not null,
    member uuid,
    digest bytea not null,
    content json not null,
    constraint templates_pkey primary key (comune, code, number),
    constraint templates_of_an_author foreign key (comune, author) references authors (comune, code),
    constraint templates_number_counts check (number >= 1),
    constraint templates_digest_is_sha256 check (octet_length(digest) = 32)
);
create index templates_by_code on templates (code, number);

-- Who adopted what: written when a version of a plan is sealed, read by the author. Fields and figures, never a word of the plan.
create table adoptions (
    comune text not null,
    plan uuid not null,
    template text not null,
    number integer not null,
    year smallint not null,
    objectives integer not null,
    units integer not null,
    deviations json not null,
    sealed_at timestamptz not null,
    constraint adoptions_pkey primary key (comune, plan, template, number),
    constraint adoptions_of_a_plan foreign key (comune, plan) references plans (comune, id)
);
create index adoptions_by_template on adoptions (template, year, comune);

-- Everything ever published of a plan's results for comparison.
create table publications (
    comune text not null,
    plan uuid not null,
    number integer not null,
    year smallint not null,
    published_at timestamptz not null,
    member uuid,
    at date not null,
    certified boolean not null,
    plan_version integer not null,
    digest bytea not null,
    content json not null,
    constraint publications_pkey primary key (comune, plan, number),
    constraint publications_of_a_version foreign key (comune, plan, plan_version) references plan_versions (comune, plan, number),
    constraint publications_digest_is_sha256 check (octet_length(digest) = 32)
);

-- What stands of it: one value a comune, a shared indicator and a year, with how it is shown to whom. Comparison reads nothing else.
create table facts (
    comune text not null,
    indicator text not null,
    year smallint not null,
    definition integer not null,
    plan uuid not null,
    publication integer not null,
    value text not null,
    numerator text,
    denominator text,
    score text,
    grade text not null,
    shortfalls text[] not null,
    certified boolean not null,
    published_at timestamptz not null,
    -- The comune's region and residents when it was published: they fix the block it is anonymous in.
    region text not null,
    residents integer,
    group_mode text not null default 'withheld',
    group_from date,
    region_mode text not null default 'withheld',
    region_from date,
    public_mode text not null default 'withheld',
    public_from date,
    constraint facts_pkey primary key (comune, indicator, year),
    constraint facts_of_a_publication foreign key (comune, plan, publication) references publications (comune, plan, number),
    constraint facts_grade_is_known check (grade in ('A', 'B', 'C', 'D')),
    constraint facts_value_is_a_figure check (value ~ '^-?[0-9]{1,15}([.][0-9]{1,6})?$'),
    constraint facts_modes_are_known check (
        group_mode in ('named', 'anonymous', 'withheld') and region_mode in ('named', 'anonymous', 'withheld')
        and public_mode in ('named', 'anonymous', 'withheld'))
);
-- A comparison reads one indicator of one year from the index alone.
create index facts_compared on facts (indicator, year, comune) include (
    definition, value, score, grade, published_at, region, residents,
    group_mode, group_from, region_mode, region_from, public_mode, public_from);

-- To whom a comune lets its published results be shown: a ledger, the last word counts.
create table consents (
    comune text not null,
    number integer not null,
    recorded_at timestamptz not null,
    member uuid,
    indicator text,
    audience text not null,
    mode text not null,
    embargo_until date,
    note text,
    constraint consents_pkey primary key (comune, number),
    constraint consents_of_a_comune foreign key (comune) references comuni (comune),
    constraint consents_audience_is_known check (audience in ('group', 'region', 'public')),
    constraint consents_mode_is_known check (mode in ('named', 'anonymous', 'withheld'))
);

-- Groups somebody named, and who belonged to them from which day.
create table peer_groups (
    comune text not null,
    code text not null,
    name text not null,
    purpose text,
    version integer not null default 1,
    constraint peer_groups_pkey primary key (comune, code),
    constraint peer_groups_of_a_tenant foreign key (comune) references tenants (comune),
    constraint peer_groups_code_is_one_groups unique (code)
);

create table peer_group_versions (
    comune text not null,
    code text not null,
    number integer not null,
    valid_from date not null,
    recorded_at timestamptz not null,
    member uuid,
    members text[] not null,
    constraint peer_group_versions_pkey primary key (comune, code, number),
    constraint peer_group_versions_of_a_group foreign key (comune, code) references peer_groups (comune, code)
);
create index peer_group_versions_by_code on peer_group_versions (code, valid_from);

-- The registry of all comuni, whether they are here or not: public facts, replaced whole at each edition.
create table registry_editions (
    number integer not null,
    loaded_at timestamptz not null,
    source text not null,
    state_on date not null,
    entries integer not null,
    constraint registry_editions_pkey primary key (number)
);

create table registry_comuni (
    code text not null,
    valid_from date not null,
    valid_to date,
    name text not null,
    province text not null,
    region text not null,
    istat text,
    successor text,
    residents integer,
    residents_on date,
    area text,
    altitude text,
    invented boolean not null default false,
    constraint registry_comuni_pkey primary key (code, valid_from),
    constraint registry_comuni_once_a_day exclude using gist (code with =, daterange(valid_from, valid_to, '[]') with &&),
    constraint registry_comuni_code_is_cadastral check (code ~ '^[A-Z][0-9]{3}$')
);

-- Comparisons somebody asks again and again.
create table saved_queries (
    comune text not null,
    id uuid not null,
    name text not null,
    version integer not null default 1,
    member uuid,
    content json not null,
    constraint saved_queries_pkey primary key (comune, id),
    constraint saved_queries_of_a_tenant foreign key (comune) references tenants (comune)
);
create index saved_queries_by_name on saved_queries (comune, name, id);

alter table authors enable row level security, force row level security;
create policy authors_public on authors for select using (true);
create policy authors_add_own on authors for insert with check (comune = current_setting('app.comune'));
create policy authors_change_own on authors for update using (comune = current_setting('app.comune'));
grant select, insert on authors to traguardo_app;
grant update (kind, name, members, version) on authors to traguardo_app;
grant select (comune, code, kind, name, version) on authors to traguardo_benchmark;

alter table templates enable row level security, force row level security;
create policy templates_public on templates for select using (true);
create policy templates_add_own on templates for insert with check (comune = current_setting('app.comune'));
grant select, insert on templates to traguardo_app;
grant select (code, number, author, published_at, digest, content) on templates to traguardo_benchmark;

alter table adoptions enable row level security, force row level security;
create policy adoptions_own on adoptions to traguardo_app using (comune = current_setting('app.comune'));
create policy adoptions_of_authors on adoptions for select to traguardo_benchmark using (true);
grant select, insert, delete on adoptions to traguardo_app;
grant select (comune, template, number, year, objectives, units, deviations, sealed_at) on adoptions to traguardo_benchmark;

alter table publications enable row level security, force row level security;
create policy publications_own on publications using (comune = current_setting('app.comune'));
grant select, insert on publications to traguardo_app;

-- The second wall of consent: what a comune does not let anybody see, whoever compares does not find, whatever is asked.
alter table facts enable row level security, force row level security;
create policy facts_own on facts to traguardo_app using (comune = current_setting('app.comune'));
create policy facts_shown on facts for select to traguardo_benchmark using (group_mode <> 'withheld');
create policy facts_counted on facts for select to traguardo_owner using (group_mode = 'withheld');
grant select, insert, delete on facts to traguardo_app;
grant update (group_mode, group_from, region_mode, region_from, public_mode, public_from) on facts to traguardo_app;
grant select (comune, indicator, year, definition, value, score, grade, certified, published_at, region, residents,
    group_mode, group_from, region_mode, region_from, public_mode, public_from) on facts to traguardo_benchmark;

-- Who has a value nobody may see, and never the value: so that an answer can say how many are missing for want of consent.
create function facts_withheld(of_indicator text, of_year smallint) returns table (comune text)
language sql stable security definer set search_path = '' as $$
    select f.comune from public.facts f
    where f.indicator = of_indicator and f.year = of_year and f.group_mode = 'withheld'
$$;
revoke all on function facts_withheld(text, smallint) from public;
grant execute on function facts_withheld(text, smallint) to traguardo_benchmark;

alter table consents enable row level security, force row level security;
create policy consents_own on consents using (comune = current_setting('app.comune'));
grant select, insert on consents to traguardo_app;

alter table peer_groups enable row level security, force row level security;
create policy peer_groups_public on peer_groups for select using (true);
create policy peer_groups_add_own on peer_groups for insert with check (comune = current_setting('app.comune'));
create policy peer_groups_change_own on peer_groups for update using (comune = current_setting('app.comune'));
grant select, insert on peer_groups to traguardo_app;
grant update (name, purpose, version) on peer_groups to traguardo_app;
grant select (comune, code, name, purpose, version) on peer_groups to traguardo_benchmark;

alter table peer_group_versions enable row level security, force row level security;
create policy peer_group_versions_public on peer_group_versions for select using (true);
create policy peer_group_versions_add_own on peer_group_versions for insert with check (comune = current_setting('app.comune'));
grant select, insert on peer_group_versions to traguardo_app;
grant select (comune, code, number, valid_from, recorded_at, members) on peer_group_versions to traguardo_benchmark;

alter table registry_editions enable row level security, force row level security;
create policy registry_editions_public on registry_editions for select using (true);
create policy registry_editions_add on registry_editions for insert with check (current_setting('app.comune') = 'Z000');
grant select, insert on registry_editions to traguardo_app;
grant select (number, loaded_at, source, state_on, entries) on registry_editions to traguardo_benchmark;

alter table registry_comuni enable row level security, force row level security;
create policy registry_comuni_public on registry_comuni for select using (true);
create policy registry_comuni_add on registry_comuni for insert with check (current_setting('app.comune') = 'Z000');
create policy registry_comuni_remove on registry_comuni for delete using (current_setting('app.comune') = 'Z000');
grant select, insert, delete on registry_comuni to traguardo_app;
grant select (code, valid_from, valid_to, name, province, region, istat, successor, residents, residents_on, area, altitude, invented)
    on registry_comuni to traguardo_benchmark;

alter table saved_queries enable row level security, force row level security;
create policy saved_queries_own on saved_queries using (comune = current_setting('app.comune'));
grant select, insert, update, delete on saved_queries to traguardo_app;
