//! A question of many indicators at once, as it travels and as it is kept.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use traguardo_documents::Word;
use traguardo_domain::fact::Grade;
use traguardo_domain::fault::Refused;
use traguardo_domain::group::GroupRef;
use traguardo_domain::period::Year;
use traguardo_domain::text::Code;
use traguardo_domain::{ComuneCode, FaultKind, Faults, Vocabulary};
use utoipa::ToSchema;
use validator::Validate;

use super::wire::GradeWord;
use crate::problem::Problem;

const MOST_INDICATORS: usize = 100;
const MOST_YEARS: usize = 10;
/// The most comuni a question is of: all there are.
pub(super) const MOST_COMUNI: usize = 8_000;
/// The most values an answer has.
pub(super) const MOST_CELLS: usize = 800_000;

/// What is told of many indicators: what each comune has, or what a group is like. Never both in one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figures {
    /// The values of those who are shown by name.
    Values,
    /// The statistics of the group.
    Statistics,
}

impl Vocabulary for Figures {
    const NAME: &'static str = "BenchmarkFigures";
    const MEANING: &'static str = "Che cosa si dice: i valori di chi si mostra per nome, oppure le statistiche del gruppo; mai insieme.";

    fn all() -> &'static [Self] {
        &[Self::Values, Self::Statistics]
    }

    fn word(self) -> &'static str {
        match self {
            Self::Values => "values",
            Self::Statistics => "statistics",
        }
    }
}

/// What is told, as it travels.
pub(crate) type FiguresWord = Word<Figures>;

/// Molti indicatori di molti comuni, o di un gruppo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"indicators": ["T1.itp", "T1.tmp"], "years": [2025], "group": "region:03", "figures": "values"}))]
pub(crate) struct BenchmarkQuestion {
    /// Gli indicatori.
    #[schema(min_items = 1, max_items = 100, value_type = Vec<QuestionIndicator>)]
    indicators: Vec<String>,
    /// Gli anni.
    #[schema(min_items = 1, max_items = 10, minimum = 1861, maximum = 2200)]
    years: Vec<i32>,
    /// Il gruppo; non insieme a `comuni`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 47, pattern = "^[A-Za-z0-9:._/-]+$")]
    group: Option<String>,
    /// I comuni, per codice catastale; non insieme a `group`. Si vedono come li vede chiunque, o una regione.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 1, max_items = 8_000, value_type = Option<Vec<QuestionComune>>)]
    comuni: Option<Vec<String>>,
    /// La qualità minima; qualunque, se non si dice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    least_grade: Option<GradeWord>,
    /// Valori o statistiche; valori, se non si dice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    figures: Option<FiguresWord>,
}

/// Il codice di un indicatore condiviso.
#[derive(ToSchema)]
#[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1.itp")]
#[expect(dead_code, reason = "gives the items of a list their bounds in the published schema")]
struct QuestionIndicator(String);

/// Il codice catastale di un comune.
#[derive(ToSchema)]
#[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$", example = "L454")]
#[expect(dead_code, reason = "gives the items of a list their bounds in the published schema")]
struct QuestionComune(String);

/// Of whom a question is.
#[derive(Debug, Clone)]
pub(crate) enum Whom {
    /// A group.
    Group(GroupRef),
    /// These comuni.
    Comuni(Vec<ComuneCode>),
}

/// A question that was understood.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) indicators: Vec<Code>,
    pub(crate) years: Vec<Year>,
    pub(crate) whom: Whom,
    pub(crate) least: Grade,
    pub(crate) figures: Figures,
}

impl BenchmarkQuestion {
    /// Understands it.
    ///
    /// # Errors
    /// 422 with everything that is wrong with it, placed below `at`.
    pub(crate) fn read(&self, at: &str) -> Result<Question, Problem> {
        let mut faults = Faults::new();
        let mut whole = Whole { at, faults: &mut faults };
        let indicators =
            whole.list("indicators", &self.indicators, MOST_INDICATORS, |code| Code::parse(code));
        let years = whole.list("years", &self.years, MOST_YEARS, |year| Year::parse(*year));
        let figures = self.figures.map_or(Figures::Values, |word| word.0);
        let whom = match (&self.group, &self.comuni) {
            (Some(group), None) => whole.one("group", GroupRef::parse(group)).map(Whom::Group),
            (None, Some(comuni)) if figures == Figures::Values => {
                whole.list("comuni", comuni, MOST_COMUNI, |code| ComuneCode::parse(code)).map(Whom::Comuni)
            }
            (None, Some(_)) => whole.refuse("comuni", "Le statistiche sono di un gruppo."),
            (Some(_), Some(_)) => whole.refuse("comuni", "Un gruppo, oppure dei comuni: non insieme."),
            (None, None) => whole.refuse("group", "Serve un gruppo, oppure dei comuni."),
        };
        let least = self.least_grade.map_or(Grade::D, |word| word.0);
        let question =
            (|| Some(Question { indicators: indicators?, years: years?, whom: whom?, least, figures }))();
        faults.finish(question).map_err(Problem::invalid)
    }
}

/// The reading of a question, fault by fault.
struct Whole<'r> {
    at: &'r str,
    faults: &'r mut Faults,
}

impl Whole<'_> {
    fn one<T>(&mut self, member: &str, read: Result<T, Refused>) -> Option<T> {
        self.faults.take(&format!("{}/{member}", self.at), read)
    }

    fn refuse<T>(&mut self, member: &str, detail: &'static str) -> Option<T> {
        self.one(member, Err(Refused::new(FaultKind::Inconsistent, detail)))
    }

    /// A list of some, none of them twice.
    fn list<S, T: Ord + Clone>(
        &mut self,
        member: &str,
        items: &[S],
        most: usize,
        read: impl Fn(&S) -> Result<T, Refused>,
    ) -> Option<Vec<T>> {
        if !(1..=most).contains(&items.len()) {
            let detail = format!("Da 1 a {most}.");
            return self.one(member, Err(Refused::new(FaultKind::OutOfBounds, detail)));
        }
        let mut seen = BTreeSet::new();
        let mut list = Vec::with_capacity(items.len());
        for (place, item) in items.iter().enumerate() {
            let found = self.one(&format!("{member}/{place}"), read(item));
            if let Some(found) = found {
                if seen.insert(found.clone()) {
                    list.push(found);
                } else {
                    return self.refuse(&format!("{member}/{place}"), "C'è già.");
                }
            }
        }
        (list.len() == items.len()).then_some(list)
    }
}
