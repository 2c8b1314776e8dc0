-- Files that plans are read from, and what was read of them. The file is kept as it came, compressed, until somebody deletes it; the
-- draft is the JSON it writes itself as, compressed too. Beside them stand the columns lists show, written from the draft.
create table imports (
    comune text not null,
    id uuid not null,
    received_at timestamptz not null,
    member uuid,
    file_name text,
    media_type text not null,
    size integer not null,
    digest bytea not null,
    year smallint not null,
    kind text not null,
    title text,
    profile text not null,
    state text not null,
    version integer not null default 1,
    refusal json,
    summary json,
    applied json,
    draft_digest bytea,
    -- How far the reading is, who is at it, until when it is believed to be, and how many times it was begun.
    percent smallint not null default 0,
    lease uuid,
    lease_until timestamptz,
    attempts smallint not null default 0,
    source bytea not null,
    draft bytea,
    -- The draft before anybody decided on it, once somebody has.
    as_read bytea,
    constraint imports_pkey primary key (comune, id),
    constraint imports_of_a_comune foreign key (comune) references comuni (comune),
    constraint imports_year_is_credible check (year between 2009 and 2100),
    constraint imports_state_is_known check (state in ('received', 'reading', 'ready', 'refused', 'applied')),
    constraint imports_digests_are_sha256 check (octet_length(digest) = 32 and octet_length(draft_digest) = 32),
    constraint imports_size_fits check (size between 1 and 20971520),
    constraint imports_percent_is_one check (percent between 0 and 100),
    constraint imports_read_ones_have_a_draft check (state not in ('ready', 'applied') or draft is not null),
    constraint imports_refused_ones_say_why check (state <> 'refused' or refusal is not null),
    constraint imports_leases_end check ((lease is null) = (lease_until is null))
);
create index imports_by_arrival on imports (comune, received_at, id);

-- How a comune's own plans are laid out, where no profile of the program fits.
create table import_profiles (
    comune text not null,
    name text not null,
    version integer not null default 1,
    content json not null,
    constraint import_profiles_pkey primary key (comune, name),
    constraint import_profiles_of_a_comune foreign key (comune) references comuni (comune),
    constraint import_profiles_name_fits check (name ~ '^[a-z][a-z0-9_]{0,59}$')
);

alter table imports enable row level security, force row level security;
create policy imports_own on imports using (comune = current_setting('app.comune'));
grant select, insert, delete on imports to traguardo_app;
-- What was received stays as it came.
grant update (state, version, refusal, summary, applied, draft_digest, percent, lease, lease_until, attempts, draft, as_read) on imports to traguardo_app;
alter table import_profiles enable row level security, force row level security;
create policy import_profiles_own on import_profiles using (comune = current_setting('app.comune'));
grant select, insert, update, delete on import_profiles to traguardo_app;
