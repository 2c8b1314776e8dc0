-- One row a tenant: a comune, or the platform (Z000). The row carries the head of the tenant's audit chain and is locked first by
-- every writing transaction, so that a tenant has one writer at a time and rules over several rows cannot be raced.
create table tenants (
    comune text not null,
    audit_seq bigint not null default 0,
    audit_digest bytea not null default decode(repeat('00', 32), 'hex'),
    constraint tenants_pkey primary key (comune),
    constraint tenants_comune_is_belfiore check (comune ~ '^[A-Z][0-9]{3}$'),
    constraint tenants_audit_seq_counts check (audit_seq >= 0),
    constraint tenants_audit_digest_is_sha256 check (octet_length(audit_digest) = 32)
);

create table audit_entries (
    comune text not null,
    seq bigint not null,
    at timestamptz not null,
    member uuid,
    actor text not null,
    action text not null,
    object text not null,
    object_id text not null,
    before bytea,
    after bytea,
    request_id text not null,
    previous bytea not null,
    digest bytea not null,
    constraint audit_entries_pkey primary key (comune, seq),
    constraint audit_entries_digests_are_sha256 check (
        octet_length(previous) = 32 and octet_length(digest) = 32
        and octet_length(before) = 32 and octet_length(after) = 32),
    constraint audit_entries_of_a_tenant foreign key (comune) references tenants (comune)
);
create index audit_entries_by_object on audit_entries (comune, object, object_id, seq);

alter table tenants enable row level security, force row level security;
alter table audit_entries enable row level security, force row level security;
-- current_setting without a default: a transaction that never named its comune is refused, not shown an empty table.
create policy tenants_own on tenants using (comune = current_setting('app.comune'));
create policy audit_entries_own on audit_entries using (comune = current_setting('app.comune'));

grant select, insert on tenants to traguardo_app;
grant update (audit_seq, audit_digest) on tenants to traguardo_app;
-- Entries are added and read, never changed.
grant select, insert on audit_entries to traguardo_app;
-- Readiness compares the schema's version with the program's.
grant select on __diesel_schema_migrations to traguardo_app;
