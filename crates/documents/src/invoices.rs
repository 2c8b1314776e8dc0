//! Bills and payments, from a file of separated values: every line that can be read, and of every other what is wrong with it.
//!
//! The headings known here are those we expect of an extract of the national platform of commercial credits. That platform publishes
//! no fixed layout we could hold to: this mapping is ours, and each comune calls a column as its own extract does.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use thiserror::Error;
use traguardo_domain::fault::{FaultKind, Refused};
use traguardo_domain::invoice::{InvoiceFacts, InvoiceId, PaymentFacts};
use traguardo_domain::text::Line;
use traguardo_domain::unit::UnitId;

use crate::source::{self, SourceHint, SourceRefusal};

mod cells;
mod columns;
mod line;
#[cfg(test)]
mod tests;

pub use columns::{COLUMNS, Column, is_column};

use columns::Columns;
use line::{LineReader, ReadLine};

/// The most faults that are told one by one; the lines of those after are counted.
pub const MOST_TOLD: usize = 1_000;

/// One thing wrong in a file of bills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    /// The line, as a person counts.
    pub line: u32,
    /// The column it is about, by the word it has here; none when it is about the line.
    pub column: Option<&'static str>,
    /// What.
    pub refused: Refused,
}

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExtractRefusal {
    /// It is not one of separated values, or larger than is read.
    #[error("{0}")]
    Unreadable(SourceRefusal),
    /// Its headings are not those of bills: everything that is wrong with them.
    #[error("{} things are wrong with the headings", .0.len())]
    Headings(Vec<LineFault>),
}

/// A bill of the file, with what its lines say was paid of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractedBill {
    /// The first line it stands in.
    pub line: u32,
    /// What is said of it.
    pub facts: InvoiceFacts,
    /// What was paid of it.
    pub payments: Vec<PaymentFacts>,
}

/// What a file of bills says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extract {
    /// The bills, in the order of their first lines.
    pub bills: Vec<ExtractedBill>,
    /// The lines with something in them, the headings aside.
    pub lines: u32,
    /// How many of them were refused.
    pub refused: u32,
    /// The first [`MOST_TOLD`] things that are wrong with them, by line.
    pub faults: Vec<LineFault>,
    /// Which heading was taken for which column.
    pub columns: Vec<(&'static str, String)>,
    /// Headings nothing was read from.
    pub ignored: Vec<String>,
}

/// What reading a file needs to know of the comune.
pub struct Mapping<'m> {
    /// What columns are called here, where they are not called as is expected: by column.
    pub renamed: &'m BTreeMap<String, Line<100>>,
    /// The structure known by a code or key on a day.
    pub unit: &'m dyn Fn(&str, NaiveDate) -> Option<UnitId>,
}

/// Reads the bills of a file: separated by semicolons, commas or tabs, in UTF-8 or as Windows writes, days and amounts as Italians
/// write them or as programs do.
///
/// # Errors
/// When it is no such file, or the columns a bill needs are not there.
pub fn read(bytes: &[u8], mapping: &Mapping<'_>) -> Result<Extract, ExtractRefusal> {
    let hint = SourceHint { file_name: None, content_type: Some("text/csv") };
    let source = source::read(bytes, &hint).map_err(ExtractRefusal::Unreadable)?;
    let mut lines = source.lines().iter().filter(|line| !line.is_blank());
    let header = lines.next().ok_or(ExtractRefusal::Unreadable(SourceRefusal::Empty))?;
    let columns = Columns::of(header, mapping.renamed).map_err(ExtractRefusal::Headings)?;
    let mut gathering = Gathering::default();
    for line in lines {
        let mut reader = LineReader::new(line, &columns, mapping.unit);
        let read = reader.read();
        gathering.line(line.number, read, reader.faults);
    }
    let Gathering { mut extract, .. } = gathering;
    (extract.columns, extract.ignored) = columns.told();
    Ok(extract)
}

/// The bills of a file while its lines are read.
#[derive(Default)]
struct Gathering {
    extract: Extract,
    places: HashMap<InvoiceId, usize>,
}

impl Gathering {
    fn line(&mut self, number: u32, read: Option<ReadLine>, mut faults: Vec<LineFault>) {
        self.extract.lines = self.extract.lines.saturating_add(1);
        if let Some(read) = read.filter(|_| faults.is_empty())
            && let Err(refused) = self.take(number, read)
        {
            faults.push(LineFault { line: number, column: None, refused });
        }
        if faults.is_empty() {
            return;
        }
        self.extract.refused = self.extract.refused.saturating_add(1);
        let room = MOST_TOLD.saturating_sub(self.extract.faults.len());
        self.extract.faults.extend(faults.into_iter().take(room));
    }

    /// Takes a line: a bill it is the first of, or one more payment or dispute of a bill that was there.
    fn take(&mut self, number: u32, read: ReadLine) -> Result<(), Refused> {
        let id = read.facts.reference.id();
        let known = self.places.get(&id).and_then(|place| self.extract.bills.get_mut(*place));
        let Some(bill) = known else {
            self.places.insert(id, self.extract.bills.len());
            let payments = Vec::from_iter(read.payment);
            self.extract.bills.push(ExtractedBill { line: number, facts: read.facts, payments });
            return Ok(());
        };
        let alike = InvoiceFacts { disputes: bill.facts.disputes.clone(), ..read.facts.clone() };
        if alike != bill.facts {
            let detail = format!("Della stessa fattura la riga {} dice altro.", bill.line);
            return Err(Refused::new(FaultKind::Inconsistent, detail));
        }
        if let Some(payment) = read.payment {
            pay(bill, payment)?;
        }
        let new = read.facts.disputes.into_iter().filter(|one| !bill.facts.disputes.contains(one));
        let new: Vec<_> = new.collect();
        if bill.facts.disputes.len().saturating_add(new.len()) > InvoiceFacts::MOST_DISPUTES {
            let detail = format!("Al massimo {} sospensioni per fattura.", InvoiceFacts::MOST_DISPUTES);
            return Err(Refused::new(FaultKind::OutOfBounds, detail));
        }
        bill.facts.disputes.extend(new);
        bill.facts.disputes.sort();
        Ok(())
    }
}

/// One more payment of a bill; the same one twice is one.
fn pay(bill: &mut ExtractedBill, payment: PaymentFacts) -> Result<(), Refused> {
    match bill.payments.iter().find(|known| known.reference == payment.reference) {
        Some(known) if known == &payment => Ok(()),
        Some(_) => {
            let detail = "Con lo stesso numero la fattura ha già un altro pagamento in questo file.";
            Err(Refused::new(FaultKind::Inconsistent, detail))
        }
        None => {
            bill.payments.push(payment);
            Ok(())
        }
    }
}
