//! Imports: files a comune has, on their way to being plans. A file is received, read, settled by a person and applied; what was
//! received is never altered, and what cannot be read says why.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::digest::Digest;
use crate::fault::{FaultKind, Refused};
use crate::period::Year;
use crate::plan::{PlanId, PlanKind};
use crate::text::Line;
use crate::version::{Version, Versioned};
use crate::violation::Violation;
use crate::vocabulary::vocabulary;

/// The most bytes a file may have.
pub const MOST_BYTES: usize = 20 * 1_048_576;
/// How many times a reading that never ends is begun again.
pub const MOST_ATTEMPTS: i16 = 3;

/// Identifies an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct ImportId(pub Uuid);

vocabulary! {
    /// Where an import stands.
    ImportState, "Stato di un'importazione: ricevuta, in lettura, letta, rifiutata, applicata a un piano." {
        /// The file is here, and nobody reads it yet.
        Received = "received",
        /// It is being read.
        Reading = "reading",
        /// It was read: there is a draft.
        Ready = "ready",
        /// It cannot be read.
        Refused = "refused",
        /// Its draft was put into a plan, as it then was.
        Applied = "applied",
    }
}

/// The name of a way of reading: small letters, digits and underscores.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ProfileName(String);

/// The word that asks for the profile that fits best, and so is no profile's name.
pub const DETECT: &str = "detect";

impl ProfileName {
    /// Reads a name.
    ///
    /// # Errors
    /// When it is not 1 to 60 small letters, digits and underscores, beginning with a letter.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let fits = (1..=60).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(known);
        let detail = "Da 1 a 60 lettere minuscole, cifre e sottolineature, la prima una lettera.";
        if fits { Ok(Self(text.to_owned())) } else { Err(Refused::new(FaultKind::Malformed, detail)) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it asks for whichever profile fits best.
    #[must_use]
    pub fn is_detect(&self) -> bool {
        self.0 == DETECT
    }
}

impl From<ProfileName> for String {
    fn from(name: ProfileName) -> Self {
        name.0
    }
}

impl TryFrom<String> for ProfileName {
    type Error = Refused;

    fn try_from(text: String) -> Result<Self, Refused> {
        Self::parse(&text)
    }
}

/// What was received, and what was asked of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportFacts {
    /// What the file was called. It may hold a person's name, and so no digest covers it.
    #[serde(skip)]
    pub file_name: Option<Line<300>>,
    /// What its bytes were declared to be.
    pub media_type: Line<200>,
    /// How many they are.
    pub size: i32,
    /// Their digest.
    pub digest: Digest,
    /// The year of the plan.
    pub year: Year,
    /// The kind of the plan.
    pub kind: PlanKind,
    /// What to call the plan, where its own title is not to be taken.
    pub title: Option<Line<300>>,
    /// How to read it.
    pub profile: ProfileName,
}

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// The reason, stable.
    pub code: String,
    /// What it means this time, in Italian.
    pub detail: String,
}

/// Where a draft was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Into which plan.
    pub plan: PlanId,
    /// When.
    pub at: DateTime<Utc>,
    /// The revision the plan then had.
    pub revision: Version,
}

/// A file on its way to being a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Import {
    /// Which one.
    pub id: ImportId,
    /// What was received.
    pub facts: ImportFacts,
    /// When.
    pub received_at: DateTime<Utc>,
    /// By which member.
    pub member: Option<Uuid>,
    /// Where it stands.
    pub state: ImportState,
    /// Why it was not read.
    pub refusal: Option<Unreadable>,
    /// Where its draft was put last.
    pub applied: Option<Applied>,
    /// The digest of its draft.
    pub draft: Option<Digest>,
    /// Grows with every change, progress of the reading included.
    #[serde(skip)]
    pub version: Version,
}

/// A profile a comune wrote for its own plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredProfile {
    /// Its name.
    pub name: ProfileName,
    /// How it reads, as the reader of documents writes it.
    pub content: serde_json::Value,
    /// The version it is at.
    #[serde(skip)]
    pub version: Version,
}

impl Versioned for StoredProfile {
    type Facts = serde_json::Value;

