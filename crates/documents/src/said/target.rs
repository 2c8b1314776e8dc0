//! Targets as they are written.

use serde::Deserialize;
use traguardo_domain::FaultKind;
use traguardo_domain::figure::Figure;
use traguardo_domain::reading;
use traguardo_domain::said::{Said, Words};
use traguardo_domain::target::{Target, TargetPart};
use utoipa::ToSchema;

use super::deadline::DeadlineBody;
use super::{Depth, allowed_parts, figure, needed, unsaid};
use crate::context::Context;
use crate::reader::Reader;
use crate::word::{ComparisonWord, MeasureWord};

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
