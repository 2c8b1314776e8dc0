//! A fault is one thing wrong with what a caller sent, with the place where it stands; faults are reported all at once.

use std::fmt;

use crate::vocabulary::vocabulary;

vocabulary! {
    /// What kind of fault it is: the stable word a program may branch on.
    FaultKind, "Genere di errore in un valore inviato." {
        /// A value is required and is absent or blank.
        Missing = "missing",
        /// A text is longer, or a number larger, than the declared limit.
        OutOfBounds = "out_of_bounds",
        /// A value does not have the form its type asks for.
        Malformed = "malformed",
        /// A text holds characters that cannot be stored or shown (control characters, unassigned marks).
        ForbiddenCharacter = "forbidden_character",
        /// Two values contradict each other.
        Inconsistent = "inconsistent",
        /// A value names something that does not exist in this comune.
        UnknownReference = "unknown_reference",
        /// A member of the object is not one of those documented.
        UnknownMember = "unknown_member",
    }
}

/// One fault: where (a JSON pointer into what was sent), what kind, and words for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// RFC 6901 pointer, empty for the whole document.
    pub pointer: String,
    /// The stable kind.
    pub kind: FaultKind,
    /// Italian words, quoting the limit or the form expected.
    pub detail: String,
}

/// Why a single value was refused, before it is known where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The stable kind.
    pub kind: FaultKind,
    /// Italian words.
    pub detail: String,
}

impl Refused {
    /// A refusal of `kind` explained by `detail`.
    pub fn new(kind: FaultKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into() }
    }

    /// The same refusal, at a place.
    #[must_use]
    pub fn at(self, pointer: &str) -> Fault {
        Fault { pointer: pointer.to_owned(), kind: self.kind, detail: self.detail }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Refused {}

/// Collects the faults of one document, so that a caller learns of all of them in one answer.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// No fault yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The value if it parsed; otherwise the refusal is kept, placed at `pointer`.
    pub fn take<T>(&mut self, pointer: &str, parsed: Result<T, Refused>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(refused) => {
                self.0.push(refused.at(pointer));
                None
            }
        }
    }

    /// The same for a value that may be absent: absent is no fault.
    pub fn take_optional<T>(&mut self, pointer: &str, parsed: Option<Result<T, Refused>>) -> Option<T> {
        parsed.and_then(|parsed| self.take(pointer, parsed))
    }

    /// Adds a fault that belongs to no single parse.
    pub fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// `Ok` of what `value` builds when nothing was wrong and every part is there.
    ///
    /// # Errors
    /// All the faults collected.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Vec<Fault>> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            Some(_) | None => Err(self.0),
        }
    }
}
