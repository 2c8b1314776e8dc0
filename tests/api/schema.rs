//! The schema, looked at as code is: what every table must have, and what nobody may be granted.

mod guard;
mod printed;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use crate::world::{Server, TestDatabase};

#[test]
fn every_table_keeps_the_rules_of_its_kind() {
    let database = TestDatabase::fresh(Server::shared());
    assert_eq!(guard::faults(&mut database.administrator()), Vec::<String>::new());
}

/// What spoils the schema, and what the guard must say of it.
const SPOILT: [(&str, &str); 27] = [
    ("create table palaces (comune text primary key)", "palaces: not classified"),
    ("drop table idempotency_keys", "idempotency_keys: classified, and not there"),
    ("create materialized view snapshot as select 1 as one", "snapshot: not classified"),
    (
        "alter table plan_transitions drop constraint plan_transitions_pkey",
        "plan_transitions: no primary key",
    ),
    ("create unique index loose on plans (id, title)", "plans: index loose does not lead with comune"),
    ("alter table plans add constraint loose unique (id)", "plans: index loose does not lead with comune"),
    ("create index loose on units (name)", "units: index loose does not lead with comune"),
    ("create index loose on units (lower(name))", "units: index loose does not lead with comune"),
    (
        "create unique index wide on members (id, comune); \
         alter table member_secrets add constraint loose foreign key (member, comune) references members (id, comune)",
        "member_secrets: foreign key loose does not lead with comune",
    ),
    ("alter table units disable row level security", "units: row security is off"),
    ("alter table units no force row level security", "units: row security is not forced"),
    ("drop policy units_own on units", "units: 0 policies"),
    ("create policy open on units using (true)", "units: 2 policies"),
    (
        "alter policy units_own on units using (true)",
        "units: policy units_own lets more through than its comune",
    ),
    (
        "alter policy units_own on units using (comune = current_setting('app.comune', true))",
        "units: policy units_own lets more through than its comune",
    ),
    (
        "alter policy units_own on units with check (true)",
        "units: policy units_own lets more through than its comune",
    ),
    (
        "alter policy units_own on units to traguardo_app",
        "units: policy units_own lets more through than its comune",
    ),
    ("grant select (title) on plans to traguardo_benchmark", "traguardo_benchmark: may read plans.title"),
    (
        "revoke select (name) on comuni from traguardo_benchmark",
        "traguardo_benchmark: may not read comuni.name",
    ),
    ("grant update (name) on comuni to traguardo_benchmark", "traguardo_benchmark: may write comuni"),
    ("alter table plans owner to traguardo_app", "traguardo_app: owns something"),
    ("grant truncate on plans to traguardo_app", "traguardo_app: may truncate, reference or watch plans"),
    ("grant temporary on database {database} to traguardo_app", "traguardo_app: may create in the database"),
    ("grant create on schema public to traguardo_app", "traguardo_app: may create in the schema public"),
    (
        "create function high() returns int language sql security definer as 'select 1'",
        "high: a function above its caller",
    ),
    ("create view everything as select comune from plans", "everything: a view above its reader"),
    ("create sequence numbers", "numbers: a sequence that every comune would share"),
];

/// Spoils that the rules on what is only added to must see.
const SPOILT_AUDIT: [(&str, &str); 7] = [
    ("grant update on audit_entries to traguardo_app", "traguardo_app: may change audit_entries"),
    ("grant update (actor) on audit_entries to traguardo_app", "traguardo_app: may change audit_entries"),
    ("grant delete on audit_entries to traguardo_app", "traguardo_app: may change audit_entries"),
    ("grant delete on audit_entries to public", "traguardo_app: may change audit_entries"),
    ("grant update (document) on plan_versions to traguardo_app", "traguardo_app: may change plan_versions"),
    ("grant delete on plan_versions to traguardo_app", "traguardo_app: may change plan_versions"),
    ("grant update (act) on plan_transitions to traguardo_app", "traguardo_app: may change plan_transitions"),
];

