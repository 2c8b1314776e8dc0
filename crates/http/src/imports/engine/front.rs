//! The reader of documents, as far as it is here: plans in their own form.

use std::collections::BTreeMap;

use traguardo_documents::Reader;
use traguardo_documents::draft::{Certificate, Counts, Draft, Settlement};
use traguardo_documents::plan::{Before, PlanBody};
use traguardo_documents::profile::Profile;
use traguardo_documents::source::SourceFormat;
use traguardo_domain::comune::ComuneCode;
use traguardo_domain::import::{ImportFacts, Unreadable};
use traguardo_domain::{Fault, FaultKind, Faults};

use super::{Fresh, ProfileProposal};

pub(super) fn glance(bytes: &[u8], media_type: &str) -> Result<(), Unreadable> {
    let known: [(&[u8], &str); 3] =
        [(b"%PDF-", "pdf"), (b"\xD0\xCF\x11\xE0", "old_office"), (b"{\\rtf", "rtf")];
    if let Some((_, code)) = known.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        let detail = format!("Il file è di una forma che non si legge ({code}).");
        return Err(Unreadable { code: (*code).to_owned(), detail });
    }
    if media_type == "application/json" && !bytes.starts_with(b"{") {
        let detail = "Il file è dichiarato come documento di un piano e non lo è.".to_owned();
        return Err(Unreadable { code: "not_a_plan".to_owned(), detail });
    }
    Ok(())
}

pub(super) fn draft_of(
    bytes: &[u8],
    comune: ComuneCode,
    facts: &ImportFacts,
    _profiles: &[Profile],
    fresh: Fresh<'_>,
    said: &dyn Fn(u8),
) -> Result<(Draft, Vec<ProfileProposal>), Unreadable> {
    let refused = |detail: String| Unreadable { code: "not_a_plan".to_owned(), detail };
    let body: PlanBody =
        serde_json::from_slice(bytes).map_err(|_| refused("Il file non si legge.".to_owned()))?;
    said(50);
    let mut faults = Faults::new();
    let document = body.read(&mut Reader::new(&mut faults), &Before::default(), fresh);
    let mut document = faults.finish(document).map_err(|faults| {
        let words: Vec<String> =
            faults.iter().take(3).map(|one| format!("{}: {}", one.pointer, one.detail)).collect();
        refused(words.join(" "))
    })?;
    document.plan.facts.year = facts.year;
    document.plan.facts.kind = facts.kind;
    let counts =
        Counts { objectives: document.objectives.len(), units: document.units.len(), ..Counts::default() };
    let certificate = Certificate {
        comune,
        year: facts.year,
        digest: facts.digest,
        format: SourceFormat::Plan,
        encoding: "UTF-8".to_owned(),
        profile: "plan".to_owned(),
        counts,
        lines: BTreeMap::new(),
        lines_in: 0,
        coverage: "1".to_owned(),
        findings_by_code: BTreeMap::new(),
        findings: Vec::new(),
    };
    Ok((Draft { document, traces: Vec::new(), lines: Vec::new(), certificate }, Vec::new()))
}

pub(super) fn settle(
    draft: Draft,
    settlements: &[Settlement],
    _fresh: Fresh<'_>,
) -> Result<Draft, Vec<Fault>> {
    let refused = |index: usize| Fault {
        pointer: format!("/settlements/{index}"),
        kind: FaultKind::UnknownReference,
        detail: "La bozza non ha nulla su cui decidere.".to_owned(),
    };
    let faults: Vec<Fault> = settlements
        .iter()
        .enumerate()
        .filter(|(_, one)| **one != Settlement::ApplySafe)
        .map(|(index, _)| refused(index))
        .collect();
    if faults.is_empty() { Ok(draft) } else { Err(faults) }
}
