create table plans (
    comune text not null,
    id uuid not null,
    external_id text,
    year smallint not null,
    kind text not null,
    title text not null,
    state text not null,
    version integer not null default 1,
    constraint plans_pkey primary key (comune, id),
    constraint plans_of_a_comune foreign key (comune) references comuni (comune),
    constraint plans_external_id_is_one_plans unique (comune, external_id),
    constraint plans_one_of_a_kind_a_year unique (comune, year, kind),
    constraint plans_year_is_credible check (year between 2009 and 2100),
    constraint plans_kind_is_known check (kind in ('piao_performance', 'standalone', 'peg_pdo')),
    constraint plans_title_fits check (char_length(title) between 1 and 300),
    constraint plans_state_is_known check (state in ('draft'))
);
create index plans_by_year on plans (comune, year, id);

alter table plans enable row level security, force row level security;
create policy plans_own on plans using (comune = current_setting('app.comune'));
grant select, insert, update, delete on plans to traguardo_app;
