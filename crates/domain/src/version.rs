//! The version of a stored object: it grows by one at every change and is what an editor must name to change it.

use serde::{Deserialize, Serialize};

use crate::violation::Violation;

/// How many times an object has been written; the first is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version(i32);

impl Version {
    /// The version of an object just created.
    pub const FIRST: Self = Self(1);

    /// The version of an object just created, where a function is asked for.
    #[must_use]
    pub const fn first() -> Self {
        Self::FIRST
    }

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

/// What a caller says it knows of an object before putting it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The versions it knows (`If-Match`).
    pub expected: Expected,
    /// Whether it means to create and never to change (`If-None-Match: *`).
    pub only_if_absent: bool,
}

/// How the caller names the object it puts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedBy {
    /// By the id the service gave it: it exists already or the name means nothing.
    OurId,
    /// By the caller's own key: putting creates it when it is not there.
    TheirKey,
}

/// What putting an object comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// It is not there: create it.
    Create,
    /// It already is as asked: leave it, so that a nightly synchronisation changes nothing.
    Leave,
    /// Change it.
    Change,
}

/// An object that is put whole: facts somebody states, at a version.
pub trait Versioned {
    /// What is stated of it.
    type Facts: PartialEq;

    /// What is stated of it now.
    fn facts(&self) -> &Self::Facts;

    /// The version it is at.
    fn version(&self) -> Version;
}

impl Condition {
    /// Decides what putting `wanted` comes to, given what is there.
    ///
    /// # Errors
    /// [`Violation::NotFound`], [`Violation::AlreadyThere`], [`Violation::PreconditionMissing`] or [`Violation::Stale`].
    pub fn course<O: Versioned>(
        &self,
        named_by: NamedBy,
        existing: Option<&O>,
        wanted: &O::Facts,
    ) -> Result<Course, Violation> {
        let unsaid = self.expected == Expected::Unsaid;
        let Some(object) = existing else {
            return match named_by {
                NamedBy::OurId => Err(Violation::NotFound),
                NamedBy::TheirKey if unsaid => Ok(Course::Create),
                NamedBy::TheirKey => Err(Violation::Gone),
            };
        };
        let as_wanted = object.facts() == wanted;
        if self.only_if_absent {
            return Err(Violation::AlreadyThere { current: object.version() });
        }
        if named_by == NamedBy::TheirKey && unsaid && as_wanted {
            return Ok(Course::Leave);
        }
        self.expected.check(object.version())?;
        Ok(if as_wanted { Course::Leave } else { Course::Change })
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

    struct Thing(&'static str);

    impl Versioned for Thing {
        type Facts = &'static str;

        fn facts(&self) -> &Self::Facts {
            &self.0
        }

        fn version(&self) -> Version {
            Version::FIRST
        }
    }

    fn unsaid() -> Condition {
        Condition { expected: Expected::Unsaid, only_if_absent: false }
    }

    #[test]
    fn a_nightly_synchronisation_creates_once_and_then_changes_nothing() {
        assert_eq!(unsaid().course(NamedBy::TheirKey, None::<&Thing>, &"a"), Ok(Course::Create));
        let there = Some(&Thing("a"));
        assert_eq!(unsaid().course(NamedBy::TheirKey, there, &"a"), Ok(Course::Leave));
    }

    #[test]
    fn putting_over_another_content_needs_the_version_it_had() {
        let there = Some(&Thing("a"));
        let refused = unsaid().course(NamedBy::TheirKey, there, &"b");
        assert_eq!(refused, Err(Violation::PreconditionMissing));
        let known = Condition { expected: Expected::OneOf(vec![Version::FIRST]), only_if_absent: false };
        assert_eq!(known.course(NamedBy::OurId, there, &"b"), Ok(Course::Change));
        let create = Condition { expected: Expected::Unsaid, only_if_absent: true };
        let current = Version::FIRST;
        assert_eq!(create.course(NamedBy::TheirKey, there, &"b"), Err(Violation::AlreadyThere { current }));
    }

    #[test]
    fn an_id_of_nothing_is_not_created_and_a_version_of_nothing_is_gone() {
        assert_eq!(unsaid().course(NamedBy::OurId, None::<&Thing>, &"a"), Err(Violation::NotFound));
        let known = Condition { expected: Expected::Any, only_if_absent: false };
        assert_eq!(known.course(NamedBy::TheirKey, None::<&Thing>, &"a"), Err(Violation::Gone));
    }
}
