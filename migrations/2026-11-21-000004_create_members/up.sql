create table members (
    comune text not null,
    id uuid not null,
    external_id text,
    kind text not null,
    label text not null,
    issuer text,
    subject text,
    roles text[] not null,
    unit uuid,
    revoked_at timestamptz,
    version integer not null default 1,
    constraint members_pkey primary key (comune, id),
    constraint members_of_a_tenant foreign key (comune) references tenants (comune),
    constraint members_in_a_unit_of_the_comune foreign key (comune, unit) references units (comune, id),
    constraint members_external_id_is_one_members unique (comune, external_id),
    constraint members_identity_is_one_members unique (comune, issuer, subject),
    constraint members_kind_is_known check (kind in ('person', 'client')),
    constraint members_label_fits check (char_length(label) between 1 and 200),
    constraint members_identity_is_whole check ((issuer is null) = (subject is null)),
    constraint members_have_a_role check (cardinality(roles) > 0)
);
create index members_by_label on members (comune, label, id);
create index members_by_unit on members (comune, unit);

create table member_secrets (
    comune text not null,
    id uuid not null,
    member uuid not null,
    verifier text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    constraint member_secrets_pkey primary key (comune, id),
    constraint member_secrets_of_a_member foreign key (comune, member) references members (comune, id)
);
create index member_secrets_by_member on member_secrets (comune, member, created_at);

alter table members enable row level security, force row level security;
alter table member_secrets enable row level security, force row level security;
create policy members_own on members using (comune = current_setting('app.comune'));
create policy member_secrets_own on member_secrets using (comune = current_setting('app.comune'));
grant select, insert, update on members to traguardo_app;
grant select, insert on member_secrets to traguardo_app;
grant update (revoked_at) on member_secrets to traguardo_app;
