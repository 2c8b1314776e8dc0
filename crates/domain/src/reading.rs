//! Reads what people wrote in the cells of real plans: targets, deadlines, weights.
//!
//! A reading never replaces its words, says how sure it is, and remarks what a person should look at. What is not
//! understood stays a text: a wrong figure would be worse than none.

mod dates;
mod deadlines;
mod look_alikes;
mod numbers;
mod parts;
mod targets;
mod weights;
mod words;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use self::deadlines::deadline;
pub use self::look_alikes::{has_look_alikes, latin};
pub use self::targets::target;
pub use self::weights::weight;
use crate::said::{Said, Words};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// How sure a reading is; the surer the smaller.
    Confidence, "Quanto è sicura la lettura: certa, probabile, da verificare, nessuna." {
        /// The words say it and nothing else.
        Certain = "certain",
        /// The words say it, with a slip or something beside it.
        Likely = "likely",
        /// It is the best reading, and a person should look.
        Guess = "guess",
        /// Nothing was understood.
        None = "none",
    }
}

vocabulary! {
    /// The rule a remark is about.
    RemarkCode, "Regola a cui si riferisce l'osservazione: E01 data inesistente, E02 anno fuori dal piano, E03 scadenza a parole, E05 peso mancante, E06 peso non riconosciuto o contraddittorio, E08 peso nullo o oltre cento, E14 valore atteso non interpretabile, E15 valore non misurabile, E16 parti che non corrispondono, E18 unità di misura mancante, E19 due celle fuse, E22 lettere di altri alfabeti." {
        /// The date does not exist.
        ImpossibleDate = "E01",
        /// The year lies outside the plan.
        YearOutsidePlan = "E02",
        /// A deadline in words: typed, but no date.
        DeadlineInWords = "E03",
        /// No weight.
        WeightMissing = "E05",
        /// The weight is not of the scale, or names two of its classes.
        WeightUnclear = "E06",
        /// The weight is not more than zero, or over a hundred.
        WeightOutOfRange = "E08",
        /// The target was not understood.
        TargetUnclear = "E14",
        /// A frequency, a term, an adjective: nothing to measure a result against.
        NotMeasurable = "E15",
        /// Parts without their number, out of order, or of another kind.
        PartsMismatch = "E16",
        /// A figure without its unit.
        UnitMissing = "E18",
        /// Two cells in one.
        FusedCells = "E19",
        /// Letters of another alphabet that look Latin.
        LookAlikes = "E22",
    }
}

/// Something a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The rule.
    pub code: RemarkCode,
    /// Italian words.
    pub detail: String,
    /// What could stand there instead, as it would be written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl Remark {
    pub(crate) fn new(code: RemarkCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), suggestion: None }
    }

    pub(crate) fn suggesting(self, suggestion: impl Into<String>) -> Self {
        Self { suggestion: Some(suggestion.into()), ..self }
    }

    /// The same remark, about one part of several.
    fn of_part(self, number: i32) -> Self {
        Self { detail: format!("Parte {number}: {}", self.detail), ..self }
    }
}

/// What was understood of some words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading<T> {
    /// The words, as they were written.
    pub words: Words,
    /// What they mean, as far as it was understood.
    pub value: T,
    /// How sure that is.
    pub confidence: Confidence,
    /// What a person should look at.
    pub remarks: Vec<Remark>,
}

impl<T> Reading<T> {
    /// The value with its words, as a plan keeps it.
    #[must_use]
    pub fn said(self) -> Said<T> {
        Said { words: Some(self.words), value: self.value }
    }

    /// The reading of `words`, with the remark that letters of other alphabets were taken for Latin ones.
    fn of(words: &Words, understood: Understood<T>) -> Self {
        let Understood { value, confidence, mut remarks } = understood;
        if has_look_alikes(words.as_str()) {
            let detail = "Contiene lettere di un altro alfabeto che sembrano latine: lette come latine.";
            remarks.push(Remark::new(RemarkCode::LookAlikes, detail).suggesting(latin(words.as_str())));
        }
        let mut once: Vec<Remark> = Vec::new();
        for remark in remarks {
            if !once.contains(&remark) {
                once.push(remark);
            }
        }
        Self { words: words.clone(), value, confidence, remarks: once }
    }
}

/// A value on its way to be a reading.
#[derive(Debug)]
struct Understood<T> {
    value: T,
    confidence: Confidence,
    remarks: Vec<Remark>,
}

impl<T> Understood<T> {
    fn new(value: T, confidence: Confidence) -> Self {
        Self { value, confidence, remarks: Vec::new() }
    }

    fn remarking(mut self, remark: Remark) -> Self {
        self.remarks.push(remark);
        self
    }

    /// Not surer than this.
    fn at_best(mut self, confidence: Confidence) -> Self {
        self.confidence = self.confidence.max(confidence);
        self
    }

    fn map<U>(self, change: impl FnOnce(T) -> U) -> Understood<U> {
        Understood { value: change(self.value), confidence: self.confidence, remarks: self.remarks }
    }
}
