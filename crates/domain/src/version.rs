//! The version of a stored object: it grows by one at every change and is what an editor must name to change it.

use serde::Serialize;

use crate::violation::Violation;

/// How many times an object has been written; the first is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Version(i32);

impl Version {
    /// The version of an object just created.
    pub const FIRST: Self = Self(1);

    /// A version read back from where it was stored.
    #[must_use]
    pub const fn stored(number: i32) -> Self {
        Self(number)
    }

    /// The version after one more change.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The number, as it travels.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }
}

/// What a caller says it knows of an object before changing it (`If-Match`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Nothing was said.
    Unsaid,
    /// Whatever version is there (`*`).
    Any,
    /// One of these versions.
    OneOf(Vec<Version>),
}

impl Expected {
    /// Whether a caller who expects this may change an object now at `current`.
    ///
    /// # Errors
    /// [`Violation::PreconditionMissing`] when nothing was said, [`Violation::Stale`] when it has changed since.
    pub fn check(&self, current: Version) -> Result<(), Violation> {
        match self {
            Self::Unsaid => Err(Violation::PreconditionMissing),
            Self::Any => Ok(()),
            Self::OneOf(versions) if versions.contains(&current) => Ok(()),
            Self::OneOf(_) => Err(Violation::Stale { current }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_current_version_may_be_changed() {
        let expected = Expected::OneOf(vec![Version::FIRST]);
        assert_eq!(expected.check(Version::FIRST), Ok(()));
        let current = Version::FIRST.next();
        assert_eq!(expected.check(current), Err(Violation::Stale { current }));
        assert_eq!(Expected::Unsaid.check(current), Err(Violation::PreconditionMissing));
        assert_eq!(Expected::Any.check(current), Ok(()));
    }
}
