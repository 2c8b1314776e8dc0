//! Deadlines as they are written.

use serde::Deserialize;
use traguardo_domain::FaultKind;
use traguardo_domain::deadline::{Deadline, DeadlinePart};
use traguardo_domain::reading;
use traguardo_domain::said::{Said, Words};
use utoipa::ToSchema;

use super::{Depth, allowed_parts, needed, unsaid};
use crate::context::Context;
use crate::reader::{Reader, day};
use crate::word::RecurrenceWord;

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

impl DeadlineBody {
    pub(super) fn read(self, at: &mut Reader<'_>, context: &Context<'_>, depth: Depth) -> Option<Deadline> {
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
