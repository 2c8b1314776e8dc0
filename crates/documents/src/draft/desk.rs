//! The desk a draft is put together on: where values are understood, and where it is noted which words they came from and what
//! is to be said of them.

use std::collections::HashSet;

use traguardo_domain::deadline::Deadline;
use traguardo_domain::reading::{self, Confidence};
use traguardo_domain::review::{FindingCode, Severity};
use traguardo_domain::said::{Said, Words};
use traguardo_domain::target::Target;
use traguardo_domain::text::Text;
use traguardo_domain::weight::{Weight, WeightClass};
use uuid::Uuid;

use super::Trace;
use super::fit::{Bounded, fit};
use super::spill::{Spill, label};
use crate::gathered::{Fields, Found, Noticed};
use crate::markup::fold;
use crate::profile::Field;
use crate::source::{Place, Source, Spot};

/// Something to be told that a review of the plan would not find.
#[derive(Debug)]
pub(super) struct Remark {
    /// The rule.
    pub(super) code: FindingCode,
    /// Pointer into the document.
    pub(super) pointer: String,
    /// Where in the source.
    pub(super) spot: Option<Spot>,
    /// The words.
    pub(super) words: Option<String>,
    /// What is wrong.
    pub(super) message: String,
    /// What may be done.
    pub(super) suggestion: Option<String>,
    /// How grave it is.
    pub(super) severity: Severity,
}

/// Where a draft is put together.
pub(super) struct Desk<'d> {
    source: &'d Source,
    /// The plan's year.
    pub(super) year: i32,
    /// The plan's classes of weights.
    pub(super) scale: &'d [WeightClass],
    /// Where ids come from.
    pub(super) fresh: &'d mut dyn FnMut() -> Uuid,
    /// The rules the reader has already told of, and on which lines.
    heard: HashSet<(FindingCode, usize)>,
    /// Where values were found.
    pub(super) traces: Vec<Trace>,
    /// What has no room in the object that is open.
    pub(super) spilled: Spill,
    /// What is to be told.
    pub(super) remarks: Vec<Remark>,
}

impl<'d> Desk<'d> {
    /// A desk with nothing on it.
    pub(super) fn new(
        source: &'d Source,
        year: i32,
        scale: &'d [WeightClass],
        fresh: &'d mut dyn FnMut() -> Uuid,
        noticed: &[Noticed],
    ) -> Self {
        let heard = noticed.iter().map(|one| (one.code, one.place.line)).collect();
        Self {
            source,
            year,
            scale,
            fresh,
            heard,
            traces: Vec::new(),
            spilled: Spill::default(),
            remarks: Vec::new(),
        }
    }

    /// A place as a person looks for it.
    pub(super) fn spot(&self, place: Place) -> Spot {
        self.source.spot(place)
    }

    /// The words of the source a value comes from, as they stand there.
    pub(super) fn raw(&self, found: &Found) -> String {
        let cell = |place: &Place| self.source.lines().get(place.line).map(|line| line.cell(place.cell));
        let cells = std::iter::once(&found.place).chain(&found.more).filter_map(cell).map(str::trim);
        let raw = cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ");
        if raw.is_empty() { found.words.clone() } else { raw }
    }

    /// Notes where a value was found.
    pub(super) fn trace(&mut self, pointer: impl Into<String>, found: &Found, read: Confidence) {
        let trace = Trace {
            pointer: pointer.into(),
            spot: self.spot(found.place),
            more: found.more.iter().map(|place| self.spot(*place)).collect(),
            words: self.raw(found),
            confidence: found.confidence.max(read),
        };
        self.traces.push(trace);
    }

    /// Notes something to be told of words.
    pub(super) fn remark(&mut self, code: FindingCode, pointer: &str, found: &Found, message: String) {
        self.remarks.push(Remark {
            code,
            pointer: pointer.to_owned(),
            spot: Some(self.spot(found.place)),
            words: Some(found.words.clone()),
            message,
            suggestion: None,
            severity: code.severity(),
        });
    }

    /// The same, unless the reader has told of it already.
    pub(super) fn unheard(&mut self, code: FindingCode, pointer: &str, found: &Found, message: String) {
        if self.heard.contains(&(code, found.place.line)) {
            self.trace(pointer, found, Confidence::Certain);
        } else {
            self.remark(code, pointer, found, message);
        }
    }

    /// The same, worth no more than a look.
    pub(super) fn notice(&mut self, code: FindingCode, pointer: &str, found: &Found, message: String) {
        self.remark(code, pointer, found, message);
        if let Some(last) = self.remarks.last_mut() {
            last.severity = Severity::Notice;
        }
    }

