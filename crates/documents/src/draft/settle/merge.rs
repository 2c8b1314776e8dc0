//! The findings of a draft after it was settled: what the new review finds, what it does not find any more, and what only reading
//! could see.

use std::collections::HashMap;

use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::review::{FindingCode, reading_order};

use crate::draft::{Draft, DraftFinding, FindingState, accounts, findings};

/// What a finding is about.
type Subject<'f> = (FindingCode, &'f str, Option<&'f str>, &'f str);

fn subject(finding: &DraftFinding) -> Subject<'_> {
    (finding.code, &finding.pointer, finding.words.as_deref(), &finding.message)
}

/// The draft with another plan, reviewed again.
pub(super) fn merge(mut draft: Draft, document: PlanDocument) -> Draft {
    let written = serde_json::to_value(&document).unwrap_or_default();
    draft.traces.retain(|trace| written.pointer(&trace.pointer).is_some());
    draft.traces.sort_by_cached_key(|trace| reading_order(&trace.pointer));
    let mut now = findings::reviewed(&document, &draft.traces);
    let before = std::mem::take(&mut draft.certificate.findings);
    let dismissed: HashMap<Subject<'_>, &DraftFinding> = before
        .iter()
        .filter(|finding| !finding.read && finding.state == FindingState::Dismissed)
        .map(|finding| (subject(finding), finding))
        .collect();
    for finding in &mut now {
        if let Some(same) = dismissed.get(&subject(finding)) {
            (finding.state, finding.reason) = (same.state, same.reason.clone());
        }
    }
    let found: std::collections::HashSet<Subject<'_>> = now.iter().map(subject).collect();
    let mut rest: Vec<DraftFinding> =
        before.iter().filter(|finding| finding.read || !found.contains(&subject(finding))).cloned().collect();
    for finding in rest.iter_mut().filter(|finding| !finding.read) {
        finding.state = FindingState::Settled;
    }
    now.extend(rest);
    draft.certificate.findings = findings::ordered(now);
    accounts::recount(&mut draft.certificate, &document, &draft.traces, &draft.lines);
    draft.document = document;
    draft
}
