//! The figures of the register of procedures: how many were closed in term, how long they took beside how long they might have,
//! how many are overdue.
//!
//! Where a structure watches a sample, shares and times are those of the sample, and what is not of it is left out and counted;
//! where another watches all, all of its own are put beside. What is overdue is counted of all the register knows.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Procedure;
use crate::feeder::{Asked, Computed, Method, NotComputable, Outcome, SettingsFacts, Within};
use crate::register::{Entry as _, Register};
use crate::term::{Seen, left_out};
use crate::unit::UnitId;

const IN_TERM: Method = Method {
    code: "procedures_in_term",
    version: 2,
    words: "Al numeratore i procedimenti chiusi nel periodo entro il proprio termine, in giorni di calendario, non contato quello di avvio e al netto dei giorni di sospensione. Al denominatore tutti quelli chiusi nel periodo e quelli che alla fine sono ancora aperti e il cui termine è scaduto nel periodo. Un campione di meno di un decimo dei chiusi di una struttura non vale, e contano tutti.",
};

const IN_TERM_SAMPLED: Method = Method {
    code: "procedures_in_term_sampled",
    version: 2,
    words: "Al numeratore i procedimenti chiusi nel periodo entro il proprio termine, in giorni di calendario, non contato quello di avvio e al netto dei giorni di sospensione. Al denominatore quelli chiusi nel periodo e quelli che alla fine sono ancora aperti e il cui termine è scaduto nel periodo. Di una struttura con un campione contano solo quelli del campione, se è almeno un decimo di quelli che ha chiuso nel periodo; delle altre contano tutti.",
};

const TIME_RATIO: Method = Method {
    code: "procedures_time_ratio",
    version: 1,
    words: "Giorni di calendario impiegati dai procedimenti chiusi nel periodo, al netto dei giorni di sospensione (contati una volta sola se si sovrappongono), divisi per la somma dei loro termini. Un campione di meno di un decimo dei chiusi di una struttura non vale, e contano tutti.",
};

const TIME_RATIO_SAMPLED: Method = Method {
    code: "procedures_time_ratio_sampled",
    version: 2,
    words: "Giorni di calendario impiegati dai procedimenti chiusi nel periodo, al netto dei giorni di sospensione (contati una volta sola se si sovrappongono), divisi per la somma dei loro termini. Di una struttura con un campione contano solo quelli del campione, se è almeno un decimo di quelli che ha chiuso nel periodo; delle altre contano tutti.",
};

const OVERDUE: Method = Method {
    code: "procedures_overdue",
    version: 1,
    words: "Procedimenti del registro, dentro o fuori dal campione, ancora aperti alla fine del periodo con il termine già scaduto, sospensioni comprese. Un termine che finisce quel giorno non è ancora scaduto.",
};

const RUNNING: (&str, &str) = ("still_open", "Ancora aperti e nei termini");
const LATE: (&str, &str) = ("overdue", "Ancora aperti con il termine scaduto");
const BEFORE: (&str, &str) = ("overdue_before", "Ancora aperti con il termine scaduto prima del periodo");
const OUTSIDE_SAMPLE: (&str, &str) = ("outside_sample", "Fuori dal campione");

/// What was counted of the procedures.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    closed: u64,
    in_term: u64,
    taken: u64,
    allowed: u64,
    /// Open with their term over, whenever it ran out.
    overdue: u64,
    /// Those of them whose term ran out in the period.
    ran_out: u64,
    running: u64,
}

/// The procedures of one structure.
#[derive(Debug, Clone, Copy, Default)]
struct Structure {
    sample: Tally,
    others: Tally,
}

/// The shared figures the register of procedures fills: `T6.in_term`, `T6.time_ratio` and `T6.overdue`.
#[must_use]
pub fn figures(
    entries: &[Procedure],
    within: Within<'_>,
    asked: Asked,
    _settings: &SettingsFacts,
) -> Vec<Computed> {
    let mut structures: BTreeMap<Option<UnitId>, Structure> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| within.holds(entry.unit())) {
        let structure = structures.entry(entry.unit()).or_default();
        let tally = if entry.sampled { &mut structure.sample } else { &mut structure.others };
        tally.add(entry, asked);
    }
    let watched = Watched::of(structures.values());
    let all = structures.values().fold(Tally::default(), |sum, one| sum.and(one.all()));
    vec![watched.in_term(asked), watched.time_ratio(asked), overdue(all, asked)]
}

impl Tally {
    fn add(&mut self, procedure: &Procedure, asked: Asked) {
        match procedure.term().seen(procedure.closed, asked) {
            Seen::Outside => {}
            Seen::Running => self.running = self.running.saturating_add(1),
            Seen::Overdue => {
                let ran_out = procedure.term().ran_out_in(asked.period);
                self.overdue = self.overdue.saturating_add(1);
                self.ran_out = self.ran_out.saturating_add(u64::from(ran_out));
            }
            Seen::Closed { taken, kept } => {
                self.closed = self.closed.saturating_add(1);
                self.in_term = self.in_term.saturating_add(u64::from(kept));
                self.taken = self.taken.saturating_add(taken);
                self.allowed = self.allowed.saturating_add(u64::from(procedure.term));
            }
        }
    }

    /// Both together.
    const fn and(self, other: Self) -> Self {
        Self {
            closed: self.closed.saturating_add(other.closed),
            in_term: self.in_term.saturating_add(other.in_term),
            taken: self.taken.saturating_add(other.taken),
            allowed: self.allowed.saturating_add(other.allowed),
            overdue: self.overdue.saturating_add(other.overdue),
            ran_out: self.ran_out.saturating_add(other.ran_out),
            running: self.running.saturating_add(other.running),
        }
    }

    /// How many were there at all in those days.
    const fn facts(&self) -> u64 {
        self.closed.saturating_add(self.overdue).saturating_add(self.running)
    }
}

impl Structure {
    /// Of how many closed ones a sample has to have one.
    const SAMPLE_OF: u64 = 10;

    const fn all(self) -> Tally {
        self.sample.and(self.others)
    }

    /// Whether the sample speaks for it: one that leaves more than nine of ten outside says nothing of them.
    const fn is_sampled(self) -> bool {
        let sampled = self.sample.closed;
        sampled > 0 && sampled.saturating_mul(Self::SAMPLE_OF) >= self.all().closed
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
    /// Those of the sample of each structure that has one, and all of each that has none.
    fn of<'s>(structures: impl IntoIterator<Item = &'s Structure>) -> Self {
        let none = Tally::default();
        let mut watched = Self { of: none, left_out: 0, in_term: IN_TERM, time_ratio: TIME_RATIO };
        for structure in structures {
            if structure.is_sampled() {
                watched.of = watched.of.and(structure.sample);
                watched.left_out = watched.left_out.saturating_add(structure.others.facts());
                (watched.in_term, watched.time_ratio) = (IN_TERM_SAMPLED, TIME_RATIO_SAMPLED);
            } else {
                watched.of = watched.of.and(structure.all());
            }
        }
        watched
    }

    fn in_term(&self, asked: Asked) -> Computed {
        let counted = self.of.closed.saturating_add(self.of.ran_out);
        let before = self.of.overdue.saturating_sub(self.of.ran_out);
        let left_out =
            left_out(&[(RUNNING, self.of.running), (BEFORE, before), (OUTSIDE_SAMPLE, self.left_out)]);
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

fn overdue(all: Tally, asked: Asked) -> Computed {
    let counted = all.facts();
    let outcome = if counted == 0 {
        Outcome::NotComputable(NotComputable::NoFacts)
    } else {
        Outcome::Number(Decimal::from(all.overdue))
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