    /// A text; what does not fit is spilled.
    pub(super) fn text<T: Bounded>(&mut self, field: Field, found: &Found, pointer: &str) -> Option<T> {
        let fitted = fit::<T>(&found.words);
        if fitted.value.is_some() {
            self.trace(pointer, found, Confidence::Certain);
        }
        if fitted.cleaned {
            let message =
                "Nel testo c'erano caratteri di controllo o invisibili: al loro posto c'è uno spazio.";
            self.remark(FindingCode::LookAlikeLetters, pointer, found, message.to_owned());
        }
        if !fitted.rest.is_empty() {
            let message = format!("Il testo è più lungo di {} caratteri: il resto è nelle note.", T::MOST);
            self.remark(FindingCode::ColumnsShifted, pointer, found, message);
            self.spill(label(field), &Found { words: fitted.rest, ..found.clone() }, true);
        }
        fitted.value
    }

    /// The text of a field that has one value; other values of it are spilled.
    pub(super) fn one<T: Bounded>(&mut self, fields: &Fields, field: Field, pointer: &str) -> Option<T> {
        let found = self.only(fields, field, pointer)?;
        self.text(field, found, pointer)
    }

    /// The first value of a field that has one; the others are spilled, when they say something else.
    pub(super) fn only<'f>(&mut self, fields: &'f Fields, field: Field, pointer: &str) -> Option<&'f Found> {
        let mut all = fields.all(field);
        let first = all.next()?;
        let others: Vec<&Found> = all.collect();
        self.surplus(field, Some(first), &others, pointer);
        Some(first)
    }

    /// Values beyond the one there is room for.
    pub(super) fn surplus(&mut self, field: Field, first: Option<&Found>, others: &[&Found], pointer: &str) {
        for other in others {
            let same = |first: &Found| fold(&first.words).squeezed() == fold(&other.words).squeezed();
            if first.is_some_and(same) {
                self.trace(pointer, other, Confidence::Certain);
            } else {
                let message = format!(
                    "{} compare più volte, con parole diverse: le altre sono nelle note.",
                    label(field)
                );
                self.remark(FindingCode::ColumnsShifted, pointer, other, message);
                self.spill(label(field), other, true);
            }
        }
    }

    /// The text of a field that goes on over several values, one after the other.
    pub(super) fn joined<const MAX: usize>(
        &mut self,
        fields: &Fields,
        field: Field,
        pointer: &str,
    ) -> Option<Text<MAX>> {
        let mut whole = fields.get(field)?.clone();
        let mut last = whole.words.clone();
        for other in fields.all(field).skip(1) {
            whole.more.push(other.place);
            whole.more.extend(&other.more);
            whole.confidence = whole.confidence.max(other.confidence);
            if other.words != last {
                whole.words = [whole.words.as_str(), other.words.as_str()].join("\n");
                last.clone_from(&other.words);
            }
        }
        self.text(field, &whole, pointer)
    }

    /// The words of a value that is understood.
    fn words(&mut self, field: Field, found: &Found, pointer: &str) -> Option<Words> {
        let noted = self.traces.len();
        let words = self.text(field, found, pointer);
        self.traces.truncate(noted);
        words
    }

    /// A deadline, as its words are understood.
    pub(super) fn deadline(&mut self, found: &Found, pointer: &str) -> Option<Said<Deadline>> {
        let words = self.words(Field::Deadline, found, pointer)?;
        let read = reading::deadline(&words, Some(self.year));
        self.trace(pointer, found, read.confidence);
        Some(read.said())
    }

    /// A target, as its words are understood.
    pub(super) fn target(&mut self, found: &Found, pointer: &str) -> Option<Said<Target>> {
        let words = self.words(Field::Target, found, pointer)?;
        let read = reading::target(&words, Some(self.year));
        self.trace(pointer, found, read.confidence);
        Some(read.said())
    }

    /// A weight, as its words are understood.
    pub(super) fn weight(&mut self, found: &Found, pointer: &str) -> Option<Said<Weight>> {
        let words = self.words(Field::Weight, found, pointer)?;
        let read = reading::weight(&words, self.scale);
        self.trace(pointer, found, read.confidence);
        Some(read.said())
    }
}

/// Whether words that may be either are a deadline: when a time is all they say.
pub(super) fn is_deadline(words: &str, year: i32) -> bool {
    let Some(words) = fit::<Words>(words).value else { return false };
    let time = reading::deadline(&words, Some(year));
    if time.value == Deadline::Text {
        return false;
    }
    let target = reading::target(&words, Some(year));
    says_only_when(&target.value) || time.confidence < target.confidence
}

fn says_only_when(target: &Target) -> bool {
    match target {
        Target::By { .. } | Target::Text => true,
        Target::Parts { parts } => parts.iter().all(|part| says_only_when(&part.value)),
        Target::Bound { .. }
        | Target::Range { .. }
        | Target::Fraction { .. }
        | Target::Change { .. }
        | Target::Done => false,
    }
}
