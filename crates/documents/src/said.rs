//! Targets, deadlines and weights as they are written: words, a value, or both. Words alone are understood here.

use serde::Deserialize;
use traguardo_domain::FaultKind;
use traguardo_domain::deadline::{Deadline, DeadlinePart};
use traguardo_domain::figure::Figure;
use traguardo_domain::reading;
use traguardo_domain::said::{Said, Words};
use traguardo_domain::target::{Target, TargetPart};
use traguardo_domain::text::Code;
use traguardo_domain::weight::Weight;
use utoipa::ToSchema;

use crate::context::Context;
use crate::reader::{Reader, day};
use crate::word::{ComparisonWord, MeasureWord, RecurrenceWord};

/// Il genere di un valore atteso.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "bound")]
pub enum TargetType {
    /// Una cifra e come il risultato deve starle.
    Bound,
    /// Fra due cifre.
    Range,
    /// Una parte di un intero.
    Fraction,
    /// Una variazione rispetto alla base.
    Change,
    /// Fatto o non fatto.
    Done,
    /// Fatto entro un tempo.
    By,
    /// Più valori scritti insieme.
    Parts,
    /// Parole.
    Text,
}

/// Il valore atteso di un indicatore. Quali membri servono dipende da `type`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Target, example = json!({"type": "bound", "comparison": "at_most", "figure": "0", "measure": "days"}))]
pub struct TargetBody {
    /// Il genere.
    #[serde(rename = "type")]
    kind: TargetType,
    /// Per `bound`, `fraction`, `change`: come il risultato deve stare alla cifra.
    #[schema(nullable = false)]
    comparison: Option<ComparisonWord>,
    /// Per `bound` e `change`: la cifra; in `change` il segno dice se cresce o cala.
    #[schema(
        nullable = false,
        max_length = 23,
        pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$",
        example = "3.5"
    )]
    figure: Option<String>,
    /// Per `bound`: il massimo della scala («3,5 su 5»).
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "5")]
    out_of: Option<String>,
    /// Per `range`: la cifra più bassa.
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "90")]
    low: Option<String>,
    /// Per `range`: se la cifra più bassa basta; altrimenti va superata.
    #[schema(nullable = false)]
    low_included: Option<bool>,
    /// Per `range`: la cifra più alta.
    #[schema(
        nullable = false,
        max_length = 23,
        pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$",
        example = "100"
    )]
    high: Option<String>,
    /// Per `range`: se la cifra più alta è ancora dentro.
    #[schema(nullable = false)]
    high_included: Option<bool>,
    /// Per `fraction`: le parti.
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "1")]
    numerator: Option<String>,
    /// Per `fraction`: di quante.
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "3")]
    denominator: Option<String>,
    /// Per `bound`, `range`, `change`: l'unità di misura.
    #[schema(nullable = false)]
    measure: Option<MeasureWord>,
    /// Per `by`: il tempo.
    #[schema(nullable = false)]
    deadline: Option<DeadlineBody>,
    /// Per `parts`: i valori, nell'ordine; nessuno ha parti a sua volta.
    #[schema(nullable = false, min_items = 0, max_items = 50, no_recursion)]
    parts: Option<Vec<SaidTarget>>,
}

/// Un valore atteso: le parole del piano, il valore, o entrambi. Le sole parole sono interpretate.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"words": "almeno il 70%", "value": {"type": "bound", "comparison": "at_least", "figure": "70", "measure": "percent"}}))]
pub struct SaidTarget {
    /// Le parole, come sono scritte.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    words: Option<String>,
    /// Il valore.
    #[schema(nullable = false)]
    value: Option<TargetBody>,
}

/// Il genere di una scadenza.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "date")]
pub enum DeadlineType {
    /// Un giorno.
    Date,
    /// Un mese.
    Month,
    /// Da un giorno a un giorno.
    Span,
    /// I termini di legge.
    LegalTerm,
    /// Un avvenimento.
    Event,
    /// Giorni dopo un'altra parte.
    Relative,
    /// Ricorrente.
    Recurring,
    /// Continua.
    Continuous,
    /// Una data che non esiste, tenuta com'è scritta.
    Impossible,
    /// Più scadenze scritte insieme.
    Parts,
    /// Parole.
    Text,
}

