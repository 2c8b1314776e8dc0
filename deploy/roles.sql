-- The database roles of Traguardo, and what each may do in this database. Run it once, as an administrator, connected to the
-- database that will hold the data and before the first migration; running it again changes nothing.
--
--   traguardo_owner      owns the tables; only migrations act as it
--   traguardo_app        what the service acts as: owns nothing, cannot bypass row security
--   traguardo_benchmark  what reading across comuni acts as: listed columns of public facts
--   traguardo_migrator   logs in to migrate (acts as the owner)
--   traguardo_service    logs in to serve (acts as the application or as the benchmark reader, nothing else)
--
-- Roles belong to the whole server, grants to the database connected to: for a second database of the same server run it there too.
-- The two that log in inherit nothing: what they may do they do by becoming one of the others, which the program does at once.
-- They have no password yet: give each its own before production
--   alter role traguardo_service password '...';
-- What each table grants stands in the migration that makes it.
do $$
declare
    wanted record;
begin
    for wanted in
        select * from (values
            ('traguardo_owner', 'nologin'),
            ('traguardo_app', 'nologin'),
            ('traguardo_benchmark', 'nologin'),
            ('traguardo_migrator', 'login noinherit'),
            ('traguardo_service', 'login noinherit')) as roles (name, attributes)
    loop
        if not exists (select from pg_roles where rolname = wanted.name) then
            begin
                execute format('create role %I %s nosuperuser nobypassrls nocreatedb nocreaterole', wanted.name, wanted.attributes);
            exception when duplicate_object or unique_violation then
                null; -- somebody preparing another database of this server created it meanwhile
            end;
        end if;
    end loop;
    if not pg_has_role('traguardo_migrator', 'traguardo_owner', 'member') then
        grant traguardo_owner to traguardo_migrator;
    end if;
    if not pg_has_role('traguardo_service', 'traguardo_app', 'member') then
        grant traguardo_app to traguardo_service;
    end if;
    if not pg_has_role('traguardo_service', 'traguardo_benchmark', 'member') then
        grant traguardo_benchmark to traguardo_service;
    end if;
    -- Nobody else connects to this database, or makes temporary tables in it.
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to traguardo_migrator, traguardo_service', current_database());
end
$$;

-- Only the owner makes objects here; the others find them.
revoke all on schema public from public;
grant usage, create on schema public to traguardo_owner;
grant usage on schema public to traguardo_app, traguardo_benchmark;
-- Individual evaluations stand apart: the service finds there what it opened a transaction for, and the others nothing.
create schema if not exists persons authorization traguardo_owner;
grant usage on schema persons to traguardo_app;
-- For "one code a day" constraints over text and ranges of days. The owner may not install it, so it is done here.
create extension if not exists btree_gist with schema public;
create extension if not exists btree_gin with schema public;