/// Spoils that the rules on individual evaluations must see.
const SPOILT_PERSONS: [(&str, &str); 15] = [
    ("create table persons.notes (comune text primary key)", "persons.notes: not classified"),
    (
        "create view persons.everything with (security_invoker) as select 1 as one",
        "persons.everything: not classified",
    ),
    (
        "alter table persons.sheets disable row level security",
        "persons.sheets: row security is off or not forced",
    ),
    (
        "alter table persons.sheets no force row level security",
        "persons.sheets: row security is off or not forced",
    ),
    ("drop policy sheets_own on persons.sheets", "persons.sheets: 1 policies"),
    (
        "alter policy sheets_own on persons.sheets using (comune = current_setting('app.comune'))",
        "persons.sheets: policy sheets_own lets more through than it should",
    ),
    (
        "alter policy sheets_own on persons.sheets with check (true)",
        "persons.sheets: policy sheets_own lets more through than it should",
    ),
    (
        "alter policy sheets_in_figures on persons.sheets to public",
        "persons.sheets: policy sheets_in_figures lets more through than it should",
    ),
    (
        "create index loose on persons.sheets (person)",
        "persons.sheets: index loose does not lead with comune",
    ),
    ("grant usage on schema persons to traguardo_benchmark", "traguardo_benchmark: may look into persons"),
    (
        "grant select (total) on persons.sheets to traguardo_benchmark",
        "traguardo_benchmark: may read or write persons.sheets",
    ),
    ("grant update on persons.sheets to traguardo_app", "traguardo_app: may change persons.sheets.person"),
    (
        "create function persons.all_of_it() returns int language sql as 'select 1'",
        "persons.all_of_it: a function nobody looked at",
    ),
    (
        "alter function persons.figures(smallint) reset search_path",
        "persons.figures: not as it was looked at",
    ),
    ("grant execute on function persons.figures(smallint) to public", "public: may ask persons.figures"),
];

#[test]
fn every_rule_of_the_schema_is_seen_to_be_broken() {
    let database = TestDatabase::fresh(Server::shared());
    let mut connection = database.administrator();
    for (spoil, expected) in SPOILT.into_iter().chain(SPOILT_AUDIT).chain(SPOILT_PERSONS) {
        let spoil = spoil.replace("{database}", &database.name);
        connection.batch_execute(&format!("begin; {spoil}")).unwrap();
        let faults = guard::faults(&mut connection);
        connection.batch_execute("rollback").unwrap();
        assert!(faults.iter().any(|fault| fault == expected), "{spoil}: {faults:?}");
    }
    assert_eq!(guard::faults(&mut connection), Vec::<String>::new(), "every copy was put back");
}

#[test]
fn a_login_that_serves_is_held_back_by_row_security() {
    let database = TestDatabase::fresh(Server::shared());
    let mut connection = database.administrator();
    for (role, right) in [
        ("traguardo_service", "bypassrls"),
        ("traguardo_app", "superuser"),
        ("traguardo_benchmark", "createrole"),
    ] {
        // In a transaction: a role is every database's of the server.
        connection.batch_execute(&format!("begin; alter role {role} {right}")).unwrap();
        let faults = guard::faults(&mut connection);
        connection.batch_execute("rollback").unwrap();
        assert!(faults.contains(&format!("{role}: is above the walls")), "{faults:?}");
    }
}

#[test]
fn schema_file_is_what_the_database_says() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/persistence/src/schema.rs");
    let database = TestDatabase::fresh(Server::shared());
    let printed = printed::tables(&mut database.administrator());
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(file, &printed).unwrap();
    }
    assert_eq!(std::fs::read_to_string(file).unwrap(), printed, "run `make schema`");
}

/// A query that answers one text a row.
fn texts(connection: &mut PgConnection, sql: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        said: String,
    }
    let rows: Vec<Row> =
        diesel::sql_query(sql).load(connection).unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.into_iter().map(|row| row.said).collect()
}
