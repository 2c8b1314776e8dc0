//! Values: what was measured, typed. Zero, nothing, "does not apply" and "cannot be judged" are different things.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::kind::ValueKind;
use crate::figure::Figure;
use crate::said::Words;

/// What was measured.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Value {
    /// A number, in the unit of the indicator.
    Number {
        /// How much.
        figure: Figure,
    },
    /// So many of so many, both kept.
    Ratio {
        /// So many.
        numerator: Figure,
        /// Of so many; zero makes it impossible to judge, not zero.
        denominator: Figure,
    },
    /// Done, or not.
    Done {
        /// Whether it was.
        done: bool,
    },
    /// The day it was done; none when it was not yet.
    Day {
        /// The day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        day: Option<NaiveDate>,
        /// The day the term is counted from, where it is relative to something.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<NaiveDate>,
    },
    /// A point of a scale.
    Point {
        /// Which.
        figure: Figure,
    },
    /// What somebody judged, from nothing to a hundred.
    Judgement {
        /// How much.
        percent: Figure,
    },
    /// A value for each part of an indicator that has several, in their order.
    Parts {
        /// The values; one may be missing.
        parts: Vec<Option<Value>>,
    },
    /// Words: a person has to judge.
    Text {
        /// The words.
        words: Words,
    },
    /// It does not apply in this period: there is nothing to measure, and there should not be.
    NotApplicable {
        /// Why.
        reason: Words,
    },
    /// It applies, and it cannot be judged.
    NotEvaluable {
        /// Why.
        reason: Words,
    },
}

impl Value {
    /// The most parts of a value.
    pub const MOST_PARTS: usize = 50;

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> ValueKind {
        match self {
            Self::Number { .. } => ValueKind::Number,
            Self::Ratio { .. } => ValueKind::Ratio,
            Self::Done { .. } => ValueKind::Done,
            Self::Day { .. } => ValueKind::Day,
            Self::Point { .. } => ValueKind::Point,
            Self::Judgement { .. } => ValueKind::Judgement,
            Self::Parts { .. } => ValueKind::Parts,
            Self::Text { .. } => ValueKind::Text,
            Self::NotApplicable { .. } => ValueKind::NotApplicable,
            Self::NotEvaluable { .. } => ValueKind::NotEvaluable,
        }
    }
}
