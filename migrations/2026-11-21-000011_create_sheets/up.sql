-- Individual evaluations. They stand in a schema of their own, behind a third wall: beside the comune, a transaction says which
-- member it was opened for (app.member), or that the evaluation body opened it (app.sight). Only the actions on sheets say either;
-- whatever else the service does finds no sheet at all.
do $$
begin
    if to_regnamespace('persons') is null then
        raise exception 'the schema persons is missing: run deploy/roles.sql as an administrator, again';
    end if;
end
$$;

create table persons.sheets (
    comune text not null,
    id uuid not null,
    -- Goes into every digest of the sheet: with it erased, no digest can be guessed from what may have stood here.
    salt uuid not null,
    plan uuid not null,
    year smallint not null,
    person uuid not null,
    evaluator uuid not null,
    unit uuid,
    category text not null,
    state text not null,
    content json not null,
    steps json not null,
    -- What it came to, once it is final.
    total text,
    band text,
    top boolean,
    finished_at timestamptz,
    version integer not null default 1,
    constraint sheets_pkey primary key (comune, id),
    constraint sheets_of_a_plan foreign key (comune, plan) references plans (comune, id),
    constraint sheets_of_a_person foreign key (comune, person) references members (comune, id),
    constraint sheets_by_an_evaluator foreign key (comune, evaluator) references members (comune, id),
    constraint sheets_in_a_unit_of_the_comune foreign key (comune, unit) references units (comune, id),
    constraint sheets_one_a_person_of_each_evaluator unique (comune, plan, person, evaluator),
    constraint sheets_are_of_somebody_else check (person <> evaluator),
    constraint sheets_category_is_known check (category in ('manager', 'segretario', 'staff')),
    constraint sheets_state_is_known check (state in ('draft', 'shared', 'accepted', 'objected', 'answered', 'final')),
    constraint sheets_final_ones_come_to_something check (
        (state = 'final') = (finished_at is not null) and (state = 'final') = (total is not null) and (state = 'final') = (top is not null))
);
create index sheets_by_person on persons.sheets (comune, person, id);
create index sheets_by_evaluator on persons.sheets (comune, evaluator, id);
create index sheets_by_year on persons.sheets (comune, year, category, finished_at);

-- What erased sheets leave: figures of groups of five or more, in the order of their size, of nobody.
create table persons.kept_figures (
    comune text not null,
    year smallint not null,
    category text not null,
    figures json not null,
    constraint kept_figures_pkey primary key (comune, year, category),
    constraint kept_figures_of_a_comune foreign key (comune) references comuni (comune),
    constraint kept_figures_category_is_known check (category in ('manager', 'segretario', 'staff'))
);

alter table persons.sheets enable row level security, force row level security;
create policy sheets_own on persons.sheets using (
    comune = current_setting('app.comune')
    and (person = nullif(current_setting('app.member', true), '')::uuid
        or evaluator = nullif(current_setting('app.member', true), '')::uuid
        or current_setting('app.sight', true) = 'all'));
-- For the one function below, which runs as the owner and tells figures alone.
create policy sheets_in_figures on persons.sheets for select to traguardo_owner using (
    comune = current_setting('app.comune') and state = 'final');
grant select, insert, delete on persons.sheets to traguardo_app;
grant update (unit, category, state, content, steps, total, band, top, finished_at, version) on persons.sheets to traguardo_app;

alter table persons.kept_figures enable row level security, force row level security;
create policy kept_figures_own on persons.kept_figures using (
    comune = current_setting('app.comune') and current_setting('app.sight', true) = 'all');
create policy kept_figures_in_figures on persons.kept_figures for select to traguardo_owner using (
    comune = current_setting('app.comune'));
grant select, insert, delete on persons.kept_figures to traguardo_app;
grant update (figures) on persons.kept_figures to traguardo_app;

-- The figures of a year for whoever may not see its sheets: of each category of five persons or more a line a sheet, in the order
-- of its figures and without a name; of a smaller one a line that holds nothing.
create function persons.figures(of_year smallint) returns table (category text, total text, band text, top boolean)
language sql stable security definer set search_path = '' as $$
    with every as (
        select s.category, s.person, s.total, s.band, s.top from persons.sheets s
        where s.comune = current_setting('app.comune') and s.year = of_year and s.state = 'final'
        union all
        select k.category, null, f.total, f.band, f.top
        from persons.kept_figures k cross join lateral json_to_recordset(k.figures) as f (total text, band text, top boolean)
        where k.comune = current_setting('app.comune') and k.year = of_year
    ), groups as (
        select e.category, count(distinct e.person) + count(*) filter (where e.person is null) >= 5 as told
        from every e group by e.category
    )
    select e.category, e.total, e.band, e.top from every e join groups g on g.category = e.category and g.told
    union all
    select g.category, null, null, null from groups g where not g.told
    order by 1, 2, 3, 4
$$;
revoke all on function persons.figures(smallint) from public;
grant execute on function persons.figures(smallint) to traguardo_app;
