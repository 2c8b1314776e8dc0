//! The figures of the register of procedures: how many were closed in term, how long they took beside how long they might have,
//! how many are overdue.
//!
//! Where a comune watches a sample, shares and times are those of the sample, and what is not of it is left out and counted; what
//! is overdue is counted of all the register knows.

use rust_decimal::Decimal;

use super::Procedure;
use crate::feeder::{Asked, Computed, Method, NotComputable, Outcome, SettingsFacts, Within};
use crate::register::{Entry as _, Register};
use crate::term::{Seen, left_out};

const IN_TERM: Method = Method {
    code: "procedures_in_term",
    version: 1,
    words: "Al numeratore i procedimenti chiusi nel periodo entro il proprio termine, in giorni di calendario, non contato quello di avvio e al netto dei giorni di sospensione. Al denominatore tutti quelli chiusi nel periodo e quelli che alla fine sono ancora aperti con il termine scaduto.",
};

const IN_TERM_SAMPLED: Method = Method {
    code: "procedures_in_term_sampled",
    version: 1,
    words: "Al numeratore i procedimenti del campione chiusi nel periodo entro il proprio termine, in giorni di calendario, non contato quello di avvio e al netto dei giorni di sospensione. Al denominatore quelli del campione chiusi nel periodo o ancora aperti alla fine con il termine scaduto; chi è fuori dal campione non conta.",
};

const TIME_RATIO: Method = Method {
    code: "procedures_time_ratio",
    version: 1,
    words: "Giorni di calendario impiegati dai procedimenti chiusi nel periodo, al netto dei giorni di sospensione (contati una volta sola se si sovrappongono), divisi per la somma dei loro termini.",
};

const TIME_RATIO_SAMPLED: Method = Method {
    code: "procedures_time_ratio_sampled",
    version: 1,
    words: "Giorni di calendario impiegati dai procedimenti del campione chiusi nel periodo, al netto dei giorni di sospensione (contati una volta sola se si sovrappongono), divisi per la somma dei loro termini; chi è fuori dal campione non conta.",
};

const OVERDUE: Method = Method {
    code: "procedures_overdue",
    version: 1,
    words: "Procedimenti del registro, dentro o fuori dal campione, ancora aperti alla fine del periodo con il termine già scaduto, sospensioni comprese. Un termine che finisce quel giorno non è ancora scaduto.",
};

const RUNNING: (&str, &str) = ("still_open", "Ancora aperti e nei termini");
const LATE: (&str, &str) = ("overdue", "Ancora aperti con il termine scaduto");
const OUTSIDE_SAMPLE: (&str, &str) = ("outside_sample", "Fuori dal campione");

/// What was counted of the procedures.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    closed: u64,
    in_term: u64,
    taken: u64,
    allowed: u64,
    overdue: u64,
    running: u64,
}

/// The shared figures the register of procedures fills: `T6.in_term`, `T6.time_ratio` and `T6.overdue`.
#[must_use]
pub fn figures(
    entries: &[Procedure],
    within: Within<'_>,
    asked: Asked,
    _settings: &SettingsFacts,
) -> Vec<Computed> {
    let (mut sample, mut others) = (Tally::default(), Tally::default());
    for entry in entries.iter().filter(|entry| within.holds(entry.unit())) {
        let tally = if entry.sampled { &mut sample } else { &mut others };
        tally.add(entry, asked);
    }
    let watched = if sample.facts() > 0 { Watched::sample(sample, others) } else { Watched::all(others) };
    vec![watched.in_term(asked), watched.time_ratio(asked), overdue(sample, others, asked)]
}

impl Tally {
    fn add(&mut self, procedure: &Procedure, asked: Asked) {
        match procedure.term().seen(procedure.closed, asked) {
            Seen::Outside => {}
            Seen::Running => self.running = self.running.saturating_add(1),
            Seen::Overdue => self.overdue = self.overdue.saturating_add(1),
            Seen::Closed { taken, kept } => {
                self.closed = self.closed.saturating_add(1);
                self.in_term = self.in_term.saturating_add(u64::from(kept));
                self.taken = self.taken.saturating_add(taken);
                self.allowed = self.allowed.saturating_add(u64::from(procedure.term));
            }
        }
    }

    /// How many were there at all in those days.
    const fn facts(&self) -> u64 {
        self.closed.saturating_add(self.overdue).saturating_add(self.running)
    }
}

/// The procedures shares and times are told of.
struct Watched {
    of: Tally,
    left_out: u64,
    in_term: Method,
    time_ratio: Method,
}

impl Watched {
    const fn all(of: Tally) -> Self {
        Self { of, left_out: 0, in_term: IN_TERM, time_ratio: TIME_RATIO }
    }

    const fn sample(of: Tally, others: Tally) -> Self {
        let left_out = others.facts();
        Self { of, left_out, in_term: IN_TERM_SAMPLED, time_ratio: TIME_RATIO_SAMPLED }
    }

    fn in_term(&self, asked: Asked) -> Computed {
        let counted = self.of.closed.saturating_add(self.of.overdue);
        let left_out = left_out(&[(RUNNING, self.of.running), (OUTSIDE_SAMPLE, self.left_out)]);
        let outcome = self.ratio(self.of.in_term, counted);
        let computed = computed("T6.in_term", self.in_term, asked, outcome);
        Computed { percent: true, counted, left_out, ..computed }
    }

    fn time_ratio(&self, asked: Asked) -> Computed {
        let left_out =
            left_out(&[(RUNNING, self.of.running), (LATE, self.of.overdue), (OUTSIDE_SAMPLE, self.left_out)]);
        let outcome = self.ratio(self.of.taken, self.of.allowed);
        let computed = computed("T6.time_ratio", self.time_ratio, asked, outcome);
        Computed { percent: true, counted: self.of.closed, left_out, ..computed }
    }

    fn ratio(&self, numerator: u64, denominator: u64) -> Outcome {
        if self.of.facts() == 0 {
            return Outcome::NotComputable(NotComputable::NoFacts);
        }
        Outcome::ratio(Decimal::from(numerator), Decimal::from(denominator))
    }
}

fn overdue(sample: Tally, others: Tally, asked: Asked) -> Computed {
    let counted = sample.facts().saturating_add(others.facts());
    let outcome = if counted == 0 {
        Outcome::NotComputable(NotComputable::NoFacts)
    } else {
        Outcome::Number(Decimal::from(sample.overdue.saturating_add(others.overdue)))
    };
    Computed { counted, ..computed("T6.overdue", OVERDUE, asked, outcome) }
}

const fn computed(indicator: &'static str, method: Method, asked: Asked, outcome: Outcome) -> Computed {
    Computed {
        indicator,
        register: Register::Procedures,
        period: asked.period,
        method,
        outcome,
        percent: false,
        counted: 0,
        left_out: Vec::new(),
        whole: true,
    }
}
