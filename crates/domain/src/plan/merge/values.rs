//! Values: what of a field stays and what the file replaces.

use crate::deadline::Deadline;
use crate::indicator::Baseline;
use crate::objective::{ProgrammeLink, Step};
use crate::said::Said;
use crate::target::Target;
use crate::text::Text;
use crate::weight::Weight;

/// What the file says, or what is there where it says nothing.
pub(super) fn maybe<T: Clone>(there: Option<&T>, said: Option<T>) -> Option<T> {
    said.or_else(|| there.cloned())
}

/// The list of the file, or the one that is there where it has none.
pub(super) fn list<T: Clone>(there: &[T], said: Vec<T>) -> Vec<T> {
    if said.is_empty() { there.to_vec() } else { said }
}

/// Values that words may fail to mean.
pub(super) trait Meaning: Clone + PartialEq {
    /// Whether the words were understood.
    fn is_understood(&self) -> bool;
}

impl Meaning for Target {
    fn is_understood(&self) -> bool {
        self.is_measurable()
    }
}

impl Meaning for Deadline {
    fn is_understood(&self) -> bool {
        match self {
            Self::Parts { parts } => parts.iter().all(|part| part.value.is_understood()),
            Self::Impossible { .. } | Self::Text => false,
            Self::Date { .. }
            | Self::Month { .. }
            | Self::Span { .. }
            | Self::LegalTerm
            | Self::Event { .. }
            | Self::Relative { .. }
            | Self::Recurring { .. }
            | Self::Continuous => true,
        }
    }
}

impl Meaning for Weight {
    fn is_understood(&self) -> bool {
        match self {
            Self::Percent { .. } | Self::Class { .. } => true,
            Self::Unclear => false,
        }
    }
}

/// A value with words. Over the same words the value that is there stays, since somebody may have settled it; unless it was never
/// understood, and now it is. A value said without words leaves the words of an equal one.
pub(super) fn said<T: Meaning>(there: Option<&Said<T>>, said: Option<Said<T>>) -> Option<Said<T>> {
    let (Some(had), Some(new)) = (there, &said) else { return maybe(there, said) };
    let stays = match (&had.words, &new.words) {
        (Some(words), Some(others)) => {
            same(words, others) && (had.value.is_understood() || !new.value.is_understood())
        }
        (_, None) => had.value == new.value,
        (None, Some(_)) => false,
    };
    if stays { there.cloned() } else { said }
}

/// The same words, however they are spaced.
fn same<const MAX: usize>(one: &Text<MAX>, other: &Text<MAX>) -> bool {
    one.as_str().split_whitespace().eq(other.as_str().split_whitespace())
}

/// What was measured before: over the same words, the figure that is there stays.
pub(super) fn baseline(there: Option<&Baseline>, said: Option<Baseline>) -> Option<Baseline> {
    let (Some(had), Some(new)) = (there, &said) else { return maybe(there, said) };
    let same_words = match (&had.words, &new.words) {
        (Some(words), Some(others)) => same(words, others),
        (None, _) | (_, None) => false,
    };
    if same_words && (had.figure.is_some() || new.figure.is_none()) { there.cloned() } else { said }
}

/// The steps of the file; of one that is there in the same words, the times as settled.
pub(super) fn steps(there: &[Step], said: Vec<Step>) -> Vec<Step> {
    if said.is_empty() {
        return there.to_vec();
    }
    let mut left: Vec<&Step> = there.iter().collect();
    let mut settle = |mut step: Step| {
        if let Some(at) = left.iter().position(|had| same(&had.how, &step.how)) {
            step.when = self::said(left.remove(at).when.as_ref(), step.when.take());
        }
        step
    };
    said.into_iter().map(&mut settle).collect()
}

/// The programmes of the file; of one that is there under the same label, the code somebody found.
pub(super) fn programmes(there: &[ProgrammeLink], said: Vec<ProgrammeLink>) -> Vec<ProgrammeLink> {
    if said.is_empty() {
        return there.to_vec();
    }
    let coded = |mut link: ProgrammeLink| {
        let same = there.iter().find(|had| had.label.is_some() && had.label == link.label);
        link.code = link.code.or_else(|| same.and_then(|had| had.code.clone()));
        link
    };
    said.into_iter().map(coded).collect()
}
