//! Bills of suppliers, and what was paid of them: the facts payment times are computed from. A payment may be known before its bill.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::fault::{Fault, FaultKind, Refused};
use crate::text::Line;
use crate::unit::UnitId;
use crate::version::{Version, Versioned};
use crate::vocabulary::vocabulary;

mod amount;
mod reference;
#[cfg(test)]
mod tests;

pub use amount::Cents;
pub use reference::{InvoiceId, InvoiceRef};

vocabulary! {
    /// What a document of a supplier asks for.
    InvoiceKind, "Tipo di documento: fattura (o richiesta equivalente), nota di credito." {
        /// Money.
        Invoice = "invoice",
        /// Less money than another asked for.
        CreditNote = "credit_note",
    }
}

vocabulary! {
    /// Why a document does not count in payment times.
    Exclusion, "Perché un documento non conta nei tempi di pagamento: non è una transazione commerciale, oppure lo esclude una legge speciale." {
        /// It is of no commercial transaction.
        NonCommercial = "non_commercial",
        /// A special law takes it out.
        SpecialLaw = "special_law",
    }
}

/// Days for which a bill could not be collected, because it was contested or in litigation: the first counts, the last does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Dispute {
    /// The first day.
    pub from: NaiveDate,
    /// The day it was collectable again; none while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// What a caller says of a bill, or of a credit note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InvoiceFacts {
    /// What it is known by.
    #[serde(flatten)]
    pub reference: InvoiceRef,
    /// What it asks for.
    pub kind: InvoiceKind,
    /// The day it was received (delivered by the exchange system, or registered).
    pub received: NaiveDate,
    /// The day it is due.
    pub due: NaiveDate,
    /// What it amounts to, taxes included.
    pub total: Cents,
    /// The part that is VAT paid to the treasury in the place of the supplier (split payment).
    pub split_vat: Cents,
    /// Why it does not count, when it does not.
    pub excluded: Option<Exclusion>,
    /// When it could not be collected.
    pub disputes: Vec<Dispute>,
    /// The structure in charge of it.
    pub unit: Option<UnitId>,
    /// The day it was found payable (*liquidazione*).
    pub liquidated: Option<NaiveDate>,
    /// For a credit note, the bill it makes smaller.
    pub credits: Option<InvoiceRef>,
}

/// A bill or credit note, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// What is said of it.
    pub facts: InvoiceFacts,
    /// Credit notes that name it: the day each was received, and what it takes off (without split-payment VAT).
    pub credits: Vec<(NaiveDate, Cents)>,
    /// What was paid of it, in order of time.
    pub payments: Vec<Payment>,
    /// Grows whenever it, what was paid of it, or what was credited of it changes.
    pub version: Version,
}

impl Versioned for Invoice {
    type Facts = InvoiceFacts;

    fn facts(&self) -> &InvoiceFacts {
        &self.facts
    }

    fn version(&self) -> Version {
        self.version
    }
}

/// A payment, within its bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// What it is known by.
    pub reference: Line<60>,
    /// The day the order was sent to the treasurer.
    pub day: NaiveDate,
    /// What was paid.
    pub amount: Cents,
}

/// What a caller says of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentFacts {
    /// Of which bill; it need not be known yet.
    pub invoice: InvoiceRef,
    /// What the payment is known by among those of its bill: the number of the order.
    pub reference: Line<60>,
    /// The day the order was sent to the treasurer.
    pub day: NaiveDate,
    /// What was paid to the supplier, without split-payment VAT; nothing when the order was taken back.
    pub amount: Cents,
}

impl PaymentFacts {
    /// What is wrong with a payment of before its bill was issued; it is told of the day.
    #[must_use]
    pub fn too_early(&self) -> Option<Refused> {
        paid_before_issue(self.day, &self.invoice)
    }
}

/// What is wrong with a day a bill is said to be paid on.
pub(crate) fn paid_before_issue(day: NaiveDate, invoice: &InvoiceRef) -> Option<Refused> {
    let early = day < invoice.issued;
    early.then(|| Refused::new(FaultKind::Inconsistent, "Non si paga prima che sia emessa."))
}

impl InvoiceFacts {
    /// The most disputes of one bill.
    pub const MOST_DISPUTES: usize = 20;
    /// The most payments of one bill.
    pub const MOST_PAYMENTS: usize = 100;
    /// The days within which a bill is due when nothing else was agreed (legislative decree 231 of 2002, art. 4).
    pub const TERM: u64 = 30;

