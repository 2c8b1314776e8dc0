//! Bills that belong to the days of a figure and do not count in it, by why.

use std::collections::BTreeMap;

use crate::feeder::LeftOut;
use crate::invoice::{Bill, Exclusion, InvoiceKind};
use crate::vocabulary::{Vocabulary as _, vocabulary};

vocabulary! {
    /// Why a bill does not count.
    Why, "Perché una fattura non conta in un indicatore." {
        /// It is of no commercial transaction.
        NonCommercial = "non_commercial",
        /// A special law takes it out.
        SpecialLaw = "special_law",
        /// A credit note that does not say of which bill.
        UnboundCreditNote = "unbound_credit_note",
        /// A credit note of a bill the register does not have.
        UnknownCredited = "unknown_credited",
        /// Credit notes left nothing to pay.
        NothingOwed = "nothing_owed",
        /// Nothing of it was paid by the day that is looked from.
        Unpaid = "unpaid",
        /// What is not paid of it could not be asked yet.
        NotYetDue = "not_yet_due",
        /// More was paid than is owed: what is over does not count.
        Overpaid = "overpaid",
        /// It was contested.
        Contested = "contested",
        /// Its term is still running.
        TooEarly = "too_early",
        /// Payments of bills the register does not have; counted by payment.
        PaymentWithoutBill = "payment_without_bill",
    }
}

impl Why {
    const fn italian(self) -> &'static str {
        match self {
            Self::NonCommercial => "Documenti che non riguardano transazioni commerciali.",
            Self::SpecialLaw => "Documenti esclusi da leggi speciali.",
            Self::UnboundCreditNote => "Note di credito che non dicono quale fattura riducono.",
            Self::UnknownCredited => "Note di credito di fatture che il registro non ha.",
            Self::NothingOwed => "Fatture di cui, tolte le note di credito, non resta nulla da pagare.",
            Self::Unpaid => {
                "Fatture di cui non è stato pagato nulla entro il giorno di osservazione: contano solo nella copertura."
            }
            Self::NotYetDue => {
                "Fatture con una parte non pagata che al giorno di osservazione non era ancora esigibile: quella parte non conta."
            }
            Self::Overpaid => "Fatture pagate più del dovuto: l'eccedenza non conta.",
            Self::Contested => "Fatture contestate.",
            Self::TooEarly => "Fatture non ancora liquidate, il cui termine non è ancora passato.",
            Self::PaymentWithoutBill => {
                "Pagamenti di fatture che il registro non ha (contati per pagamento)."
            }
        }
    }
}

/// What is counted of bills left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Left(BTreeMap<Why, u64>);

impl Left {
    /// One bill more.
    pub(super) fn push(&mut self, why: Why) {
        self.push_many(why, 1);
    }

    /// So many more.
    pub(super) fn push_many(&mut self, why: Why, many: u64) {
        if many > 0 {
            let count = self.0.entry(why).or_default();
            *count = count.saturating_add(many);
        }
    }

    /// As it is told.
    pub(super) fn told(&self) -> Vec<LeftOut> {
        let told =
            |(why, count): (&Why, &u64)| LeftOut { why: why.word(), words: why.italian(), count: *count };
        self.0.iter().map(told).collect()
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a document is to payment times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A bill that counts.
    Counts,
    /// It does not.
    Out(Why),
    /// A credit note that has made its bill smaller: it is in that bill.
    InItsBill,
}

/// What a document is to payment times.
pub(super) fn place(bill: &Bill) -> Place {
    let credits_a_bill = bill.facts.kind == InvoiceKind::CreditNote && bill.credits_known_bill;
    match (bill.facts.excluded, bill.facts.kind) {
        // It follows its bill, whatever is said of itself.
        _ if credits_a_bill => Place::InItsBill,
        (Some(Exclusion::NonCommercial), _) => Place::Out(Why::NonCommercial),
        (Some(Exclusion::SpecialLaw), _) => Place::Out(Why::SpecialLaw),
        (None, InvoiceKind::Invoice) => Place::Counts,
        (None, InvoiceKind::CreditNote) if bill.facts.credits.is_none() => Place::Out(Why::UnboundCreditNote),
        (None, InvoiceKind::CreditNote) => Place::Out(Why::UnknownCredited),
    }
}
