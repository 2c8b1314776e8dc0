//! What was found wrong, rule by rule, the gravest first: what it is said once, then where, in which words, and what may be
//! written instead.

use std::collections::BTreeMap;

use traguardo_documents::draft::DraftFinding;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::review::{FindingCode, Severity};

use super::page::{Page, clipped};
use super::places;

/// The most words of a source that are quoted.
const MOST_QUOTED: usize = 110;

/// Writes every finding; those of the law, which are long, in a line or two each.
pub(super) fn write(findings: &[DraftFinding], document: &PlanDocument, page: &mut Page) {
    let (law, written): (Vec<&DraftFinding>, Vec<&DraftFinding>) =
        findings.iter().partition(|finding| finding.code.word().starts_with('C'));
    page.heading(&format!("RILIEVI: {}", counted(written.iter().copied())));
    if written.is_empty() {
        page.hanging("  ", "Nessuno.");
    }
    for (_, group) in groups(&written) {
        write_group(&group, document, page);
    }
    if law.is_empty() {
        return;
    }
    page.heading(&format!("VERIFICHE DI LEGGE: {}", counted(law.iter().copied())));
    for (_, group) in groups(&law) {
        for finding in &group {
            let what = places::of(finding, document).map(|place| format!("{place}: ")).unwrap_or_default();
            page.hanging(&format!("  {}  ", finding.code.word()), &format!("{what}{}", finding.message));
        }
    }
}

/// The findings by rule: rules with errors first, then with warnings, then the rest.
fn groups<'f>(findings: &[&'f DraftFinding]) -> BTreeMap<(Severity, FindingCode), Vec<&'f DraftFinding>> {
    let mut gravest: BTreeMap<FindingCode, Severity> = BTreeMap::new();
    for finding in findings {
        let known = gravest.entry(finding.code).or_insert(finding.severity);
        *known = finding.severity.min(*known);
    }
    let mut groups: BTreeMap<(Severity, FindingCode), Vec<&DraftFinding>> = BTreeMap::new();
    for finding in findings {
        let severity = gravest.get(&finding.code).copied().unwrap_or(finding.severity);
        groups.entry((severity, finding.code)).or_default().push(finding);
    }
    groups
}

fn write_group(group: &[&DraftFinding], document: &PlanDocument, page: &mut Page) {
    let Some(first) = group.first() else { return };
    let law = first.law.as_ref().map(|law| format!(" [{law}]")).unwrap_or_default();
    page.gap();
    let heading = format!("{} — {}{law}", first.code.title(), counted(group.iter().copied()));
    page.hanging(&format!("  {}  ", first.code.word()), &heading);
    let mut rest: Vec<&DraftFinding> = group.to_vec();
    while let Some(first) = rest.first().copied() {
        let advice = |finding: &DraftFinding| finding.suggestion.clone().filter(|_| !finding.replacement);
        let like = |one: &&DraftFinding| one.message == first.message && advice(one) == advice(first);
        let (same, others): (Vec<&DraftFinding>, Vec<&DraftFinding>) = rest.into_iter().partition(like);
        rest = others;
        page.hanging("       ", &first.message);
        for finding in same {
            write_place(finding, document, page);
        }
        if let Some(advice) = advice(first) {
            page.hanging("       → ", &advice);
        }
    }
}

/// Where, in which words, and the words to write instead.
fn write_place(finding: &DraftFinding, document: &PlanDocument, page: &mut Page) {
    let place = places::of(finding, document);
    let words = finding.words.as_ref().map(|words| format!("«{}»", clipped(words.trim(), MOST_QUOTED)));
    let instead = finding.suggestion.as_ref().filter(|_| finding.replacement);
    let instead = instead.map(|words| {
        let sure = if finding.safe { " (sicuro)" } else { "" };
        format!("→ «{words}»{sure}")
    });
    let told: Vec<String> =
        [place.map(|place| format!("{place}:")), words, instead].into_iter().flatten().collect();
    if !told.is_empty() {
        page.hanging("         ", told.join(" ").trim_end_matches(':'));
    }
}

/// How many of each gravity, in words.
fn counted<'f>(findings: impl Iterator<Item = &'f DraftFinding>) -> String {
    let (mut errors, mut warnings, mut notices) = (0usize, 0usize, 0usize);
    for finding in findings {
        let count = match finding.severity {
            Severity::Error => &mut errors,
            Severity::Warning => &mut warnings,
            Severity::Notice => &mut notices,
        };
        *count = count.saturating_add(1);
    }
    let told = [
        (errors, "errore", "errori"),
        (warnings, "avvertimento", "avvertimenti"),
        (notices, "avviso", "avvisi"),
    ];
    let told: Vec<String> = told
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, several)| format!("{count} {}", if count == 1 { one } else { several }))
        .collect();
    if told.is_empty() { "nessuno".to_owned() } else { told.join(", ") }
}
