//! What was found wrong, the gravest first, rule by rule: what it is said once, then where, in which words, and what may be
//! written instead. What is only worth knowing is summed up, unless all of it was asked for.

use std::collections::BTreeMap;

use traguardo_documents::draft::{DraftFinding, FindingState};
use traguardo_documents::source::Spot;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::review::{FindingCode, Severity};

use super::page::Page;
use super::places;

mod blocks;

use blocks::{Block, Row, advice};

/// How much is told of what is found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    /// The most rows of one rule.
    rows: usize,
    /// The most places of one row.
    places: usize,
    /// The most messages of one check of the law.
    law: usize,
    /// Whether notices are told like warnings.
    notices: bool,
}

impl Extent {
    /// Everything.
    pub(super) const ALL: Self =
        Self { rows: usize::MAX, places: usize::MAX, law: usize::MAX, notices: true };
    /// What has to be read.
    pub(super) const BRIEF: Self = Self { rows: 6, places: 12, law: 3, notices: false };
    /// What has to be read of what is impossible: as good as all of it.
    const GRAVE: Self = Self { rows: 40, places: 40, law: 40, notices: false };

    const fn of(self, severity: Severity) -> Self {
        match severity {
            Severity::Error if !self.notices => Self::GRAVE,
            Severity::Error | Severity::Warning | Severity::Notice => self,
        }
    }
}

/// The findings nobody has decided on yet.
pub(super) fn open(findings: &[DraftFinding]) -> impl Iterator<Item = &DraftFinding> {
    findings.iter().filter(|finding| finding.state == FindingState::Open)
}

/// Those of a gravity, checks of the law aside.
pub(super) fn graded(findings: &[DraftFinding], severity: Severity) -> impl Iterator<Item = &DraftFinding> {
    open(findings).filter(move |finding| !is_law(finding) && finding.severity == severity)
}

/// Whether a rule is a check of the law on the plan as a whole.
pub(super) fn is_law(finding: &DraftFinding) -> bool {
    finding.code.word().starts_with('C')
}

/// Writes the findings that are open.
pub(super) fn write(findings: &[DraftFinding], document: &PlanDocument, extent: Extent, page: &mut Page) {
    let written = |severity: Severity| -> Vec<&DraftFinding> { graded(findings, severity).collect() };
    let (errors, warnings, notices) =
        (written(Severity::Error), written(Severity::Warning), written(Severity::Notice));
    section("ERRORI: da correggere", &errors, document, extent.of(Severity::Error), page);
    section("AVVERTIMENTI: da verificare", &warnings, document, extent, page);
    law(findings, document, extent, page);
    if extent.notices {
        section("AVVISI: utili a sapersi", &notices, document, extent, page);
    } else {
        summed_up(&notices, page);
    }
}

fn section(
    heading: &str,
    findings: &[&DraftFinding],
    document: &PlanDocument,
    extent: Extent,
    page: &mut Page,
) {
    if findings.is_empty() {
        return;
    }
    page.heading(&format!("{heading} ({})", findings.len()));
    for (at, (_, group)) in by_code(findings).into_iter().enumerate() {
        if at > 0 {
            page.gap();
        }
        write_group(&group, document, extent, page);
    }
}

fn by_code<'f>(findings: &[&'f DraftFinding]) -> BTreeMap<FindingCode, Vec<&'f DraftFinding>> {
    let mut groups: BTreeMap<FindingCode, Vec<&DraftFinding>> = BTreeMap::new();
    for finding in findings {
        groups.entry(finding.code).or_default().push(finding);
    }
    groups
}

