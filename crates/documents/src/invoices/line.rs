//! One line of a file of bills.

use std::cmp::Ordering;

use chrono::NaiveDate;
use traguardo_domain::fault::{FaultKind, Refused};
use traguardo_domain::invoice::{Cents, Dispute, InvoiceFacts, InvoiceKind, InvoiceRef, PaymentFacts};
use traguardo_domain::text::Line;
use traguardo_domain::unit::UnitId;

use super::LineFault;
use super::cells::{Signed, amount, day, exclusion, kind};
use super::columns::{COLUMNS, Columns};
use crate::source::SourceLine;

/// What a line says.
pub(super) struct ReadLine {
    /// Of a bill.
    pub(super) facts: InvoiceFacts,
    /// Of a payment, when it tells of one.
    pub(super) payment: Option<PaymentFacts>,
}

/// Reads one line, and keeps what is wrong with it.
pub(super) struct LineReader<'a> {
    line: &'a SourceLine,
    columns: &'a Columns,
    unit: &'a dyn Fn(&str, NaiveDate) -> Option<UnitId>,
    pub(super) faults: Vec<LineFault>,
}

impl<'a> LineReader<'a> {
    pub(super) const fn new(
        line: &'a SourceLine,
        columns: &'a Columns,
        unit: &'a dyn Fn(&str, NaiveDate) -> Option<UnitId>,
    ) -> Self {
        Self { line, columns, unit, faults: Vec::new() }
    }

    fn refuse(&mut self, column: Option<&'static str>, refused: Refused) {
        self.faults.push(LineFault { line: self.line.number, column, refused });
    }

    fn fault(&mut self, column: &'static str, kind: FaultKind, detail: &str) {
        self.refuse(Some(column), Refused::new(kind, detail));
    }

    /// The words of a cell, if there are any.
    fn words(&self, column: &str) -> Option<&str> {
        let words = self.line.cell(self.columns.place(column)?).trim();
        (!words.is_empty()).then_some(words)
    }

