//! What a transaction leaves behind: nothing when it broke, an audit entry when it wrote.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use traguardo_domain::access::{Action, Grant, Operator};
use traguardo_domain::audit::Occasion;
use traguardo_domain::unit::{Tree, Unit, UnitId, UnitKind};
use traguardo_domain::{ComuneCode, Violation};
use traguardo_persistence::{Database, Error, PageRequest, Settings, TenantTx, units};
use traguardo_server::commands::{new_id, now};

use super::state::of_comune;
use crate::world::contents::unit_facts;
use crate::world::{Server, TestDatabase};

/// A database reached over one connection.
fn narrow(stored: &TestDatabase) -> Database {
    Database::new(&Settings {
        url: stored.url("traguardo_service"),
        connections: 1,
        cross_connections: 1,
        patience: Duration::from_secs(5),
        statement_timeout: Duration::from_secs(5),
    })
}

fn grant(action: Action, comune: &str) -> Grant {
    Operator.act(action, ComuneCode::parse(comune).unwrap())
}

fn occasion() -> Occasion {
    Occasion { at: now(), request_id: "test".to_owned() }
}

fn add_unit(tx: &mut TenantTx<'_>) -> Result<(), Error> {
    let facts = unit_facts("RIMASTO", "Rimasto", UnitKind::Office, None);
    let unit = Unit::found(UnitId(new_id()), facts, &Tree::new([]))?;
    units::insert(tx, &unit)
}

/// The codes of the units a comune sees.
fn codes(database: &Database, comune: &str) -> Vec<String> {
    let all = PageRequest { order: units::Order::Code, after: None, limit: 100 };
    let list = |tx: &mut TenantTx<'_>| units::list(tx, &units::Filter::default(), &all);
    let page = database.tenant(&grant(Action::ReadUnits, comune), occasion(), list).unwrap();
    page.items.into_iter().map(|unit| unit.facts.code.as_str().to_owned()).collect()
}

const DEMO: [&str; 4] = ["AREA-1", "AREA-1.1", "AREA-1.2", "AREA-2"];

#[test]
fn a_panic_inside_a_transaction_leaves_nothing_to_the_next_comune() {
    let stored = TestDatabase::fresh(Server::shared());
    let database = narrow(&stored);
    let before = of_comune(&mut stored.administrator(), "L454");
    for _ in 0..3 {
        let broken = catch_unwind(AssertUnwindSafe(|| {
            database.tenant(&grant(Action::EditUnits, "L454"), occasion(), |tx| -> Result<(), Error> {
                add_unit(tx)?;
                // Unwinds without the report that a panic nobody meant deserves.
                std::panic::resume_unwind(Box::new("meant"))
            })
        }));
        assert!(broken.is_err());
        assert_eq!(codes(&database, "F471"), DEMO);
        assert_eq!(codes(&database, "L454"), DEMO);
    }
    assert_eq!(before, of_comune(&mut stored.administrator(), "L454"));
    assert_eq!(database.pool_state().open, 1, "the pool never grew");
}

#[test]
fn a_write_under_an_action_that_reads_is_refused_by_the_database_itself() {
    let stored = TestDatabase::fresh(Server::shared());
    let database = narrow(&stored);
    let before = of_comune(&mut stored.administrator(), "L454");
    for action in
        Action::ALL.into_iter().filter(|action| action.mode() == traguardo_domain::access::Mode::Read)
    {
        let refused = database.tenant(&grant(action, "L454"), occasion(), add_unit).unwrap_err();
        let Error::Query(DieselError::DatabaseError(kind, words)) = refused else {
            panic!("{action:?}: {refused}")
        };
        let read_only = matches!(kind, DatabaseErrorKind::ReadOnlyTransaction);
        assert!(read_only, "{action:?}: {}", words.message());
    }
    assert_eq!(before, of_comune(&mut stored.administrator(), "L454"));
}

#[test]
fn a_writing_transaction_that_leaves_no_audit_entry_is_refused() {
    let stored = TestDatabase::fresh(Server::shared());
    let database = narrow(&stored);
    let nothing = |_: &mut TenantTx<'_>| Ok::<(), Error>(());
    let refused = database.tenant(&grant(Action::EditUnits, "L454"), occasion(), nothing).unwrap_err();
    assert!(matches!(refused, Error::Inconsistent(_)), "{refused}");
    let said = |tx: &mut TenantTx<'_>| {
        tx.leave_unchanged();
        Ok::<(), Error>(())
    };
    database.tenant(&grant(Action::EditUnits, "L454"), occasion(), said).unwrap();
}

#[test]
fn only_what_is_committed_leaves_an_audit_entry() {
    let stored = TestDatabase::fresh(Server::shared());
    let database = narrow(&stored);
    let entries = || {
        let count = "select count(*)::text as text from audit_entries where comune = 'L454'";
        super::state::texts(&mut stored.administrator(), count)[0].parse::<usize>().unwrap()
    };
    let (before, whole) = (entries(), of_comune(&mut stored.administrator(), "L454"));
    let rolled_back = |tx: &mut TenantTx<'_>| {
        add_unit(tx)?;
        Err::<(), Error>(Violation::Gone.into())
    };
    let refused = database.tenant(&grant(Action::EditUnits, "L454"), occasion(), rolled_back).unwrap_err();
    assert!(matches!(refused, Error::Violation(Violation::Gone)), "{refused}");
    assert_eq!(whole, of_comune(&mut stored.administrator(), "L454"));
    database.tenant(&grant(Action::EditUnits, "L454"), occasion(), add_unit).unwrap();
    assert_eq!(entries(), before + 1);
    assert_eq!(codes(&database, "L454").last().map(String::as_str), Some("RIMASTO"));
}