/// One rule: its name and how often, then what is wrong and where, then what to do where it is the same for all.
fn write_group(group: &[&DraftFinding], document: &PlanDocument, extent: Extent, page: &mut Page) {
    let Some(first) = group.first() else { return };
    let law = first.law.as_ref().map(|law| format!(" [{law}]")).unwrap_or_default();
    let heading = format!("{}: {}{law}", first.code.title(), group.len());
    page.hanging(&format!("  {}  ", first.code.word()), &heading);
    let same = group.iter().all(|finding| advice(finding) == advice(first));
    let mut room = extent.rows;
    let mut left: Vec<&Spot> = Vec::new();
    let mut more = 0usize;
    for block in Block::of(group, document) {
        let (told, rest) = block.rows.split_at(block.rows.len().min(room));
        room = room.saturating_sub(told.len());
        for row in rest {
            left.extend(row.spots.iter().copied());
            more = more.saturating_add(row.times);
        }
        write_block(&block, told, extent, page);
        if let Some(advice) = block.advice.filter(|advice| !same && !told.is_empty() && !block.says(advice)) {
            page.hanging("       → ", advice);
        }
    }
    if more > 0 {
        left.sort_by_key(|spot| (spot.sheet.as_deref(), spot.line, spot.column));
        let places = places::listed(left, extent.places);
        let places = if places.is_empty() { places } else { format!(": {places}") };
        page.hanging("       ", &format!("{}{places}.", others(more)));
    }
    if let Some(advice) = advice(first).filter(|_| same) {
        page.hanging("       → ", advice);
    }
}

/// How many are not told.
fn others(count: usize) -> String {
    if count == 1 { "E un altro".to_owned() } else { format!("E altri {count}") }
}

fn write_block(block: &Block<'_>, told: &[Row<'_>], extent: Extent, page: &mut Page) {
    match told {
        [] => {}
        [only] if block.rows.len() == 1 => {
            let place = only.place(extent.places);
            let place = if place.is_empty() { place } else { format!("{place}: ") };
            page.hanging("       ", &format!("{place}{}", block.message));
            let is_said = only.words.as_ref().is_none_or(|words| block.says(words));
            if !is_said || only.has_instead() {
                page.hanging("         ", &only.told(String::new()));
            }
        }
        several => {
            page.hanging("       ", block.message);
            for row in several {
                page.hanging("         ", &row.told(row.place(extent.places)));
            }
        }
    }
}

/// What the law asks of the plan as a whole: every message, each with its places.
fn law(findings: &[DraftFinding], document: &PlanDocument, extent: Extent, page: &mut Page) {
    let mut checks: Vec<&DraftFinding> = open(findings).filter(|finding| is_law(finding)).collect();
    if checks.is_empty() {
        return;
    }
    checks.sort_by_key(|finding| finding.code);
    page.heading(&format!("VERIFICHE DI LEGGE SUL PIANO ({})", checks.len()));
    for (code, group) in by_code(&checks) {
        let blocks = Block::of(&group, document);
        let left = blocks.len().saturating_sub(extent.law);
        for block in blocks.into_iter().take(extent.law) {
            let spots = block.rows.iter().flat_map(|row| row.spots.iter().copied());
            let place = places::listed(spots, extent.places);
            let place = if place.is_empty() { place } else { format!("{place}: ") };
            page.hanging(&format!("  {}  ", code.word()), &format!("{place}{}", block.message));
        }
        if left > 0 {
            page.hanging("       ", &format!("{} come questi.", others(left)));
        }
    }
}

/// Notices in a line each: what, how often, where first.
fn summed_up(notices: &[&DraftFinding], page: &mut Page) {
    /// The most places that are named of a notice.
    const PLACES: usize = 4;
    if notices.is_empty() {
        return;
    }
    page.heading(&format!("AVVISI: utili a sapersi ({}; uno per uno con --all)", notices.len()));
    for (code, group) in by_code(notices) {
        let places = places::listed(group.iter().filter_map(|finding| finding.spot.as_ref()), PLACES);
        let places = if places.is_empty() { places } else { format!(" — {places}") };
        page.hanging(&format!("  {}  ", code.word()), &format!("{}: {}{places}", code.title(), group.len()));
    }
}