    /// What a cell says, if it says anything that can be read.
    fn optional<T>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, Refused>,
    ) -> Option<T> {
        match read(self.words(column)?) {
            Ok(value) => Some(value),
            Err(refused) => {
                self.refuse(Some(column), refused);
                None
            }
        }
    }

    /// What a cell says that must say something.
    fn required<T>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, Refused>,
    ) -> Option<T> {
        if self.words(column).is_none() {
            self.fault(column, FaultKind::Missing, "Manca il valore.");
        }
        self.optional(column, read)
    }

    /// What it says. When something is wrong, the faults say so and what is made of the rest is not to be used.
    pub(super) fn read(&mut self) -> Option<ReadLine> {
        self.width();
        let supplier = self.required("supplier", InvoiceRef::supplier);
        let number = self.required("number", Line::parse);
        let issued = self.required("issued", day);
        let kind = self.optional("kind", kind).unwrap_or(InvoiceKind::Invoice);
        let received = self.required("received", day);
        let total = self.amount("total", kind, true);
        let split_vat = self.amount("split_vat", kind, false).unwrap_or(Cents::ZERO);
        let due = self.optional("due", day);
        let excluded = self.optional("excluded", exclusion).flatten();
        let liquidated = self.optional("liquidated", day);
        let disputes = Vec::from_iter(self.dispute());
        let credits = supplier.as_ref().and_then(|supplier| self.credits(supplier));
        let unit = received.and_then(|received| self.unit(received));
        let reference = InvoiceRef { supplier: supplier?, number: number?, issued: issued? };
        let payment = self.payment(&reference);
        let (received, total) = (received?, total?);
        let due = due.unwrap_or_else(|| InvoiceFacts::due_by_law(received));
        let facts = InvoiceFacts {
            reference,
            kind,
            received,
            due,
            total,
            split_vat,
            excluded,
            disputes,
            unit,
            liquidated,
            credits,
        };
        self.contradictions(&facts);
        Some(ReadLine { facts, payment })
    }

    /// A line with cells too few was cut short: what is missing of it is not nothing.
    fn width(&mut self) {
        let wrong = match self.line.cells().len().cmp(&self.columns.width()) {
            Ordering::Equal => return,
            Ordering::Less => "meno",
            Ordering::Greater => "più",
        };
        let detail = format!("La riga ha {wrong} celle delle {} colonne.", self.columns.width());
        self.refuse(None, Refused::new(FaultKind::Malformed, detail));
    }

    /// An amount of the document. Credit notes are written with a minus or without it; bills are not.
    fn amount(&mut self, column: &'static str, kind: InvoiceKind, required: bool) -> Option<Cents> {
        let read = if required { self.required(column, amount) } else { self.optional(column, amount) };
        let Signed { negative, amount } = read?;
        if negative && kind == InvoiceKind::Invoice && amount > Cents::ZERO {
            let detail = "Una fattura non ha importi negativi; che sia una nota di credito lo dice il tipo di documento.";
            self.fault(column, FaultKind::Inconsistent, detail);
        }
        Some(amount)
    }

    fn dispute(&mut self) -> Option<Dispute> {
        let until = self.optional("contested_until", day);
        if self.words("contested_from").is_none() {
            if until.is_some() {
                self.fault("contested_from", FaultKind::Missing, "Manca da quando.");
            }
            return None;
        }
        let from = self.optional("contested_from", day)?;
        Some(Dispute { from, until })
    }

    /// The bill a credit note makes smaller, when it says which.
    fn credits(&mut self, supplier: &Line<28>) -> Option<InvoiceRef> {
        let said = [self.words("credited_number").is_some(), self.words("credited_issued").is_some()];
        let number = self.optional("credited_number", Line::parse);
        let issued = self.optional("credited_issued", day);
        if said == [true, false] || said == [false, true] {
            let detail = "Numero e data della fattura collegata vanno insieme.";
            self.fault("credited_number", FaultKind::Inconsistent, detail);
        }
        Some(InvoiceRef { supplier: supplier.clone(), number: number?, issued: issued? })
    }

    fn unit(&mut self, on: NaiveDate) -> Option<UnitId> {
        let found = (self.unit)(self.words("unit")?, on);
        if found.is_none() {
            let detail = "Nessuna struttura ha questo codice il giorno della ricezione.";
            self.fault("unit", FaultKind::UnknownReference, detail);
        }
        found
    }

    /// The payment the line tells of. An amount of nothing beside no day and no number is how an unpaid bill is written.
    fn payment(&mut self, invoice: &InvoiceRef) -> Option<PaymentFacts> {
        let said = ["payment", "paid_on", "paid"].map(|column| (column, self.words(column).is_some()));
        let reference = self.optional("payment", Line::parse);
        let paid_on = self.optional("paid_on", day);
        let paid = self.optional("paid", amount);
        let unpaid = paid.is_none_or(|paid| paid.amount == Cents::ZERO);
        if let [(_, false), (_, false), (_, _)] = said
            && unpaid
        {
            return None;
        }
        for (column, _) in said.into_iter().filter(|(_, said)| !said) {
            let detail = "Un pagamento ha numero, giorno e importo.";
            self.fault(column, FaultKind::Missing, detail);
        }
        let Signed { negative, amount } = paid?;
        if negative && amount > Cents::ZERO {
            self.fault("paid", FaultKind::Inconsistent, "Un pagamento non ha importo negativo.");
        }
        let facts = PaymentFacts { invoice: invoice.clone(), reference: reference?, day: paid_on?, amount };
        if let Some(refused) = facts.too_early() {
            self.refuse(Some("paid_on"), refused);
        }
        Some(facts)
    }

    /// What the line says that contradicts itself, at the column that stands for the place.
    fn contradictions(&mut self, facts: &InvoiceFacts) {
        for fault in facts.faults() {
            let member = fault.pointer.split('/').nth(1).unwrap_or_default();
            let column = match member {
                "disputes" => "contested_until",
                "credits" => "credited_number",
                member => member,
            };
            let column = COLUMNS.iter().map(|known| known.name).find(|name| *name == column);
            self.refuse(column, Refused::new(fault.kind, fault.detail));
        }
    }
}
