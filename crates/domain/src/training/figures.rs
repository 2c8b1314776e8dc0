//! What is told of training: the share over the threshold, the hours a person, the share trained; nothing of fewer than five.

use rust_decimal::Decimal;

use super::groups::seen_on;
use super::people::{Person, people};
use super::{TrainingEntry, year_in, year_of};
use crate::feeder::{
    Asked, Computed, LeftOut, Method, NotComputable, Outcome, Proration, SettingsFacts, Within, how_many,
};
use crate::measurement::Span;
use crate::register::Register;

/// The fewest persons anything is told of.
pub(super) const FEWEST: usize = 5;

const fn over_threshold(proration: Proration) -> Method {
    let (code, version, words) = match proration {
        Proration::Months => (
            "training_threshold",
            2,
            "Dipendenti in servizio alla fine del periodo le cui ore con attestato, dall'inizio dell'anno, raggiungono la soglia dell'anno per il loro lavoro, diviso i dipendenti in servizio alla fine del periodo a cui ne è chiesta una. Per chi non è stato presente tutto l'anno la soglia è in dodicesimi, uno per ogni mese con almeno un giorno di servizio senza assenze lunghe.",
        ),
        Proration::Days => (
            "training_threshold_by_days_as_settled",
            1,
            "Dipendenti in servizio alla fine del periodo le cui ore con attestato, dall'inizio dell'anno, raggiungono la soglia dell'anno per il loro lavoro, diviso i dipendenti in servizio alla fine del periodo a cui ne è chiesta una. Per scelta del comune, per chi non è stato presente tutto l'anno la soglia è in proporzione ai giorni di servizio senza assenze lunghe.",
        ),
        Proration::Nothing => (
            "training_threshold_whole_as_settled",
            1,
            "Dipendenti in servizio alla fine del periodo le cui ore con attestato, dall'inizio dell'anno, raggiungono la soglia dell'anno per il loro lavoro, diviso i dipendenti in servizio alla fine del periodo a cui ne è chiesta una. Per scelta del comune la soglia è intera anche per chi non è stato presente tutto l'anno.",
        ),
    };
    Method { code, version, words }
}

const HOURS: Method = Method {
    code: "training_hours",
    version: 1,
    words: "Somma delle ore con attestato concluse dall'inizio dell'anno dai dipendenti in servizio alla fine del periodo, divisa per quei dipendenti. Chi non ha seguito corsi conta tra i dipendenti.",
};

const TRAINED: Method = Method {
    code: "training_concluded",
    version: 1,
    words: "Dipendenti in servizio alla fine del periodo con almeno un corso concluso con attestato dall'inizio dell'anno, diviso i dipendenti in servizio alla fine del periodo.",
};

const SYLLABUS: Method = Method {
    code: "training_syllabus",
    version: 1,
    words: "Dipendenti in servizio alla fine del periodo con almeno un corso della piattaforma Syllabus concluso con attestato dall'inizio dell'anno, diviso i dipendenti in servizio alla fine del periodo.",
};

/// The shared figures of training: of the year the period ends in, from its first day to the end of the period, of those in
/// service then.
#[must_use]
pub fn figures(
    entries: &[TrainingEntry],
    within: Within<'_>,
    asked: Asked,
    settings: &SettingsFacts,
) -> Vec<Computed> {
    let staff = Staff::of(entries, within, asked);
    let proration = settings.proration;
    vec![
        staff.of_asked(proration).told("T7.over_threshold", over_threshold(proration), true, |asked| {
            share(asked, |person| person.reaches(proration) == Some(true))
        }),
        staff.told("T7.hours", HOURS, false, hours_each),
        staff.told("T7.trained", TRAINED, true, |serving| {
            share(serving, |person| person.counted().next().is_some())
        }),
    ]
}

/// The share that concluded a course on the national platform: no shared indicator asks for it.
#[must_use]
pub fn on_syllabus(entries: &[TrainingEntry], within: Within<'_>, asked: Asked) -> Computed {
    Staff::of(entries, within, asked).told("T7.syllabus", SYLLABUS, true, |serving| {
        share(serving, |person| person.counted().any(|course| course.syllabus))
    })
}

/// The persons a figure is of.
struct Staff<'e> {
    serving: Vec<Person<'e>>,
    gone: usize,
    /// How many more are in service, of whom nothing is asked that the figure is about.
    unasked: usize,
    period: Span,
    /// Those in service elsewhere in the comune: who knows the figure of all and that of these could tell theirs.
    elsewhere: Vec<Person<'e>>,
    /// Why nothing is told of a larger group these are of.
    withheld: Option<NotComputable>,
}

