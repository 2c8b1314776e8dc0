//! The audit trail: what was done, by whom, to what; each entry holds the digest of the one before, so that none can be
//! altered, removed or inserted without breaking every later link.

use chrono::{DateTime, Utc};
use thiserror::Error;
use uuid::Uuid;

use crate::access::{By, Grant};
use crate::comune::ComuneCode;
use crate::digest::Digest;
use crate::vocabulary::{Vocabulary as _, vocabulary};

vocabulary! {
    /// A kind of object a change can touch.
    ObjectKind, "Tipo di oggetto toccato da una scrittura." {
        /// The identity of the comune.
        Comune = "comune",
        /// A structure.
        Unit = "unit",
        /// A member.
        Member = "member",
        /// A member's secret.
        Secret = "secret",
        /// The header of a plan, or its state.
        Plan = "plan",
        /// A section of a plan.
        Section = "section",
        /// An objective, with everything it holds.
        Objective = "objective",
        /// A sealed version of a plan.
        PlanVersion = "plan_version",
        /// A file a plan is read from, with what was read of it.
        Import = "import",
        /// A comune's own way of reading its plans.
        ImportProfile = "import_profile",
        /// A rulebook, at an edition.
        Rulebook = "rulebook",
        /// A window of collection.
        Round = "round",
        /// A value that was measured.
        Measurement = "measurement",
        /// A file a value rests on.
        EvidenceFile = "evidence_file",
        /// The evaluation of an assignment.
        Evaluation = "evaluation",
        /// The results of a plan as they were certified.
        PlanResults = "plan_results",
        /// The report of a plan as it was adopted.
        Report = "report",
        /// A figure of payment times.
        PaymentTime = "payment_time",
        /// An individual evaluation.
        Sheet = "sheet",
        /// A body that writes shared objectives.
        Author = "author",
        /// A shared objective, at a version.
        Template = "template",
        /// What is published of a plan's year for comparison.
        Publication = "publication",
        /// Whom a comune lets its results be shown to.
        Consent = "consent",
        /// A group of comuni somebody named.
        PeerGroup = "peer_group",
        /// A comparison somebody keeps.
        SavedQuery = "saved_query",
        /// The registry of all comuni, at an edition.
        Registry = "registry",
        /// A register of facts, at a revision.
        Register = "register",
        /// What was recorded of a plan from registers.
        Feed = "feed",
        /// How a comune's figures are computed where the law leaves it open.
        FeederSettings = "feeder_settings",
    }
}

/// One object a transaction touched, and the digests of its states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// What kind of object.
    pub kind: ObjectKind,
    /// Which one.
    pub id: String,
    /// Its state before; absent when it was created.
    pub before: Option<Digest>,
    /// Its state after; absent when it was deleted.
    pub after: Option<Digest>,
}

/// Where a chain stands: how many links it has and the digest of the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the last entry, 0 for none.
    pub seq: i64,
    /// The digest of the last entry, zero for none.
    pub digest: Digest,
}

impl Head {
    /// The head of a chain without entries.
    pub const EMPTY: Self = Self { seq: 0, digest: Digest::ZERO };
}

/// One link: everything an auditor reads, and the two digests that chain it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The tenant whose chain it belongs to.
    pub comune: ComuneCode,
    /// Its number in the chain, from 1 without gaps.
    pub seq: i64,
    /// When, to the microsecond.
    pub at: DateTime<Utc>,
    /// Which member; absent for the operator or the service.
    pub member: Option<Uuid>,
    /// `member`, `operator` or `service`.
    pub actor: String,
    /// The action the grant was given for.
    pub action: String,
    /// What kind of object was touched.
    pub object: String,
    /// Which one.
    pub object_id: String,
    /// Its state before.
    pub before: Option<Digest>,
    /// Its state after.
    pub after: Option<Digest>,
    /// The request that did it, as in the logs.
    pub request_id: String,
    /// The digest of the entry before.
    pub previous: Digest,
    /// The digest of this entry, the previous one included.
    pub digest: Digest,
}

/// When and in the course of what something was done.
#[derive(Debug, Clone)]
pub struct Occasion {
    /// When, to the microsecond.
    pub at: DateTime<Utc>,
    /// The request, as in the logs.
    pub request_id: String,
}

impl Entry {
    /// The next link after `head`, for an object touched under `grant`.
    #[must_use]
    pub fn link(head: Head, grant: &Grant, occasion: &Occasion, touched: Touched) -> Self {
        let (actor, member) = match grant.by() {
            By::Member(member) => ("member", Some(member)),
            By::Operator => ("operator", None),
            By::Service => ("service", None),
        };
        let mut entry = Self {
            comune: grant.comune(),
            seq: head.seq.saturating_add(1),
            at: occasion.at,
            member,
            actor: actor.to_owned(),
            action: grant.action().as_str().to_owned(),
            object: touched.kind.word().to_owned(),
            object_id: touched.id,
            before: touched.before,
            after: touched.after,
            request_id: occasion.request_id.clone(),
            previous: head.digest,
            digest: Digest::ZERO,
        };
        entry.digest = entry.computed();
        entry
    }

    /// The head of the chain when this entry is its last.
    #[must_use]
    pub const fn head(&self) -> Head {
        Head { seq: self.seq, digest: self.digest }
    }

    /// Checks that this entry follows `head` and says what it said when it was written.
    ///
    /// # Errors
    /// How the link is broken.
    pub fn verify(&self, head: Head) -> Result<Head, Broken> {
        let expected = head.seq.saturating_add(1);
        if self.seq != expected {
            return Err(Broken::Missing { seq: expected });
        }
        if self.previous != head.digest {
            return Err(Broken::Unlinked { seq: self.seq });
        }
        if self.digest != self.computed() {
            return Err(Broken::Altered { seq: self.seq });
        }
        Ok(self.head())
    }

