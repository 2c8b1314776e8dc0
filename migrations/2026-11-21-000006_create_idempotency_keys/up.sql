-- The answer given to a keyed request, written in the transaction of its effect: a retry finds both or neither.
create table idempotency_keys (
    comune text not null,
    caller uuid not null,
    operation text not null,
    key text not null,
    request_digest bytea not null,
    status smallint,
    headers jsonb,
    body bytea,
    created_at timestamptz not null,
    constraint idempotency_keys_pkey primary key (comune, caller, operation, key),
    constraint idempotency_keys_of_a_tenant foreign key (comune) references tenants (comune),
    constraint idempotency_keys_key_fits check (char_length(key) between 1 and 255)
);
create index idempotency_keys_by_age on idempotency_keys (comune, created_at);

alter table idempotency_keys enable row level security, force row level security;
create policy idempotency_keys_own on idempotency_keys using (comune = current_setting('app.comune'));
grant select, insert, update, delete on idempotency_keys to traguardo_app;
