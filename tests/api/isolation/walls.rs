//! The wall inside the database: what the service's own role could do to another comune if every query forgot its filter.

mod findings;
mod persons;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use crate::world::{Server, TestDatabase, administrator};
use findings::{attempt, findings, plant_rows};

#[test]
fn the_service_sees_and_touches_one_comune_alone() {
    let stored = TestDatabase::fresh(Server::shared());
    plant_rows(&stored);
    let found = findings(&stored);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// A way to break the wall, the word its finding must hold, and the way back.
const BREACHES: [(&str, &str, &str); 15] = [
    (
        "drop policy units_own on units",
        "units:",
        "create policy units_own on units using (comune = current_setting('app.comune'))",
    ),
    ("alter table plans disable row level security", "plans:", "alter table plans enable row level security"),
    (
        "alter table members no force row level security",
        "members:",
        "alter table members force row level security",
    ),
    ("create policy lax on units using (true)", "units:", "drop policy lax on units"),
    (
        "create policy lax on audit_entries for select using (true)",
        "audit_entries:",
        "drop policy lax on audit_entries",
    ),
    ("create policy lax on plans for insert with check (true)", "plans:", "drop policy lax on plans"),
    ("create policy lax on comuni for update using (true)", "comuni:", "drop policy lax on comuni"),
    (
        "grant truncate on plan_transitions to traguardo_app",
        "plan_transitions:",
        "revoke truncate on plan_transitions from traguardo_app",
    ),
    (
        "alter table members drop constraint members_in_a_unit_of_the_comune",
        "members:",
        "alter table members add constraint members_in_a_unit_of_the_comune foreign key (comune, unit) references units (comune, id)",
    ),
    (
        "drop policy plan_versions_own on plan_versions; create policy plan_versions_own on plan_versions using (true)",
        "plan_versions:",
        "drop policy plan_versions_own on plan_versions; \
         create policy plan_versions_own on plan_versions using (comune = current_setting('app.comune'))",
    ),
    (
        "alter table objectives disable row level security",
        "objectives:",
        "alter table objectives enable row level security",
    ),
    (
        "alter table assignments drop constraint assignments_to_a_unit_of_the_comune",
        "assignments:",
        "alter table assignments add constraint assignments_to_a_unit_of_the_comune \
         foreign key (comune, unit) references units (comune, id)",
    ),
    (
        "drop policy facts_own on facts; create policy facts_own on facts to traguardo_app using (true)",
        "facts:",
        "drop policy facts_own on facts; \
         create policy facts_own on facts to traguardo_app using (comune = current_setting('app.comune'))",
    ),
    ("create policy lax on consents for select using (true)", "consents:", "drop policy lax on consents"),
    (
        "create table loose (comune text); grant select on loose to traguardo_app",
        "loose:",
        "drop table loose",
    ),
];

#[test]
fn each_breach_of_the_wall_is_found() {
    let stored = TestDatabase::fresh(Server::shared());
    plant_rows(&stored);
    let mut owner = stored.administrator();
    for (breach, word, repair) in BREACHES {
        owner.batch_execute(breach).unwrap();
        let found = findings(&stored);
        assert!(found.iter().any(|line| line.starts_with(word)), "{breach}: {found:?}");
        owner.batch_execute(repair).unwrap();
    }
    assert_eq!(findings(&stored), Vec::<String>::new(), "a repair did not repair");
}

/// The columns that may be read across comuni: public facts, and what comuni publish to be compared.
const PUBLISHED: [(&str, &[&str]); 10] = [
    ("authors", &["comune", "code", "kind", "name", "version"]),
    ("templates", &["code", "number", "author", "published_at", "digest", "content"]),
    (
        "adoptions",
        &["comune", "template", "number", "year", "objectives", "units", "deviations", "sealed_at"],
    ),
    (
        "facts",
        &[
            "comune",
            "indicator",
            "year",
            "definition",
            "value",
            "score",
            "grade",
            "certified",
            "published_at",
            "region",
            "residents",
            "group_mode",
            "group_from",
            "region_mode",
            "region_from",
            "public_mode",
            "public_from",
        ],
    ),
    ("peer_groups", &["comune", "code", "name", "purpose", "version"]),
    ("peer_group_versions", &["comune", "code", "number", "valid_from", "recorded_at", "members"]),
    ("registry_editions", &["number", "loaded_at", "source", "state_on", "entries"]),
    (
        "registry_comuni",
        &[
            "code",
            "valid_from",
            "valid_to",
            "name",
            "province",
            "region",
            "istat",
            "successor",
            "residents",
            "residents_on",
            "area",
            "altitude",
            "invented",
        ],
    ),
    ("comuni", &["comune", "name", "province", "region", "residents", "residents_on", "version"]),
    ("comune_identifiers", &["comune", "scheme", "value", "valid_from", "valid_to"]),
];

#[test]
fn reading_across_comuni_reaches_the_listed_columns_and_nothing_else() {
    let stored = TestDatabase::fresh(Server::shared());
    plant_rows(&stored);
    let columns = "select table_name || ' ' || column_name as text from information_schema.columns \
         where table_schema = 'public' order by 1";
    let columns = super::state::texts(&mut stored.administrator(), columns);
    let mut reader = administrator(&stored.url("traguardo_service"));
    reader.batch_execute("SET ROLE traguardo_benchmark").unwrap();
    for line in columns {
        let (table, column) = line.split_once(' ').unwrap();
        let listed = PUBLISHED.iter().any(|(known, columns)| *known == table && columns.contains(&column));
        let read = attempt(&mut reader, Some("L454"), &format!("select \"{column}\" from \"{table}\""));
        assert_eq!(read.is_ok(), listed, "{table}.{column}: {read:?}");
        let write = attempt(
            &mut reader,
            Some("L454"),
            &format!("update \"{table}\" set \"{column}\" = \"{column}\""),
        );
        assert!(write.is_err(), "{table}.{column} can be written: {write:?}");
    }
    for table in super::state::tables(&mut stored.administrator()) {
        for statement in ["delete from", "truncate", "insert into"] {
            let values = if statement == "insert into" { "default values" } else { "" };
            let write = attempt(&mut reader, Some("L454"), &format!("{statement} {table} {values}"));
            assert!(write.is_err_and(|words| words.contains("permission denied")), "{statement} {table}");
        }
    }
}

#[test]
fn the_service_cannot_become_who_owns_the_tables() {
    let stored = TestDatabase::fresh(Server::shared());
    if std::env::var_os("DATABASE_URL").is_some() {
        // There the tests log in as the administrator, who may become anybody.
        return;
    }
    let mut service = administrator(&stored.url("traguardo_service"));
    for role in ["traguardo_owner", "traguardo_migrator", "postgres"] {
        assert!(service.batch_execute(&format!("SET ROLE {role}")).is_err(), "{role}");
    }
    service.batch_execute("SET ROLE traguardo_app").unwrap();
    for statement in [
        "create table public.mine (x int)",
        "create temporary table mine (x int)",
        "create schema mine",
        "alter table units disable row level security",
        "drop policy units_own on units",
        "create policy lax on units using (true)",
        "set row_security = off; select * from units",
        "set session authorization postgres",
    ] {
        assert!(service.batch_execute(statement).is_err(), "{statement}");
    }
    let left = diesel::sql_query("select 1 from units").execute(&mut service);
    assert!(left.is_err(), "without a comune: {left:?}");
}