impl<'e> Staff<'e> {
    fn of(entries: &'e [TrainingEntry], within: Within<'_>, asked: Asked) -> Self {
        let year = year_of(year_in(asked.period.to));
        let period = Span { from: year.from, to: asked.period.to };
        let end = seen_on(asked);
        let known = if end < year.from { &[] } else { entries };
        let (serving, gone): (Vec<_>, Vec<_>) =
            people(known, end, |unit| within.holds(unit)).into_iter().partition(Person::serves);
        let mut elsewhere = people(known, end, |unit| !within.holds(unit));
        elsewhere.retain(Person::serves);
        Self { serving, gone: gone.len(), unasked: 0, period, elsewhere, withheld: None }
    }

    /// Those of them of whom hours are asked. That the others are fewer than five may be seen from how many these are; what they
    /// did, from nothing.
    fn of_asked(&self, proration: Proration) -> Self {
        let asked = |persons: &[Person<'e>]| -> Vec<Person<'e>> {
            persons.iter().filter(|person| person.is_asked(proration)).cloned().collect()
        };
        let serving = asked(&self.serving);
        let unasked = self.serving.len().saturating_sub(serving.len());
        let elsewhere = asked(&self.elsewhere);
        Self { serving, gone: self.gone, unasked, period: self.period, elsewhere, withheld: self.untold() }
    }

    fn told(
        &self,
        indicator: &'static str,
        method: Method,
        percent: bool,
        outcome: impl FnOnce(&[Person<'e>]) -> Outcome,
    ) -> Computed {
        let refused = self.untold();
        let outcome = refused.map_or_else(|| outcome(&self.serving), Outcome::NotComputable);
        let (counted, left_out) =
            if refused.is_some() { (0, Vec::new()) } else { (how_many(self.serving.len()), self.left_out()) };
        let period = self.period;
        Computed {
            indicator,
            register: Register::Training,
            period,
            method,
            outcome,
            percent,
            counted,
            left_out,
            whole: true,
        }
    }

    /// Why nothing is told of them.
    fn untold(&self) -> Option<NotComputable> {
        if self.withheld.is_some() {
            return self.withheld;
        }
        let known = self.serving.len().saturating_add(self.unasked);
        if known == 0 && self.gone == 0 {
            return Some(NotComputable::NoFacts);
        }
        // That nothing is asked of anybody is told of all of them.
        let one_group = if self.serving.is_empty() { known } else { self.serving.len() };
        let few = one_group < FEWEST || (1..FEWEST).contains(&self.elsewhere.len());
        few.then_some(NotComputable::TooFew)
    }

    /// Who or whose hours did not count, in persons; of fewer than five only that there are some.
    fn left_out(&self) -> Vec<LeftOut> {
        let lacking = self.serving.iter().filter(|person| person.lacks_certificates()).count();
        let known = [
            ("not_in_service", "Dipendenti non più in servizio alla fine del periodo.", self.gone),
            (
                "without_certificate",
                "Dipendenti con corsi conclusi senza attestato: quelle ore non contano.",
                lacking,
            ),
            (
                "nothing_asked",
                "Dipendenti a cui non è chiesta alcuna ora: assenti tutto l'anno, o senza una soglia per il loro lavoro.",
                self.unasked,
            ),
        ];
        let told = known.iter().filter(|(_, _, count)| *count >= FEWEST);
        let told = told.map(|(why, words, count)| LeftOut { why, words, count: how_many(*count) });
        let few = known.iter().any(|(_, _, count)| (1..FEWEST).contains(count));
        let words =
            "Altri motivi che riguardano meno di cinque dipendenti ciascuno: quanti sono non si dice.";
        told.chain(few.then_some(LeftOut { why: "few", words, count: 0 })).collect()
    }
}

/// The hours a person.
fn hours_each(serving: &[Person<'_>]) -> Outcome {
    let sum = serving.iter().try_fold(Decimal::ZERO, |sum, person| sum.checked_add(person.hours()?));
    sum.map_or(Outcome::NotComputable(NotComputable::TooLarge), |sum| {
        Outcome::ratio(sum, decimal(serving.len()))
    })
}

fn share<'e>(serving: &[Person<'e>], holds: impl Fn(&Person<'e>) -> bool) -> Outcome {
    let some = serving.iter().filter(|person| holds(person)).count();
    Outcome::ratio(decimal(some), decimal(serving.len()))
}

fn decimal(count: usize) -> Decimal {
    Decimal::from(how_many(count))
}
