//! Erasing what must not be kept for ever: individual evaluations and hours of training, once their time is over.

use chrono::{DateTime, Utc};
use traguardo_domain::ComuneCode;
use traguardo_domain::access::{Action, Operator};
use traguardo_domain::audit::Occasion;
use traguardo_domain::period::legal_start;
use traguardo_persistence::Database;
use traguardo_persistence::sheets::{self, Erased};
use traguardo_persistence::training;

use crate::check::every_tenant;
use crate::cli::StoreOptions;
use crate::commands::{now, say};
use crate::failure::Failure;
use crate::store::Store;
use chrono::NaiveDate;
use clap::Args;

/// What `retention` erases.
#[derive(Debug, Clone, Args)]
pub struct RetentionOptions {
    /// Where the data is.
    #[command(flatten)]
    pub store: StoreOptions,
    /// The day: evaluations that became final on it or later stay, and training of years that end on it or later.
    #[arg(long)]
    pub before: NaiveDate,
    /// Only say what would be erased.
    #[arg(long)]
    pub dry_run: bool,
}

/// How many sheets, or entries of training, a transaction erases.
const AT_ONCE: i64 = 500;

/// Erases what was over before the day, in every comune, and says how much that was.
///
/// # Errors
/// When the day is still to come, or the database is away.
pub fn run(options: &RetentionOptions) -> Result<(), Failure> {
    let start = legal_start(options.before).filter(|start| *start <= now());
    let before = start.ok_or_else(|| {
        Failure::Configuration(format!(
            "--before: {} is still to come: nothing of it is past its time",
            options.before
        ))
    })?;
    let store = Store::open(&options.store)?;
    let done = in_every_comune(&store.database(), before, options);
    store.close()?;
    done
}

fn in_every_comune(
    database: &Database,
    before: DateTime<Utc>,
    options: &RetentionOptions,
) -> Result<(), Failure> {
    for comune in every_tenant(database)?.into_iter().filter(|comune| !comune.is_platform()) {
        if options.dry_run {
            let sheets = erasable(database, comune, before)?;
            let entries = erasable_training(database, comune, options.before)?;
            say(&format!("{comune}: {sheets} sheets and {entries} entries of training would be erased"))?;
        } else {
            let Erased { sheets, kept } = erase(database, comune, before)?;
            let entries = erase_training(database, comune, options.before)?;
            say(&format!(
                "{comune}: {sheets} sheets erased, {kept} figures kept without a name; {entries} entries of training erased"
            ))?;
        }
    }
    Ok(())
}

fn occasion() -> Occasion {
    Occasion { at: now(), request_id: "retention".to_owned() }
}

fn erasable(database: &Database, comune: ComuneCode, before: DateTime<Utc>) -> Result<usize, Failure> {
    let grant = Operator.act(Action::EraseSheets, comune);
    database.tenant(&grant, occasion(), |tx| {
        tx.leave_unchanged();
        Ok(sheets::erasable(tx, before)?)
    })
}

/// Erases the sheets of a comune, some at a time: nobody who writes there waits for long.
///
/// # Errors
/// When the database is away or busy; what was erased until then stays erased.
pub fn erase(database: &Database, comune: ComuneCode, before: DateTime<Utc>) -> Result<Erased, Failure> {
    let grant = Operator.act(Action::EraseSheets, comune);
    let mut whole = Erased::default();
    loop {
        let part = database
            .tenant(&grant, occasion(), |tx| Ok::<_, Failure>(sheets::erase(tx, before, AT_ONCE)?))?;
        whole.sheets = whole.sheets.saturating_add(part.sheets);
        whole.kept = whole.kept.saturating_add(part.kept);
        if part.sheets == 0 {
            return Ok(whole);
        }
    }
}

fn erasable_training(database: &Database, comune: ComuneCode, before: NaiveDate) -> Result<usize, Failure> {
    let grant = Operator.act(Action::EraseTraining, comune);
    database.tenant(&grant, occasion(), |tx| {
        tx.leave_unchanged();
        Ok(training::erasable(tx, before)?)
    })
}

/// Erases the training of years that ended before a day in a comune, some entries at a time, and says how many they were.
///
/// # Errors
/// When the database is away or busy; what was erased until then stays erased.
pub fn erase_training(database: &Database, comune: ComuneCode, before: NaiveDate) -> Result<usize, Failure> {
    let grant = Operator.act(Action::EraseTraining, comune);
    let mut whole = 0_usize;
    loop {
        let part = database
            .tenant(&grant, occasion(), |tx| Ok::<_, Failure>(training::erase(tx, before, AT_ONCE)?))?;
        whole = whole.saturating_add(part);
        if part == 0 {
            return Ok(whole);
        }
    }
}
