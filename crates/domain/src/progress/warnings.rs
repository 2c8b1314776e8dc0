//! Early warnings: what is late, what is about to be, what lags behind and what nobody tells of, each with its figures in words.

use chrono::{Datelike as _, NaiveDate, TimeDelta};

use super::{Far, Schedules};
use crate::assignment::Assignment;
use crate::figure::Figure;
use crate::measurable::{Known, Measurable, Part};
use crate::measurement::{Measurement, Standing, Value};
use crate::objective::Objective;
use crate::phase::Phase;
use crate::score::{How, NodeKind, Outcome, Percent, Scored};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What is to be looked at.
    WarningKind, "Tipo di segnalazione: in ritardo, a rischio, sotto il ritmo atteso, mai aggiornato." {
        /// The day it was due is over, and it is not done.
        Late = "late",
        /// It is due soon, and not on the way.
        AtRisk = "at_risk",
        /// Much less is done than expected.
        Behind = "behind",
        /// Nobody ever told of it.
        NeverUpdated = "never_updated",
    }
}

/// From when on warnings are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heed {
    /// How many days before it is due something is at risk, and how many days into the year something should have been told of.
    pub days: u16,
    /// By how many points more than this the done may be below the expected.
    pub points: Figure,
}

impl Default for Heed {
    /// A month, and twenty points.
    fn default() -> Self {
        Self { days: 30, points: Figure::whole(20) }
    }
}

/// Something to be looked at.
#[derive(Debug, Clone)]
pub struct Warning<'p> {
    /// What kind of thing.
    pub kind: WarningKind,
    /// Of which objective.
    pub objective: &'p Objective,
    /// In which structure.
    pub assignment: &'p Assignment,
    /// Of what in it; none when it is of the whole.
    pub thing: Option<Measurable<'p>>,
    /// The day it is due, where one day is meant.
    pub due: Option<NaiveDate>,
    /// How much is expected, where that is why.
    pub expected: Option<Percent>,
    /// How much is done, where that is known.
    pub done: Option<Percent>,
    /// Why, in words with its figures.
    pub words: String,
}

impl Warning<'_> {
    /// The most characters of the words.
    pub const MOST_WORDS: usize = 600;
}

/// What is to be looked at in one assignment. Only what counts in its score is looked at; an assignment where nothing counts, because
/// it was set aside or does not apply, is not.
pub(super) fn of<'p>(
    schedules: &Schedules,
    known: &Known<'_>,
    (things, scored): (&[Measurable<'p>], &Scored),
    at: NaiveDate,
    heed: Heed,
) -> Vec<Warning<'p>> {
    let (Some(far), Some(first)) = (schedules.far(scored, at), things.first()) else { return Vec::new() };
    let mut leaves = Vec::new();
    gather(scored, &mut leaves);
    let seen = Seen { year: schedules.year, at, heed };
    let single = leaves.iter().filter_map(|leaf| {
        let thing = thing_of(leaf, first)?;
        let schedule = schedules.schedule(leaf)?;
        seen.single(leaf, thing, known.of(&thing), (schedule.due(), schedule.expected(at)))
    });
    let mut warnings: Vec<Warning<'p>> = single.collect();
    let told = things.iter().any(|thing| known.told(thing).is_some());
    warnings.extend(if told { seen.behind(first, far) } else { seen.never_updated(first, far) });
    warnings
}

/// The parts of a result that carry values themselves.
fn gather<'s>(scored: &'s Scored, leaves: &mut Vec<&'s Scored>) {
    match &scored.how {
        How::Mean { parts, .. } => parts.iter().for_each(|part| gather(&part.scored, leaves)),
        How::Measured { .. } | How::Nothing { .. } => leaves.push(scored),
    }
}

/// What a leaf is of, in the objective and the structure of one of its things.
fn thing_of<'p>(leaf: &Scored, one: &Measurable<'p>) -> Option<Measurable<'p>> {
    let Measurable { objective, assignment, .. } = *one;
    let id = leaf.node.id?;
    let phases = || objective.facts.phases.iter();
    let part = match leaf.node.kind {
        NodeKind::Assignment => Some(Part::Objective),
        NodeKind::Phase => phases().find(|phase| phase.id.0 == id).map(Part::Phase),
        NodeKind::Indicator => {
            let own = objective.facts.indicators.iter().map(|one| (one, None));
            let below = |phase: &'p Phase| phase.facts.indicators.iter().map(move |one| (one, Some(phase)));
            let found = own.chain(phases().flat_map(below)).find(|(one, _)| one.id.0 == id);
            found.map(|(indicator, phase)| Part::Indicator(indicator, phase))
        }
        NodeKind::Comune | NodeKind::Unit => None,
    };
    Some(Measurable { objective, assignment, part: part? })
}

/// The day things are seen on, and what is heeded.
struct Seen {
    year: i32,
    at: NaiveDate,
    heed: Heed,
}