/// Una scadenza. Quali membri servono dipende da `type`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Deadline, example = json!({"type": "date", "day": "2025-12-31"}))]
pub struct DeadlineBody {
    /// Il genere.
    #[serde(rename = "type")]
    kind: DeadlineType,
    /// Per `date`: il giorno.
    #[schema(nullable = false, format = "date", max_length = 10, example = "2025-12-31")]
    day: Option<String>,
    /// Per `month`: il mese, da 1 a 12.
    #[schema(nullable = false, minimum = 1, maximum = 12, example = 11)]
    month: Option<u8>,
    /// Per `month`: l'anno, se è detto.
    #[schema(nullable = false, minimum = 0, maximum = 9999, example = 2025)]
    year: Option<i32>,
    /// Per `span`: il primo giorno.
    #[schema(nullable = false, format = "date", max_length = 10, example = "2025-01-01")]
    from: Option<String>,
    /// Per `span`: l'ultimo giorno.
    #[schema(nullable = false, format = "date", max_length = 10, example = "2025-03-31")]
    to: Option<String>,
    /// Per `event` e `relative`: quanti giorni dopo; negativi, prima.
    #[schema(nullable = false, minimum = -10000, maximum = 10000, example = 60)]
    days: Option<i32>,
    /// Per `relative`: il numero della parte da cui si conta.
    #[schema(nullable = false, minimum = 1, maximum = 99, example = 1)]
    after_part: Option<u8>,
    /// Per `recurring`: ogni quanto.
    #[schema(nullable = false)]
    every: Option<RecurrenceWord>,
    /// Per `recurring`: i giorni in cui cade, se sono detti.
    #[schema(nullable = false, min_items = 0, max_items = 400, value_type = Option<Vec<chrono::NaiveDate>>)]
    on: Option<Vec<String>>,
    /// Per `impossible`: il giorno com'è scritto.
    #[schema(nullable = false, minimum = 0, maximum = 99, example = 31)]
    written_day: Option<u8>,
    /// Per `impossible`: il mese com'è scritto.
    #[schema(nullable = false, minimum = 0, maximum = 99, example = 6)]
    written_month: Option<u8>,
    /// Per `impossible`: l'anno com'è scritto.
    #[schema(nullable = false, minimum = 0, maximum = 9999, example = 2024)]
    written_year: Option<i32>,
    /// Per `impossible`: il giorno che forse si voleva dire.
    #[schema(nullable = false, format = "date", max_length = 10, example = "2024-06-30")]
    suggested: Option<String>,
    /// Per `parts`: le scadenze, nell'ordine; nessuna ha parti a sua volta.
    #[schema(nullable = false, min_items = 0, max_items = 50, no_recursion)]
    parts: Option<Vec<SaidDeadline>>,
}

/// Una scadenza: le parole del piano, il valore, o entrambi. Le sole parole sono interpretate.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"words": "entro il 31/12/2025", "value": {"type": "date", "day": "2025-12-31"}}))]
pub struct SaidDeadline {
    /// Le parole, come sono scritte.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    words: Option<String>,
    /// Il valore.
    #[schema(nullable = false)]
    value: Option<DeadlineBody>,
}

/// Il genere di un peso.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "percent")]
pub enum WeightType {
    /// Una percentuale.
    Percent,
    /// Una classe della scala del piano.
    Class,
    /// Parole che non dicono un peso, o ne dicono due.
    Unclear,
}

/// Un peso. Quali membri servono dipende da `type`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Weight, example = json!({"type": "percent", "percent": "20"}))]
pub struct WeightBody {
    /// Il genere.
    #[serde(rename = "type")]
    kind: WeightType,
    /// Per `percent`: la percentuale.
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "20")]
    percent: Option<String>,
    /// Per `class`: il codice della classe nella scala del piano.
    #[schema(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "1")]
    class: Option<String>,
}

/// Un peso: le parole del piano, il valore, o entrambi. Le sole parole sono interpretate.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"words": "20%", "value": {"type": "percent", "percent": "20"}}))]
pub struct SaidWeight {
    /// Le parole, come sono scritte.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    words: Option<String>,
    /// Il valore.
    #[schema(nullable = false)]
    value: Option<WeightBody>,
}

/// Whether parts may stand here: in a value they may, in a part they may not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Whole,
    Part,
}

impl SaidTarget {
    /// Reads it.
    pub fn read(self, at: &mut Reader<'_>, context: &Context<'_>) -> Option<Said<Target>> {
        self.read_at(at, context, Depth::Whole)
    }

    fn read_at(self, at: &mut Reader<'_>, context: &Context<'_>, depth: Depth) -> Option<Said<Target>> {
        let words = at.maybe("words", self.words.as_ref(), Words::parse);
        let value = match (self.value, &words) {
            (Some(value), _) => value.read(&mut at.member("value"), context, depth)?,
            (None, Some(words)) => reading::target(words, Some(context.year)).value,
            // Words that cannot be kept were refused already.
            (None, None) if self.words.is_some() => return None,
            (None, None) => return unsaid(at),
        };
        Some(Said { words, value })
    }
}