    fn computed(&self) -> Digest {
        let member = self.member.map(Uuid::into_bytes);
        let text = |text: &str| text.as_bytes().to_vec();
        let fields: [Option<Vec<u8>>; 12] = [
            Some(text(&self.comune.to_string())),
            Some(self.seq.to_be_bytes().to_vec()),
            Some(self.at.timestamp_micros().to_be_bytes().to_vec()),
            member.map(|bytes| bytes.to_vec()),
            Some(text(&self.actor)),
            Some(text(&self.action)),
            Some(text(&self.object)),
            Some(text(&self.object_id)),
            self.before.map(|digest| digest.as_bytes().to_vec()),
            self.after.map(|digest| digest.as_bytes().to_vec()),
            Some(text(&self.request_id)),
            Some(self.previous.as_bytes().to_vec()),
        ];
        Digest::of_fields(fields.iter().map(|field| field.as_deref()))
    }
}

/// How a chain is broken, and where first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Broken {
    /// An entry is not there.
    #[error("entry {seq} is missing")]
    Missing {
        /// Its number.
        seq: i64,
    },
    /// An entry does not point back to the one before it.
    #[error("entry {seq} does not follow the one before it")]
    Unlinked {
        /// Its number.
        seq: i64,
    },
    /// An entry does not say what it said when it was written.
    #[error("entry {seq} was altered")]
    Altered {
        /// Its number.
        seq: i64,
    },
    /// The chain ends before or after where its head says.
    #[error("the chain ends at entry {found} and its head says {expected}")]
    WrongEnd {
        /// The last entry there is.
        found: i64,
        /// The last entry its head knows.
        expected: i64,
    },
}

/// Checks that a chain walked up to `reached` ends where its recorded head says.
///
/// # Errors
/// [`Broken::WrongEnd`] when entries were cut off the end, [`Broken::Altered`] when the last one was written anew.
pub fn verify_end(reached: Head, recorded: Head) -> Result<(), Broken> {
    if reached.seq != recorded.seq {
        return Err(Broken::WrongEnd { found: reached.seq, expected: recorded.seq });
    }
    if reached.digest == recorded.digest { Ok(()) } else { Err(Broken::Altered { seq: reached.seq }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Action, Operator};

    fn chain(length: usize) -> Vec<Entry> {
        let grant = Operator.act(Action::EditUnits, ComuneCode::parse("L454").unwrap());
        let occasion = Occasion { at: "2026-01-01T00:00:00Z".parse().unwrap(), request_id: "r".to_owned() };
        let touched =
            |id: &str| Touched { kind: ObjectKind::Unit, id: id.to_owned(), before: None, after: None };
        let mut entries: Vec<Entry> = Vec::new();
        for number in 0..length {
            let head = entries.last().map_or(Head::EMPTY, Entry::head);
            entries.push(Entry::link(head, &grant, &occasion, touched(&number.to_string())));
        }
        entries
    }

    fn walk(entries: &[Entry], recorded: Head) -> Result<(), Broken> {
        let reached = entries.iter().try_fold(Head::EMPTY, |head, entry| entry.verify(head))?;
        verify_end(reached, recorded)
    }

    #[test]
    fn an_untouched_chain_verifies() {
        let entries = chain(5);
        assert_eq!(walk(&entries, entries[4].head()), Ok(()));
        assert_eq!(walk(&[], Head::EMPTY), Ok(()));
    }

    #[test]
    fn every_field_altered_is_named_at_its_entry() {
        let alterations: [fn(&mut Entry); 9] = [
            |entry| entry.at += chrono::TimeDelta::microseconds(1),
            |entry| entry.member = Some(Uuid::from_u128(7)),
            |entry| entry.actor = "member".to_owned(),
            |entry| entry.action = "edit_plans".to_owned(),
            |entry| entry.object = "plan".to_owned(),
            |entry| entry.object_id = "9".to_owned(),
            |entry| entry.before = Some(Digest::of(b"x")),
            |entry| entry.after = Some(Digest::of(b"x")),
            |entry| entry.request_id = "s".to_owned(),
        ];
        for alter in alterations {
            let mut entries = chain(5);
            let recorded = entries[4].head();
            alter(&mut entries[2]);
            assert_eq!(walk(&entries, recorded), Err(Broken::Altered { seq: 3 }));
        }
    }

    #[test]
    fn an_entry_removed_inserted_or_rewritten_is_named() {
        let entries = chain(5);
        let recorded = entries[4].head();
        let mut removed = entries.clone();
        removed.remove(2);
        assert_eq!(walk(&removed, recorded), Err(Broken::Missing { seq: 3 }));
        let mut rewritten = entries.clone();
        rewritten[2].object_id = "forged".to_owned();
        rewritten[2].digest = rewritten[2].computed();
        assert_eq!(walk(&rewritten, recorded), Err(Broken::Unlinked { seq: 4 }));
        assert_eq!(walk(&entries[..4], recorded), Err(Broken::WrongEnd { found: 4, expected: 5 }));
    }

    #[test]
    fn the_last_entry_rewritten_with_its_digest_is_named_too() {
        let mut entries = chain(5);
        let recorded = entries[4].head();
        entries[4].object_id = "forged".to_owned();
        entries[4].digest = entries[4].computed();
        assert_eq!(walk(&entries, recorded), Err(Broken::Altered { seq: 5 }));
    }
}
