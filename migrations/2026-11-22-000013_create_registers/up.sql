-- The facts a comune's own programs hold, from which shared figures are computed; and what was recorded of plans from them.

-- Where each register stands: how often it was written, and a digest of everything it was told.
create table registers (
    comune text not null,
    register text not null,
    revision bigint not null,
    digest bytea not null,
    changed_at timestamptz not null,
    constraint registers_pkey primary key (comune, register),
    constraint registers_of_a_comune foreign key (comune) references comuni (comune),
    constraint registers_register_is_known check (
        register in ('invoices', 'obligations', 'access_requests', 'training', 'procedures', 'surveys')),
    constraint registers_digest_is_sha256 check (octet_length(digest) = 32)
);

-- Facts kept whole, under the key their own program has for them.
create table register_entries (
    comune text not null,
    register text not null,
    key text not null,
    -- The days it matters to a figure; no last one while it is open.
    day_from date not null,
    day_to date,
    unit uuid,
    version integer not null default 1,
    content json not null,
    constraint register_entries_pkey primary key (comune, register, key),
    constraint register_entries_of_a_comune foreign key (comune) references comuni (comune),
    constraint register_entries_in_a_unit_of_the_comune foreign key (comune, unit) references units (comune, id),
    constraint register_entries_end_after_they_begin check (day_to >= day_from)
);
create index register_entries_by_day on register_entries (comune, register, day_from, key);

-- Bills, in whole cents. The id is made of supplier, number and day of issue: the same bill has the same id wherever it comes from.
create table invoices (
    comune text not null,
    id uuid not null,
    supplier text not null,
    number text not null,
    issued date not null,
    kind text not null,
    received date not null,
    due date not null,
    total bigint not null,
    split_vat bigint not null,
    excluded text,
    disputes json,
    unit uuid,
    liquidated date,
    -- The bill of the same supplier a credit note reduces; it may not be here yet. The id is made of the two beside it.
    credits uuid,
    credits_number text,
    credits_issued date,
    version integer not null default 1,
    constraint invoices_pkey primary key (comune, id),
    constraint invoices_of_a_comune foreign key (comune) references comuni (comune),
    constraint invoices_in_a_unit_of_the_comune foreign key (comune, unit) references units (comune, id),
    constraint invoices_kind_is_known check (kind in ('invoice', 'credit_note')),
    constraint invoices_excluded_is_known check (excluded in ('non_commercial', 'special_law')),
    constraint invoices_amounts_are_amounts check (total >= 0 and split_vat between 0 and total),
    constraint invoices_credit_what_they_name check (num_nulls(credits, credits_number, credits_issued) in (0, 3))
);
create index invoices_by_receipt on invoices (comune, received, id);
create index invoices_by_due_day on invoices (comune, due, id);
create index invoices_credits on invoices (comune, credits) where credits is not null;

-- What was paid, by the reference of the order. A payment may come before its bill: nothing here points to the other table.
create table payments (
    comune text not null,
    invoice uuid not null,
    reference text not null,
    day date not null,
    amount bigint not null,
    constraint payments_pkey primary key (comune, invoice, reference),
    constraint payments_of_a_comune foreign key (comune) references comuni (comune),
    constraint payments_amount_is_an_amount check (amount > 0)
);
create index payments_by_day on payments (comune, day, invoice);

-- What the law leaves open and the comune settled.
create table feeder_settings (
    comune text not null,
    version integer not null default 1,
    content json not null,
    constraint feeder_settings_pkey primary key (comune),
    constraint feeder_settings_of_a_comune foreign key (comune) references comuni (comune)
);

-- What was recorded of a plan from registers, and what was not and why: added to, never altered.
create table feeds (
    comune text not null,
    plan uuid not null,
    number integer not null,
    recorded_at timestamptz not null,
    member uuid,
    at date not null,
    digest bytea not null,
    content json not null,
    constraint feeds_pkey primary key (comune, plan, number),
    constraint feeds_of_a_plan foreign key (comune, plan) references plans (comune, id),
    constraint feeds_number_counts check (number >= 1),
    constraint feeds_digest_is_sha256 check (octet_length(digest) = 32)
);

alter table registers enable row level security, force row level security;
create policy registers_own on registers using (comune = current_setting('app.comune'));
grant select, insert on registers to traguardo_app;
grant update (revision, digest, changed_at) on registers to traguardo_app;

-- Hours of training are those of persons: only what is done with them finds them (app.sight). Their figures are computed from
-- lines that say nothing of whose they are.
alter table register_entries enable row level security, force row level security;
create policy register_entries_own on register_entries to traguardo_app using (
    comune = current_setting('app.comune')
    and (register <> 'training' or current_setting('app.sight', true) = 'training'));
create policy register_entries_in_figures on register_entries for select to traguardo_owner using (
    comune = current_setting('app.comune') and register = 'training');
grant select, insert, delete on register_entries to traguardo_app;
grant update (day_from, day_to, unit, version, content) on register_entries to traguardo_app;

-- Numbers take the place of keys and persons: the lines of one person are still one person's.
create function training_lines(first date, last date) returns table (unit uuid, content text)
language sql stable security definer set search_path = '' as $$
    select e.unit, (e.content::jsonb || jsonb_build_object(
        'key', 'l-' || row_number() over (order by e.key),
        'person', 'p-' || dense_rank() over (order by e.content ->> 'person')))::text
    from public.register_entries e
    where e.comune = current_setting('app.comune') and e.register = 'training'
    and e.day_from <= last and coalesce(e.day_to >= first, true)
    order by e.key
$$;
revoke all on function training_lines(date, date) from public;
grant execute on function training_lines(date, date) to traguardo_app;

alter table invoices enable row level security, force row level security;
create policy invoices_own on invoices using (comune = current_setting('app.comune'));
grant select, insert, delete on invoices to traguardo_app;
grant update (kind, received, due, total, split_vat, excluded, disputes, unit, liquidated, credits, credits_number, credits_issued, version)
    on invoices to traguardo_app;

alter table payments enable row level security, force row level security;
create policy payments_own on payments using (comune = current_setting('app.comune'));
grant select, insert, delete on payments to traguardo_app;
grant update (day, amount) on payments to traguardo_app;

alter table feeder_settings enable row level security, force row level security;
create policy feeder_settings_own on feeder_settings using (comune = current_setting('app.comune'));
grant select, insert on feeder_settings to traguardo_app;
grant update (version, content) on feeder_settings to traguardo_app;

alter table feeds enable row level security, force row level security;
create policy feeds_own on feeds using (comune = current_setting('app.comune'));
grant select, insert on feeds to traguardo_app;