impl SaidDeadline {
    /// Reads it.
    pub fn read(self, at: &mut Reader<'_>, context: &Context<'_>) -> Option<Said<Deadline>> {
        self.read_at(at, context, Depth::Whole)
    }

    fn read_at(self, at: &mut Reader<'_>, context: &Context<'_>, depth: Depth) -> Option<Said<Deadline>> {
        let words = at.maybe("words", self.words.as_ref(), Words::parse);
        let value = match (self.value, &words) {
            (Some(value), _) => value.read(&mut at.member("value"), context, depth)?,
            (None, Some(words)) => reading::deadline(words, Some(context.year)).value,
            // Words that cannot be kept were refused already.
            (None, None) if self.words.is_some() => return None,
            (None, None) => return unsaid(at),
        };
        Some(Said { words, value })
    }
}

impl SaidWeight {
    /// Reads it.
    pub fn read(self, at: &mut Reader<'_>, context: &Context<'_>) -> Option<Said<Weight>> {
        let words = at.maybe("words", self.words.as_ref(), Words::parse);
        let value = match (self.value, &words) {
            (Some(value), _) => value.read(&mut at.member("value"))?,
            (None, Some(words)) => reading::weight(words, context.scale).value,
            // Words that cannot be kept were refused already.
            (None, None) if self.words.is_some() => return None,
            (None, None) => return unsaid(at),
        };
        Some(Said { words, value })
    }
}

/// Neither words nor a value: nothing was said.
fn unsaid<T>(at: &mut Reader<'_>) -> Option<T> {
    at.fault("", FaultKind::Missing, "Servono le parole, il valore, o entrambi.");
    None
}

/// A member that this type of value needs.
fn needed<T>(at: &mut Reader<'_>, name: &str, value: Option<T>) -> Option<T> {
    if value.is_none() {
        at.fault(name, FaultKind::Missing, "Per questo tipo serve.");
    }
    value
}

/// A figure that this type of value needs.
fn figure(at: &mut Reader<'_>, name: &str, text: Option<&String>) -> Option<Figure> {
    let text = needed(at, name, text)?;
    at.take(name, Figure::parse(text))
}

impl TargetBody {
    fn read(self, at: &mut Reader<'_>, context: &Context<'_>, depth: Depth) -> Option<Target> {
        let measure = self.measure.map(|measure| measure.0);
        match self.kind {
            TargetType::Bound => {
                let comparison = needed(at, "comparison", self.comparison).map(|word| word.0);
                let figure = figure(at, "figure", self.figure.as_ref());
                let out_of = at.maybe("out_of", self.out_of.as_ref(), Figure::parse);
                Some(Target::Bound { comparison: comparison?, figure: figure?, out_of, measure })
            }
            TargetType::Range => self.read_range(at),
            TargetType::Fraction => {
                let comparison = needed(at, "comparison", self.comparison).map(|word| word.0);
                let numerator = figure(at, "numerator", self.numerator.as_ref());
                let denominator = figure(at, "denominator", self.denominator.as_ref())?;
                if denominator == Figure::ZERO {
                    at.fault("denominator", FaultKind::OutOfBounds, "Non può essere zero.");
                }
                Some(Target::Fraction { comparison: comparison?, numerator: numerator?, denominator })
            }
            TargetType::Change => {
                let comparison = needed(at, "comparison", self.comparison).map(|word| word.0);
                let figure = figure(at, "figure", self.figure.as_ref());
                Some(Target::Change { comparison: comparison?, figure: figure?, measure })
            }
            TargetType::Done => Some(Target::Done),
            TargetType::By => {
                let deadline = needed(at, "deadline", self.deadline)?;
                let deadline = deadline.read(&mut at.member("deadline"), context, Depth::Part)?;
                Some(Target::By { deadline })
            }
            TargetType::Parts => {
                let parts = allowed_parts(at, self.parts, depth)?;
                let parts = at.each("parts", parts, Target::MOST_PARTS, |part, at| {
                    let Said { words, value } = part.read_at(at, context, Depth::Part)?;
                    Some(TargetPart { words, value })
                });
                Some(Target::Parts { parts })
            }
            TargetType::Text => Some(Target::Text),
        }
    }

    fn read_range(self, at: &mut Reader<'_>) -> Option<Target> {
        let low = figure(at, "low", self.low.as_ref());
        let high = figure(at, "high", self.high.as_ref());
        let (low, high) = (low?, high?);
        if high < low {
            at.fault("high", FaultKind::Inconsistent, "È minore di low.");
        }
        Some(Target::Range {
            low,
            low_included: self.low_included.unwrap_or(true),
            high,
            high_included: self.high_included.unwrap_or(true),
            measure: self.measure.map(|measure| measure.0),
        })
    }
}