    /// The day a bill received on this one is due when nothing else was agreed.
    #[must_use]
    pub fn due_by_law(received: NaiveDate) -> NaiveDate {
        received.checked_add_days(Days::new(Self::TERM)).unwrap_or(received)
    }

    /// What the supplier is to be paid: the total without split-payment VAT.
    #[must_use]
    pub const fn payable(&self) -> Cents {
        self.total.less(self.split_vat)
    }

    /// What contradicts itself, by the place in the written form.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut find = |wrong: bool, pointer: &str, kind, detail: &str| {
            if wrong {
                faults.push(Refused::new(kind, detail).at(pointer));
            }
        };
        let inconsistent = FaultKind::Inconsistent;
        let early = self.received < self.reference.issued;
        find(early, "/received", inconsistent, "Non si riceve prima che sia emesso.");
        let due = self.due < self.reference.issued;
        find(due, "/due", inconsistent, "Non scade prima che sia emesso.");
        let nothing = self.total <= Cents::ZERO;
        find(nothing, "/total", FaultKind::OutOfBounds, "L'importo è maggiore di zero.");
        let too_much = self.split_vat > self.total;
        find(too_much, "/split_vat", inconsistent, "L'IVA non supera l'importo totale.");
        let rushed = self.liquidated.is_some_and(|day| day < self.received);
        find(rushed, "/liquidated", inconsistent, "Non si liquida prima di ricevere.");
        let many = self.disputes.len() > Self::MOST_DISPUTES;
        find(many, "/disputes", FaultKind::OutOfBounds, "Al massimo 20 periodi.");
        for (place, dispute) in self.disputes.iter().enumerate() {
            let backwards = dispute.until.is_some_and(|until| until < dispute.from);
            let pointer = format!("/disputes/{place}/until");
            find(backwards, &pointer, inconsistent, "Il periodo finisce prima di cominciare.");
        }
        if let Some(wrong) = self.credits.as_ref().and_then(|credited| self.miscredited(credited)) {
            find(true, "/credits", inconsistent, wrong);
        }
        faults
    }

    fn miscredited(&self, credited: &InvoiceRef) -> Option<&'static str> {
        match self.kind {
            InvoiceKind::Invoice => Some("Solo una nota di credito riduce un'altra fattura."),
            InvoiceKind::CreditNote if credited == &self.reference => {
                Some("Una nota di credito non riduce sé stessa.")
            }
            InvoiceKind::CreditNote if credited.supplier != self.reference.supplier => {
                Some("Una nota di credito riduce una fattura dello stesso fornitore.")
            }
            InvoiceKind::CreditNote => None,
        }
    }
}

impl Invoice {
    /// What was paid of it in all.
    #[must_use]
    pub fn paid(&self) -> Cents {
        self.payments.iter().map(|payment| payment.amount).sum()
    }

    /// What credit notes take off in all.
    #[must_use]
    pub fn credited(&self) -> Cents {
        self.credits.iter().map(|(_, amount)| *amount).sum()
    }

    /// What is still to be paid of it: less than nothing when more was paid than owed.
    #[must_use]
    pub fn open(&self) -> Cents {
        self.facts.payable().less(self.credited()).less(self.paid())
    }
}

/// A document with everything that was paid and credited of it: what figures are folded from, one at a time, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// What is said of it.
    pub facts: InvoiceFacts,
    /// Credit notes that name it: the day each was received, and what it takes off (without split-payment VAT).
    pub credits: Vec<(NaiveDate, Cents)>,
    /// What was paid of it, and when; payments of nothing are not here.
    pub payments: Vec<(NaiveDate, Cents)>,
    /// For a credit note: whether the bill it names is kept here.
    pub credits_known_bill: bool,
}

impl Bill {
    /// What the supplier is to be paid, as it stands on a day: credit notes received later do not take anything off yet.
    #[must_use]
    pub fn owed(&self, on: NaiveDate) -> Cents {
        self.facts.payable().less(up_to(&self.credits, on))
    }

    /// What was paid up to a day, that day included.
    #[must_use]
    pub fn paid(&self, on: NaiveDate) -> Cents {
        up_to(&self.payments, on)
    }

    /// What is still to be paid on a day: less than nothing when more was paid than owed.
    #[must_use]
    pub fn open(&self, on: NaiveDate) -> Cents {
        self.owed(on).less(self.paid(on))
    }
}

fn up_to(amounts: &[(NaiveDate, Cents)], on: NaiveDate) -> Cents {
    amounts.iter().filter(|(day, _)| *day <= on).map(|(_, amount)| *amount).sum()
}
