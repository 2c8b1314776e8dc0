//! What contradicts itself in a registry, before it is loaded.

use std::collections::BTreeSet;

use crate::comune::ComuneCode;
use crate::fault::{FaultKind, Refused};

use super::{Entry, Registry};

/// What contradicts itself among entries, each with its place among them: a comune is told once for any day, goes on in another
/// only when it ended, and that other is there.
#[must_use]
pub fn contradictions(entries: &[Entry]) -> Vec<(usize, Refused)> {
    let mut found = Vec::new();
    let mut refuse =
        |place, detail: String| found.push((place, Refused::new(FaultKind::Inconsistent, detail)));
    if entries.len() > Registry::MAX {
        refuse(Registry::MAX, format!("Il registro ha al massimo {} righe.", Registry::MAX));
    }
    let codes: BTreeSet<ComuneCode> = entries.iter().map(|entry| entry.code).collect();
    for (place, entry) in entries.iter().enumerate() {
        let code = entry.code;
        if code.is_platform() {
            refuse(place, format!("{code} è la piattaforma, non un comune."));
        }
        let Some(successor) = entry.successor else { continue };
        if successor == code {
            refuse(place, format!("{code} non può proseguire in sé stesso."));
        } else if !codes.contains(&successor) {
            refuse(place, format!("{code} prosegue in {successor}, che non è nel registro."));
        }
        if entry.validity.to().is_none() {
            refuse(place, format!("{code} ha un successore ma non una data di fine."));
        }
    }
    let mut ordered: Vec<(usize, &Entry)> = entries.iter().enumerate().collect();
    ordered.sort_by_key(|(_, entry)| (entry.code, entry.validity.from()));
    let pairs = ordered.iter().zip(ordered.iter().skip(1));
    for ((_, one), (place, other)) in pairs {
        if one.code == other.code && one.validity.overlaps(&other.validity) {
            refuse(*place, format!("{} è descritto due volte negli stessi giorni.", other.code));
        }
    }
    found.sort_by_key(|(place, _)| *place);
    found
}