/// Parts, where they may stand.
fn allowed_parts<T>(at: &mut Reader<'_>, parts: Option<Vec<T>>, depth: Depth) -> Option<Vec<T>> {
    if depth == Depth::Part {
        at.fault("parts", FaultKind::Inconsistent, "Una parte non ha parti a sua volta.");
        return None;
    }
    needed(at, "parts", parts)
}

impl DeadlineBody {
    fn read(self, at: &mut Reader<'_>, context: &Context<'_>, depth: Depth) -> Option<Deadline> {
        match self.kind {
            DeadlineType::Date => {
                let text = needed(at, "day", self.day)?;
                at.take("day", day(&text)).map(|day| Deadline::Date { day })
            }
            DeadlineType::Month => {
                let month = needed(at, "month", self.month)?;
                if !(1..=12).contains(&month) {
                    at.fault("month", FaultKind::OutOfBounds, "Da 1 a 12.");
                }
                Some(Deadline::Month { month, year: bounded_year(at, "year", self.year) })
            }
            DeadlineType::Span => self.read_span(at),
            DeadlineType::LegalTerm => Some(Deadline::LegalTerm),
            DeadlineType::Event => Some(Deadline::Event { days: bounded_days(at, self.days) }),
            DeadlineType::Relative => {
                let days = needed(at, "days", self.days);
                let days = bounded_days(at, days);
                let after_part = needed(at, "after_part", self.after_part);
                Some(Deadline::Relative { days: days?, after_part: after_part? })
            }
            DeadlineType::Recurring => {
                let every = needed(at, "every", self.every).map(|word| word.0);
                let days = self.on.unwrap_or_default();
                let days = at.each("on", days, 400, |text, at| at.take("", day(&text)));
                Some(Deadline::Recurring { every: every?, days })
            }
            DeadlineType::Continuous => Some(Deadline::Continuous),
            DeadlineType::Impossible => self.read_impossible(at),
            DeadlineType::Parts => {
                let parts = allowed_parts(at, self.parts, depth)?;
                let parts = at.each("parts", parts, Deadline::MOST_PARTS, |part, at| {
                    let Said { words, value } = part.read_at(at, context, Depth::Part)?;
                    Some(DeadlinePart { words, value })
                });
                Some(Deadline::Parts { parts })
            }
            DeadlineType::Text => Some(Deadline::Text),
        }
    }

    fn read_span(self, at: &mut Reader<'_>) -> Option<Deadline> {
        let from = needed(at, "from", self.from).and_then(|text| at.take("from", day(&text)));
        let to = needed(at, "to", self.to).and_then(|text| at.take("to", day(&text)));
        let (from, to) = (from?, to?);
        if to < from {
            at.fault("to", FaultKind::Inconsistent, "Viene prima di from.");
        }
        Some(Deadline::Span { from, to })
    }

    fn read_impossible(self, at: &mut Reader<'_>) -> Option<Deadline> {
        let written_day = needed(at, "written_day", self.written_day);
        let written_month = needed(at, "written_month", self.written_month);
        let written_year = needed(at, "written_year", self.written_year);
        let year = bounded_year(at, "written_year", written_year);
        let suggested = at.maybe("suggested", self.suggested.as_ref(), day);
        Some(Deadline::Impossible { day: written_day?, month: written_month?, year: year?, suggested })
    }
}

fn bounded_year(at: &mut Reader<'_>, name: &str, year: Option<i32>) -> Option<i32> {
    if year.is_some_and(|year| !(0..=9999).contains(&year)) {
        at.fault(name, FaultKind::OutOfBounds, "Da 0 a 9999.");
    }
    year
}

fn bounded_days(at: &mut Reader<'_>, days: Option<i32>) -> Option<i32> {
    if days.is_some_and(|days| !(-10_000..=10_000).contains(&days)) {
        at.fault("days", FaultKind::OutOfBounds, "Da -10000 a 10000.");
    }
    days
}

impl WeightBody {
    fn read(self, at: &mut Reader<'_>) -> Option<Weight> {
        match self.kind {
            WeightType::Percent => {
                figure(at, "percent", self.percent.as_ref()).map(|percent| Weight::Percent { percent })
            }
            WeightType::Class => {
                let text = needed(at, "class", self.class)?;
                at.take("class", Code::parse(&text)).map(|class| Weight::Class { class })
            }
            WeightType::Unclear => Some(Weight::Unclear),
        }
    }
}