    fn facts(&self) -> &serde_json::Value {
        &self.content
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Import {
    /// An import that was just received.
    #[must_use]
    pub const fn received(
        id: ImportId,
        facts: ImportFacts,
        received_at: DateTime<Utc>,
        member: Option<Uuid>,
    ) -> Self {
        Self {
            id,
            facts,
            received_at,
            member,
            state: ImportState::Received,
            refusal: None,
            applied: None,
            draft: None,
            version: Version::FIRST,
        }
    }

    /// Whether its reading has not come to an end.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        matches!(self.state, ImportState::Received | ImportState::Reading)
    }

    /// The same, read.
    ///
    /// # Errors
    /// [`Violation::ImportNotReady`] when it was read already.
    pub fn read(&self, draft: Digest) -> Result<Self, Violation> {
        let after = Self { state: ImportState::Ready, draft: Some(draft), ..self.next() };
        if self.is_pending() { Ok(after) } else { Err(self.not_ready()) }
    }

    /// The same, found unreadable.
    ///
    /// # Errors
    /// [`Violation::ImportNotReady`] when it was read already.
    pub fn refuse(&self, refusal: Unreadable) -> Result<Self, Violation> {
        let after = Self { state: ImportState::Refused, refusal: Some(refusal), ..self.next() };
        if self.is_pending() { Ok(after) } else { Err(self.not_ready()) }
    }

    /// Whether there is a draft to look at, to settle and to apply.
    ///
    /// # Errors
    /// [`Violation::ImportNotReady`] when there is none.
    pub fn drafted(&self) -> Result<(), Violation> {
        match self.state {
            ImportState::Ready | ImportState::Applied => Ok(()),
            ImportState::Received | ImportState::Reading | ImportState::Refused => Err(self.not_ready()),
        }
    }

    /// The same, with its draft settled: what was applied is not what it says any more.
    ///
    /// # Errors
    /// [`Violation::ImportNotReady`] when there is no draft.
    pub fn settle(&self, draft: Digest) -> Result<Self, Violation> {
        self.drafted()?;
        if self.draft == Some(draft) {
            return Ok(self.clone());
        }
        Ok(Self { state: ImportState::Ready, draft: Some(draft), ..self.next() })
    }

    /// The same, its draft put into a plan.
    ///
    /// # Errors
    /// [`Violation::ImportNotReady`] when there is no draft.
    pub fn apply(&self, applied: Applied) -> Result<Self, Violation> {
        self.drafted()?;
        let same = |before: Applied| before.plan == applied.plan && before.revision == applied.revision;
        if self.state == ImportState::Applied && self.applied.is_some_and(same) {
            return Ok(self.clone());
        }
        Ok(Self { state: ImportState::Applied, applied: Some(applied), ..self.next() })
    }

    fn next(&self) -> Self {
        Self { version: self.version.next(), ..self.clone() }
    }

    const fn not_ready(&self) -> Violation {
        Violation::ImportNotReady { state: self.state }
    }
}

impl ImportState {
    /// The state in Italian.
    #[must_use]
    pub fn italian(self) -> &'static str {
        match self {
            Self::Received => "ricevuto e non ancora letto",
            Self::Reading => "in lettura",
            Self::Ready => "letto",
            Self::Refused => "rifiutato",
            Self::Applied => "applicato",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import() -> Import {
        let facts = ImportFacts {
            file_name: None,
            media_type: Line::parse("text/plain").unwrap(),
            size: 1,
            digest: Digest::of(b"x"),
            year: Year::parse(2025).unwrap(),
            kind: PlanKind::Standalone,
            title: None,
            profile: ProfileName::parse(DETECT).unwrap(),
        };
        Import::received(ImportId(Uuid::nil()), facts, "2026-01-01T00:00:00Z".parse().unwrap(), None)
    }

    fn applied(revision: i32) -> Applied {
        let at = "2026-01-02T00:00:00Z".parse().unwrap();
        Applied { plan: PlanId(Uuid::nil()), at, revision: Version::stored(revision) }
    }

    #[test]
    fn only_what_was_read_is_settled_and_applied() {
        let received = import();
        let not_ready = Violation::ImportNotReady { state: ImportState::Received };
        assert_eq!(received.settle(Digest::ZERO).unwrap_err(), not_ready);
        assert_eq!(received.apply(applied(1)).unwrap_err(), not_ready);
        let refusal = Unreadable { code: "empty".to_owned(), detail: "Vuoto.".to_owned() };
        let refused = received.refuse(refusal.clone()).unwrap();
        assert!(refused.apply(applied(1)).is_err() && refused.read(Digest::ZERO).is_err());
        let ready = received.read(Digest::ZERO).unwrap();
        assert!(ready.refuse(refusal).is_err());
        assert_eq!(ready.apply(applied(1)).unwrap().state, ImportState::Applied);
    }

    #[test]
    fn what_changes_nothing_keeps_its_version() {
        let ready = import().read(Digest::ZERO).unwrap();
        assert_eq!(ready.settle(Digest::ZERO).unwrap().version, ready.version);
        let once = ready.apply(applied(4)).unwrap();
        assert_eq!(once.apply(applied(4)).unwrap(), once);
        assert_eq!(once.apply(applied(5)).unwrap().version, once.version.next());
        let settled = once.settle(Digest::of(b"other")).unwrap();
        assert_eq!((settled.state, settled.applied), (ImportState::Ready, once.applied));
    }

    #[test]
    fn a_profile_has_a_name_that_fits_a_path() {
        for wrong in ["", "Tabella", "1a", "a-b", "à", &"a".repeat(61)] {
            assert!(ProfileName::parse(wrong).is_err(), "{wrong}");
        }
        assert!(ProfileName::parse("table_per_structure").is_ok());
    }
}
