//! The figures of the register of requests: how many were answered in term, after how many days.

use rust_decimal::Decimal;

use super::{AccessKind, AccessOutcome, AccessRequest};
use crate::feeder::{Asked, Computed, Method, NoRequests, NotComputable, Outcome, SettingsFacts, Within};
use crate::register::{Entry as _, Register};
use crate::term::{Seen, end_of, left_out};

const IN_TERM: Method = Method {
    code: "access_in_term",
    version: 2,
    words: "Al numeratore le richieste chiuse nel periodo con una risposta (accolta, accolta in parte, respinta) entro il termine di legge (30 giorni di calendario, non contato quello di arrivo), al netto dei giorni di sospensione. Al denominatore quelle chiuse con una risposta nel periodo e quelle che alla fine sono ancora aperte e il cui termine è scaduto nel periodo: una richiesta senza risposta, anche per il silenzio nell'accesso documentale, conta una volta come scaduta.",
};

/// By which a year without requests is told, where the comune settled that it is worth everything.
const NONE_ASKED: Method = Method {
    code: "access_none_asked_as_settled",
    version: 1,
    words: "Nel periodo non c'è stata alcuna richiesta in un registro che il comune tiene: per scelta del comune vale cento. La definizione condivisa in questo caso non calcola l'indicatore.",
};

const DAYS: Method = Method {
    code: "access_days",
    version: 1,
    words: "Somma dei giorni di calendario fra l'arrivo e la risposta, tolti quelli di sospensione (contati una volta sola se si sovrappongono), divisa per le richieste a cui si è risposto nel periodo.",
};

const RUNNING: (&str, &str) = ("still_open", "Ancora aperte e nei termini");
const WITHDRAWN: (&str, &str) = ("withdrawn", "Ritirate prima della scadenza da chi le aveva fatte");
const TRANSFERRED: (&str, &str) =
    ("transferred", "Trasmesse prima della scadenza all'amministrazione competente");
const BEFORE: (&str, &str) = ("overdue_before", "Scadute prima del periodo e ancora senza risposta");
const UNANSWERED: (&str, &str) = ("unanswered", "Scadute senza risposta");

/// What was counted of the requests.
#[derive(Debug, Default)]
struct Tally {
    answered: u64,
    answered_in_term: u64,
    days: u64,
    overdue: u64,
    overdue_before: u64,
    running: u64,
    withdrawn: u64,
    transferred: u64,
}

/// The shared figures the register of requests fills: `T5.in_term` and `T5.days`.
#[must_use]
pub fn figures(
    entries: &[AccessRequest],
    within: Within<'_>,
    asked: Asked,
    settings: &SettingsFacts,
) -> Vec<Computed> {
    let mut tally = Tally::default();
    for entry in entries.iter().filter(|entry| within.holds(entry.unit())) {
        tally.add(entry, asked);
    }
    vec![tally.in_term(asked, settings), tally.mean_days(asked)]
}

impl Tally {
    fn add(&mut self, request: &AccessRequest, asked: Asked) {
        let seen = request.term().seen(request.closed_on(), asked);
        let counter = match seen {
            Seen::Outside => return,
            Seen::Running => &mut self.running,
            Seen::Overdue if request.term().ran_out_in(asked.period) => &mut self.overdue,
            Seen::Overdue => match request.kind {
                AccessKind::Simple | AccessKind::Generalised => &mut self.overdue_before,
                // Silence refused it then.
                AccessKind::Documentary => return,
            },
            Seen::Closed { taken, kept } => return self.close(request, taken, kept),
        };
        *counter = counter.saturating_add(1);
    }

    /// Who withdrew a request in its term, or had to ask elsewhere, was owed no answer; after it, was owed one that did not come.
    fn close(&mut self, request: &AccessRequest, taken: u64, kept: bool) {
        let counter = match request.closed.map(|closing| closing.outcome) {
            Some(AccessOutcome::Withdrawn) if kept => &mut self.withdrawn,
            Some(AccessOutcome::Transferred) if kept => &mut self.transferred,
            Some(AccessOutcome::Withdrawn | AccessOutcome::Transferred | AccessOutcome::Silence) | None => {
                &mut self.overdue
            }
            Some(AccessOutcome::Granted | AccessOutcome::Partly | AccessOutcome::Refused) => {
                self.days = self.days.saturating_add(taken);
                self.answered_in_term = self.answered_in_term.saturating_add(u64::from(kept));
                &mut self.answered
            }
        };
        *counter = counter.saturating_add(1);
    }

    /// Whether there was anything at all in those days.
    fn is_empty(&self) -> bool {
        [self.answered, self.overdue, self.overdue_before, self.running, self.withdrawn, self.transferred]
            .into_iter()
            .all(|count| count == 0)
    }

    fn in_term(&self, asked: Asked, settings: &SettingsFacts) -> Computed {
        let counted = self.answered.saturating_add(self.overdue);
        let none = Outcome::NotComputable(NotComputable::NoFacts);
        let (method, outcome) = match (self.is_empty(), settings.no_requests) {
            (true, NoRequests::Full) if end_of(asked).is_some() => {
                (NONE_ASKED, Outcome::Number(Decimal::ONE_HUNDRED))
            }
            (true, NoRequests::NotEvaluable | NoRequests::Full) => (IN_TERM, none),
            (false, NoRequests::NotEvaluable | NoRequests::Full) => {
                let share = Outcome::ratio(Decimal::from(self.answered_in_term), Decimal::from(counted));
                (IN_TERM, share)
            }
        };
        let left_out = left_out(&[
            (RUNNING, self.running),
            (BEFORE, self.overdue_before),
            (WITHDRAWN, self.withdrawn),
            (TRANSFERRED, self.transferred),
        ]);
        Computed { percent: true, counted, left_out, ..computed("T5.in_term", method, asked, outcome) }
    }

    fn mean_days(&self, asked: Asked) -> Computed {
        let outcome = if self.is_empty() {
            Outcome::NotComputable(NotComputable::NoFacts)
        } else {
            Outcome::ratio(Decimal::from(self.days), Decimal::from(self.answered))
        };
        let left_out = left_out(&[
            (RUNNING, self.running),
            (UNANSWERED, self.overdue),
            (BEFORE, self.overdue_before),
            (WITHDRAWN, self.withdrawn),
            (TRANSFERRED, self.transferred),
        ]);
        Computed { counted: self.answered, left_out, ..computed("T5.days", DAYS, asked, outcome) }
    }
}

const fn computed(indicator: &'static str, method: Method, asked: Asked, outcome: Outcome) -> Computed {
    Computed {
        indicator,
        register: Register::AccessRequests,
        period: asked.period,
        method,
        outcome,
        percent: false,
        counted: 0,
        left_out: Vec::new(),
        whole: true,
    }
}
