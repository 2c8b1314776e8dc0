//! Migrations: up, down, up again, and every level the same each time; and what a database without them is told.

use std::path::PathBuf;
use std::process::Command;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use traguardo_persistence::{Error, migrations};
use traguardo_server::postgres::Programs;

use crate::world::{Server, TestDatabase, Wishes, World};

/// The whole schema of a database, grants included, without what changes from one dump to the next.
fn dump(database: &TestDatabase) -> Vec<String> {
    let program = Programs::find().unwrap().folder().join("pg_dump");
    let answer = Command::new(program).arg("--schema-only").arg(database.url("postgres")).output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let text = String::from_utf8(answer.stdout).unwrap();
    // Each dump is fenced with a random word of its own.
    let passing = |line: &&str| {
        line.is_empty() || ["--", "\\restrict", "\\unrestrict"].iter().any(|start| line.starts_with(start))
    };
    text.lines().filter(|line| !passing(line)).map(str::to_owned).collect()
}

/// The names of the migrations, as their folders are called.
fn folders() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations");
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.is_dir());
    found.sort();
    found
}

#[test]
fn every_migration_is_taken_back_and_applied_again_without_a_trace() {
    let database = TestDatabase::empty(Server::shared());
    let url = database.url("traguardo_migrator");
    let empty = dump(&database);
    let count = migrations::apply(&url).unwrap().len();
    assert_eq!(count, folders().len());
    let whole = dump(&database);
    assert_eq!(migrations::revert_all(&url).unwrap().len(), count);
    // What remembers the migrations stays; everything else is as it was.
    let bare = dump(&database);
    let traces: Vec<&String> =
        bare.iter().filter(|line| !empty.contains(line) && line.contains("traguardo_app")).collect();
    assert_eq!(traces, Vec::<&String>::new());
    let mut levels = vec![bare];
    for number in 0..count {
        migrations::apply_next(&url).unwrap();
        levels.push(dump(&database));
        assert_ne!(levels[number], levels[number + 1], "a migration changes something");
    }
    assert_eq!(levels[count], whole);
    for number in (0..count).rev() {
        let name = migrations::revert_last(&url).unwrap();
        assert_eq!(dump(&database), levels[number], "{name} is not wholly taken back");
    }
    assert_eq!(migrations::apply(&url).unwrap().len(), count);
    assert_eq!(dump(&database), whole);
    assert_eq!(migrations::apply(&url).unwrap(), Vec::<String>::new());
}

#[test]
fn the_roles_made_twice_are_the_roles_made_once() {
    #[derive(QueryableByName, PartialEq, Debug)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        said: String,
    }
    let database = TestDatabase::fresh(Server::shared());
    let state = || -> Vec<Row> {
        let sql = "select row_to_json(r)::text as said from pg_roles r where rolname like 'traguardo%' \
             union all select row_to_json(m)::text from pg_auth_members m join pg_roles r on r.oid = m.roleid where r.rolname like 'traguardo%' \
             union all select datacl::text from pg_database where datname = current_database() \
             union all select nspacl::text from pg_namespace where nspname = 'public' \
             union all select extname || extversion from pg_extension order by 1";
        diesel::sql_query(sql).load(&mut database.administrator()).unwrap()
    };
    let before = (state(), dump(&database));
    for _ in 0..2 {
        migrations::create_roles(&database.url("postgres")).unwrap();
    }
    assert_eq!((state(), dump(&database)), before);
    assert!(before.0.iter().any(|row| row.said.contains("traguardo_benchmark")));
}

#[test]
fn a_service_whose_database_is_not_at_its_schema_says_it_is_not_ready() {
    let database = TestDatabase::empty(Server::shared());
    let url = database.url("traguardo_migrator");
    let world = World::on(database, Wishes::default());
    let not_ready = |why: &str| {
        for path in ["/health/ready", "/v1/status"] {
            let refused = world.anonymous("GET", path).send();
            assert_eq!(refused.refused(503), "unavailable", "{why}");
            assert!(refused.header("Retry-After").is_some(), "{why}: {refused}");
        }
        world.anonymous("GET", "/health/live").send().expect(200);
    };
    not_ready("never migrated");
    migrations::apply(&url).unwrap();
    world.anonymous("GET", "/health/ready").send().expect(200);
    migrations::revert_last(&url).unwrap();
    not_ready("a migration is missing");
    migrations::apply_next(&url).unwrap();
    world.anonymous("GET", "/v1/status").send().expect(200);
}

#[test]
fn a_database_that_cannot_be_migrated_says_why() {
    // A server of ours: with another's the login is whoever may do everything.
    let server = Server::own();
    let database = TestDatabase::empty(server.clone());
    let refused = migrations::apply(&database.url("traguardo_service")).unwrap_err();
    assert!(matches!(refused, Error::Setup(_)), "{refused}");
    assert!(refused.to_string().contains("run deploy/roles.sql as an administrator"), "{refused}");
    let refused = migrations::create_roles(&database.url("traguardo_migrator")).unwrap_err();
    assert!(
        matches!(refused, Error::Setup(_)) && refused.to_string().contains("cannot create the roles"),
        "{refused}"
    );
    let absent = migrations::apply(&server.url("nowhere", "traguardo_migrator")).unwrap_err();
    assert!(matches!(absent, Error::Unavailable(_)) && absent.to_string().contains("nowhere"), "{absent}");
    let nothing = migrations::revert_last(&database.url("traguardo_migrator")).unwrap_err();
    assert!(matches!(nothing, Error::Setup(_)), "{nothing}");
    // Something in the way: what was applied before it stays, and the words name it.
    database.administrator().batch_execute("set role traguardo_owner; create table plans (id int)").unwrap();
    let blocked = migrations::apply(&database.url("traguardo_migrator")).unwrap_err();
    assert!(matches!(blocked, Error::Setup(_)) && blocked.to_string().contains("\"plans\""), "{blocked}");
    database.administrator().batch_execute("drop table plans").unwrap();
    let rest = migrations::apply(&database.url("traguardo_migrator")).unwrap();
    let blocked = |folder: &PathBuf| folder.to_string_lossy().ends_with("_create_plans");
    let before = folders().iter().position(blocked).unwrap();
    assert_eq!(rest.len(), folders().len() - before, "{rest:?}");
}

#[test]
fn every_migration_says_its_day_its_number_what_it_does_and_how_to_take_it_back() {
    let mut numbers = Vec::new();
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let (version, words) =
            name.split_once('_').unwrap_or_else(|| panic!("{name}: <date>-<number>_<verb>_<noun>"));
        let parts: Vec<&str> = version.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        assert_eq!(lengths, [4, 2, 2, 6], "{name}");
        assert!(version.replace('-', "").bytes().all(|byte| byte.is_ascii_digit()), "{name}");
        let fits = words.split('_').count() >= 2
            && words
                .split('_')
                .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
        assert!(fits, "{name}: a verb and a noun");
        for file in ["up.sql", "down.sql"] {
            let text = std::fs::read_to_string(folder.join(file))
                .unwrap_or_else(|error| panic!("{name}/{file}: {error}"));
            assert!(!text.trim().is_empty(), "{name}/{file}");
        }
        numbers.push(parts[3].parse::<usize>().unwrap());
    }
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>(), "no number is missing or given twice");
}
