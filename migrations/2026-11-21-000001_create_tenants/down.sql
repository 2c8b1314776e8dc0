revoke select on __diesel_schema_migrations from traguardo_app;
drop table audit_entries;
drop table tenants;
