-- Identity facts are public (ISTAT and IndicePA publish them), so these two tables are shared: every role may read every row, and
-- the one that reads across comuni the columns listed here. Writing is another matter: only a comune's own, as everywhere.
create table comuni (
    comune text not null,
    name text not null,
    province text not null,
    region text not null,
    residents integer,
    residents_on date,
    version integer not null default 1,
    constraint comuni_pkey primary key (comune),
    constraint comuni_of_a_tenant foreign key (comune) references tenants (comune),
    constraint comuni_name_fits check (char_length(name) between 1 and 100),
    constraint comuni_province_is_a_code check (province ~ '^[A-Z]{2}$'),
    constraint comuni_region_is_a_code check (region ~ '^[0-9]{2}$'),
    constraint comuni_residents_are_counted_on_a_day check ((residents is null) = (residents_on is null)),
    constraint comuni_residents_count check (residents >= 0)
);
create index comuni_by_name on comuni (name, comune);

create table comune_identifiers (
    comune text not null,
    scheme text not null,
    value text not null,
    valid_from date not null,
    valid_to date,
    constraint comune_identifiers_pkey primary key (comune, scheme, valid_from),
    constraint comune_identifiers_of_a_comune foreign key (comune) references comuni (comune),
    constraint comune_identifiers_scheme_is_known check (scheme in ('istat', 'ipa', 'tax_code')),
    constraint comune_identifiers_end_after_they_begin check (valid_to >= valid_from),
    -- A code names one comune on any day, and a comune has one code of a register on any day.
    constraint comune_identifiers_name_one_comune
        exclude using gist (scheme with =, value with =, daterange(valid_from, valid_to, '[]') with &&),
    constraint comune_identifiers_one_of_a_scheme
        exclude using gist (comune with =, scheme with =, daterange(valid_from, valid_to, '[]') with &&)
);

alter table comuni enable row level security, force row level security;
create policy comuni_public on comuni for select using (true);
create policy comuni_add_own on comuni for insert with check (comune = current_setting('app.comune'));
create policy comuni_change_own on comuni for update using (comune = current_setting('app.comune'));

alter table comune_identifiers enable row level security, force row level security;
create policy comune_identifiers_public on comune_identifiers for select using (true);
create policy comune_identifiers_add_own on comune_identifiers for insert
    with check (comune = current_setting('app.comune'));
create policy comune_identifiers_remove_own on comune_identifiers for delete
    using (comune = current_setting('app.comune'));

grant select, insert, update on comuni to traguardo_app;
grant select, insert, delete on comune_identifiers to traguardo_app;
grant select (comune, name, province, region, residents, residents_on, version) on comuni to traguardo_benchmark;
grant select (comune, scheme, value, valid_from, valid_to) on comune_identifiers to traguardo_benchmark;
