//! The versions of who belongs to a group somebody names: dated, numbered, never altered.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::comune::ComuneCode;
use crate::fault::{Fault, FaultKind, Faults, Refused};

use super::Membership;

impl Membership {
    /// The most members a group has.
    pub const MOST: usize = 8_000;
    /// The most versions a group has.
    pub const MOST_VERSIONS: usize = 500;
}

/// The version in force on a day: the last that had begun.
#[must_use]
pub fn in_force(versions: &[Membership], day: NaiveDate) -> Option<&Membership> {
    let begun = versions.iter().filter(|version| version.valid_from <= day);
    begun.max_by_key(|version| (version.valid_from, version.number))
}

/// The version after these: of comuni that are known in the registry, and not in force before the last one is.
///
/// # Errors
/// All that is wrong with it, placed at `/valid_from` and `/members`.
pub fn next(
    before: &[Membership],
    valid_from: NaiveDate,
    members: BTreeSet<ComuneCode>,
    known: &BTreeSet<ComuneCode>,
    now: DateTime<Utc>,
) -> Result<Membership, Vec<Fault>> {
    let mut faults = Faults::new();
    let last = before.iter().max_by_key(|version| version.number);
    if let Some(last) = last.filter(|last| valid_from < last.valid_from) {
        let detail =
            format!("L'ultima versione vale dal {}: la nuova non può valere da prima.", last.valid_from);
        faults.push(Refused::new(FaultKind::Inconsistent, detail).at("/valid_from"));
    }
    faults.take("/valid_from", crate::period::credible(valid_from));
    if members.is_empty() || members.len() > Membership::MOST {
        let detail = format!("Un gruppo ha da 1 a {} comuni.", Membership::MOST);
        faults.push(Refused::new(FaultKind::OutOfBounds, detail).at("/members"));
    }
    let unknown: Vec<String> = members.difference(known).take(10).map(ToString::to_string).collect();
    if !unknown.is_empty() {
        let detail = format!("Non sono nel registro dei comuni: {}.", unknown.join(", "));
        faults.push(Refused::new(FaultKind::UnknownReference, detail).at("/members"));
    }
    if before.len() >= Membership::MOST_VERSIONS {
        let detail = format!("Un gruppo ha al massimo {} versioni.", Membership::MOST_VERSIONS);
        faults.push(Refused::new(FaultKind::OutOfBounds, detail).at("/members"));
    }
    let number = last.map_or(1, |last| last.number.saturating_add(1));
    faults.finish(Some(Membership { number, valid_from, members, recorded_at: now }))
}