impl Seen {
    /// What one thing is to be looked at for.
    fn single<'p>(
        &self,
        leaf: &Scored,
        thing: Measurable<'p>,
        value: Option<&Measurement>,
        (due, expected): (NaiveDate, Percent),
    ) -> Option<Warning<'p>> {
        let done = match (value, leaf.judged.as_ref().map_or(leaf.outcome, |judged| judged.computed)) {
            (Some(_), Outcome::Reached { percent }) => Some(percent.within(Percent::FULL)),
            (None, _) => None,
            // It was said that it does not apply, or nothing can be computed from it: a person looks at it anyway.
            (Some(_), Outcome::Absent { .. }) => return None,
        };
        let kind = self.kind(value, (due, expected), done)?;
        let (when, state) = (self.when(kind, due), state(value, done, expected));
        let words = format!("«{}» {when}: {state}.", short(thing.label()));
        Some(Warning {
            kind,
            objective: thing.objective,
            assignment: thing.assignment,
            thing: Some(thing),
            due: Some(due),
            expected: Some(expected),
            done,
            words,
        })
    }

    /// Why a thing is to be looked at, if it is.
    fn kind(
        &self,
        value: Option<&Measurement>,
        (due, expected): (NaiveDate, Percent),
        done: Option<Percent>,
    ) -> Option<WarningKind> {
        let open = value.is_none() || says_not_yet(value);
        if self.at > due {
            let is_there = value.is_some_and(|one| tells_of(one, due) || done >= Some(Percent::FULL));
            return (open || !is_there).then_some(WarningKind::Late);
        }
        let soon = due.signed_duration_since(self.at) <= TimeDelta::days(i64::from(self.heed.days));
        let provisional = value.is_some_and(|one| one.facts.standing == Standing::Provisional);
        (soon && (open || (provisional && done < Some(expected)))).then_some(WarningKind::AtRisk)
    }

    fn when(&self, kind: WarningKind, due: NaiveDate) -> String {
        let days = due.signed_duration_since(self.at).num_days();
        match kind {
            WarningKind::Late => format!("era atteso entro il {}, {} fa", day(due), counted(days)),
            WarningKind::AtRisk | WarningKind::Behind | WarningKind::NeverUpdated if days == 0 => {
                format!("è atteso entro oggi, {}", day(due))
            }
            WarningKind::AtRisk | WarningKind::Behind | WarningKind::NeverUpdated => {
                format!("è atteso entro il {}, fra {}", day(due), counted(days))
            }
        }
    }

    /// Whether much less of an assignment is done than expected.
    fn behind<'p>(&self, of: &Measurable<'p>, far: Far) -> Option<Warning<'p>> {
        let below = far.expected.number().checked_sub(far.done.number())?;
        let words = format!(
            "Di «{}» al {} è atteso il {} ed è fatto il {}: {} punti in meno.",
            short(of.objective.facts.title.as_str()),
            day(self.at),
            percent(far.expected),
            percent(far.done),
            comma(Percent::of(below)),
        );
        (below > self.heed.points.number()).then(|| whole(WarningKind::Behind, of, far, words))
    }

    /// Whether nobody told of an assignment although the year has gone on for a while.
    fn never_updated<'p>(&self, of: &Measurable<'p>, far: Far) -> Option<Warning<'p>> {
        let first = NaiveDate::from_ymd_opt(self.year, 1, 1)?;
        let days = self.at.signed_duration_since(first).num_days();
        let words = format!(
            "Di «{}» non è mai stato inserito un dato, a {} dall'inizio dell'anno; al {} è atteso il {}.",
            short(of.objective.facts.title.as_str()),
            counted(days),
            day(self.at),
            percent(far.expected),
        );
        (days >= i64::from(self.heed.days)).then(|| whole(WarningKind::NeverUpdated, of, far, words))
    }
}

fn whole<'p>(kind: WarningKind, of: &Measurable<'p>, far: Far, words: String) -> Warning<'p> {
    Warning {
        kind,
        objective: of.objective,
        assignment: of.assignment,
        thing: None,
        due: None,
        expected: Some(far.expected),
        done: Some(far.done),
        words,
    }
}

/// Whether a value tells what came of something by the day it was due.
fn tells_of(one: &Measurement, due: NaiveDate) -> bool {
    one.facts.standing == Standing::Final
        || one.facts.period.to >= due
        || matches!(one.facts.value, Value::Day { day: Some(_), .. })
}

/// Whether it was said that something is not done.
fn says_not_yet(value: Option<&Measurement>) -> bool {
    let said = value.map(|one| &one.facts.value);
    matches!(said, Some(Value::Done { done: false } | Value::Day { day: None, .. }))
}

fn day(day: NaiveDate) -> String {
    format!("{}/{}/{}", day.day(), day.month(), day.year())
}

fn counted(days: i64) -> String {
    match days.saturating_abs() {
        1 => "un giorno".to_owned(),
        days => format!("{days} giorni"),
    }
}

fn comma(percent: Percent) -> String {
    percent.shown().to_string().replace('.', ",")
}

fn percent(percent: Percent) -> String {
    format!("{}%", comma(percent))
}

/// The beginning of a label, short enough for a sentence.
fn short(label: &str) -> String {
    const MOST: usize = 200;
    let mut characters = label.chars();
    let beginning: String = characters.by_ref().take(MOST).collect();
    if characters.next().is_some() { format!("{}…", beginning.trim_end()) } else { beginning }
}

/// What the value that stands says, in words.
fn state(value: Option<&Measurement>, done: Option<Percent>, expected: Percent) -> String {
    match (value, done) {
        (Some(one), _) if says_not_yet(value) => {
            format!("il dato al {} dice che non è ancora fatto", day(one.facts.period.to))
        }
        (Some(one), Some(done)) => format!(
            "c'è solo un dato provvisorio al {}, che vale il {} mentre oggi è atteso il {}",
            day(one.facts.period.to),
            percent(done),
            percent(expected)
        ),
        (Some(_) | None, _) => "non c'è alcun dato".to_owned(),
    }
}
