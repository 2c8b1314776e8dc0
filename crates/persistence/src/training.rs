//! Hours of training beyond what every register does with its entries: read without saying whose they are, and erased once their
//! time is over.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Date, Text};
use traguardo_domain::Vocabulary as _;
use traguardo_domain::digest::Digest;
use traguardo_domain::measurement::Span;
use traguardo_domain::register::{Entry as _, Register};
use traguardo_domain::training::TrainingEntry;

use crate::error::Error;
use crate::idempotency;
use crate::registers;
use crate::schema::register_entries as rows;
use crate::tenant::TenantTx;

/// Every entry that matters on some day of a period, with numbers in the place of its key and of its person: who has several has
/// one number in all of them, and another the next time. Found by whoever may see figures, and of use for nothing else.
///
/// # Errors
/// When the database fails.
pub fn unnamed(tx: &mut TenantTx<'_>, period: Span) -> Result<Vec<TrainingEntry>, Error> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        content: String,
    }
    let lines = diesel::sql_query("select content from training_lines($1, $2)")
        .bind::<Date, _>(period.from)
        .bind::<Date, _>(period.to)
        .load::<Line>(tx.connection())?;
    let read = |line: Line| serde_json::from_str(&line.content);
    lines.into_iter().map(read).collect::<Result<_, _>>().map_err(|error| Error::inconsistent("entry", error))
}

/// How many entries are of years that ended before a day.
///
/// # Errors
/// When the database fails.
pub fn erasable(tx: &mut TenantTx<'_>, before: NaiveDate) -> Result<usize, Error> {
    let count = rows::table
        .filter(rows::comune.eq(tx.comune().to_owned()))
        .filter(rows::register.eq(TrainingEntry::REGISTER.word()))
        .filter(rows::day_to.lt(before))
        .count()
        .get_result::<i64>(tx.connection())?;
    usize::try_from(count).map_err(|error| Error::inconsistent("count of entries", error))
}

/// Erases entries of years that ended before a day, at most so many, and the answers kept for retries that name them. The trail
/// says that the register was erased from, and not whose entries went.
///
/// # Errors
/// When the database fails.
pub fn erase(tx: &mut TenantTx<'_>, before: NaiveDate, at_most: i64) -> Result<usize, Error> {
    let keys = rows::table
        .filter(rows::comune.eq(tx.comune().to_owned()))
        .filter(rows::register.eq(TrainingEntry::REGISTER.word()))
        .filter(rows::day_to.lt(before))
        .order((rows::day_from.asc(), rows::key.asc()))
        .limit(at_most)
        .select(rows::key)
        .load::<String>(tx.connection())?;
    if keys.is_empty() {
        tx.leave_unchanged();
        return Ok(0);
    }
    let change = Digest::of_object(&("erased", before, keys.len()))
        .map_err(|error| Error::inconsistent("erasure", error))?;
    registers::tell(tx, Register::Training, change)?;
    let mine = rows::table
        .filter(rows::comune.eq(tx.comune().to_owned()))
        .filter(rows::register.eq(TrainingEntry::REGISTER.word()))
        .filter(rows::key.eq_any(&keys));
    let erased = diesel::delete(mine).execute(tx.connection())?;
    if erased != keys.len() {
        return Err(Error::inconsistent("entries", "changed under the tenant's lock"));
    }
    idempotency::forget_about(tx, "/training")?;
    Ok(erased)
}
