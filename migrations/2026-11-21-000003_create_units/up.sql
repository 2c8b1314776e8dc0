create table units (
    comune text not null,
    id uuid not null,
    external_id text,
    code text not null,
    name text not null,
    kind text not null,
    parent uuid,
    valid_from date not null,
    valid_to date,
    version integer not null default 1,
    constraint units_pkey primary key (comune, id),
    constraint units_of_a_comune foreign key (comune) references comuni (comune),
    constraint units_below_a_unit_of_the_comune foreign key (comune, parent) references units (comune, id),
    constraint units_external_id_is_one_units unique (comune, external_id),
    constraint units_code_fits check (char_length(code) between 1 and 40),
    constraint units_name_fits check (char_length(name) between 1 and 200),
    constraint units_kind_is_known check (kind in ('department', 'area', 'sector', 'service', 'office')),
    constraint units_end_after_they_begin check (valid_to >= valid_from),
    constraint units_are_not_their_own_parent check (parent <> id),
    -- Reorganisations reuse codes: one unit a day has a code, not one unit for ever.
    constraint units_code_is_one_units
        exclude using gist (comune with =, code with =, daterange(valid_from, valid_to, '[]') with &&)
);
create index units_by_code on units (comune, code, id);
create index units_by_name on units (comune, name, id);
create index units_by_parent on units (comune, parent);

alter table units enable row level security, force row level security;
create policy units_own on units using (comune = current_setting('app.comune'));
grant select, insert, update, delete on units to traguardo_app;
