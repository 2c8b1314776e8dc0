//! The findings of a draft: those of the review of its plan, and those only reading could see, each with its place in the
//! source and a name.

use std::collections::{HashMap, HashSet};

use traguardo_domain::digest::Digest;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::review::{Context, Finding, FindingCode, Severity, reading_order, review};
use traguardo_domain::vocabulary::Vocabulary as _;

use super::desk::Remark;
use super::{DraftFinding, FindingState, Trace};
use crate::source::Spot;

/// How many digits of a digest are in a name.
const DIGITS: usize = 8;

/// Where the values of a document were found, by pointer.
pub(super) struct Places<'t> {
    traces: &'t [Trace],
    first: HashMap<&'t str, usize>,
}

impl<'t> Places<'t> {
    /// The places of these traces.
    pub(super) fn of(traces: &'t [Trace]) -> Self {
        let mut first = HashMap::with_capacity(traces.len().saturating_mul(3));
        for (at, trace) in traces.iter().enumerate() {
            let mut pointer = trace.pointer.as_str();
            while !pointer.is_empty() {
                first.entry(pointer).or_insert(at);
                pointer = above(pointer);
            }
        }
        Self { traces, first }
    }

    /// Where a value was found, or something in it, or the nearest thing it is part of.
    pub(super) fn spot(&self, pointer: &str) -> Option<&'t Spot> {
        let mut pointer = pointer;
        while !pointer.is_empty() {
            if let Some(trace) = self.first.get(pointer).and_then(|at| self.traces.get(*at)) {
                return Some(&trace.spot);
            }
            pointer = above(pointer);
            // A list of everything says nothing of where one of it would be.
            if ["/units", "/sections", "/objectives"].contains(&pointer) {
                return None;
            }
        }
        None
    }
}

/// The pointer to what holds a value.
fn above(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(above, _)| above)
}

/// What the review of the plan finds, with no names yet.
pub(super) fn reviewed(document: &PlanDocument, traces: &[Trace]) -> Vec<DraftFinding> {
    let places = Places::of(traces);
    review(document, &Context::default()).into_iter().map(|finding| found(finding, &places)).collect()
}

fn found(finding: Finding, places: &Places<'_>) -> DraftFinding {
    let spot = places.spot(&finding.place.pointer).cloned();
    let safe = finding.suggestion.as_ref().is_some_and(|suggestion| suggestion.safe);
    let replacement = finding.suggestion.as_ref().is_some_and(|suggestion| suggestion.replaces);
    DraftFinding {
        id: String::new(),
        code: finding.code,
        severity: finding.severity,
        pointer: finding.place.pointer,
        spot,
        words: finding.words,
        message: finding.message,
        law: finding.law.map(str::to_owned),
        suggestion: finding.suggestion.map(|suggestion| suggestion.text),
        replacement,
        safe,
        read: false,
        state: FindingState::Open,
        reason: None,
    }
}

/// What was noticed while reading, as a finding with no name yet.
pub(super) fn noticed(remark: Remark) -> DraftFinding {
    DraftFinding {
        id: String::new(),
        code: remark.code,
        severity: remark.severity,
        pointer: remark.pointer,
        spot: remark.spot,
        words: remark.words,
        message: remark.message,
        law: remark.code.law().map(str::to_owned),
        suggestion: remark.suggestion,
        replacement: false,
        safe: false,
        read: true,
        state: FindingState::Open,
        reason: None,
    }
}

/// What was noticed of no objective and no structure, at the value its line went into.
pub(super) fn at_values(remarks: Vec<Remark>, traces: &[Trace]) -> Vec<Remark> {
    let mut by_line: HashMap<(Option<&str>, u32), &str> = HashMap::new();
    for trace in traces {
        for spot in std::iter::once(&trace.spot).chain(&trace.more) {
            by_line.entry((spot.sheet.as_deref(), spot.line)).or_insert(&trace.pointer);
        }
    }
    let place = |mut remark: Remark| {
        if let (true, Some(spot)) = (remark.pointer.is_empty(), &remark.spot) {
            let value = by_line.get(&(spot.sheet.as_deref(), spot.line));
            remark.pointer = value.copied().unwrap_or_default().to_owned();
        }
        remark
    };
    remarks.into_iter().map(place).collect()
}

/// The findings in the order of the document, each with its name. What the reader told better is not told again.
pub(super) fn ordered(mut findings: Vec<DraftFinding>) -> Vec<DraftFinding> {
    let weightless: HashSet<String> = findings
        .iter()
        .filter(|finding| finding.read && finding.code == FindingCode::WeightMissing)
        .map(|finding| format!("{}/assignments/", finding.pointer))
        .collect();
    let told = |finding: &DraftFinding| {
        let (holder, _) = finding.pointer.rsplit_once('/').unwrap_or_default();
        finding.code == FindingCode::CardWeightDiffers
            && finding.severity == Severity::Notice
            && weightless.contains(&format!("{holder}/"))
    };
    findings.retain(|finding| finding.read || !told(finding));
    findings.sort_by_cached_key(|finding| (reading_order(&finding.pointer), finding.code, finding.read));
    let mut names = HashSet::with_capacity(findings.len());
    for finding in &mut findings {
        let mut again: u32 = 0;
        finding.id = name(finding, again);
        while !names.insert(finding.id.clone()) {
            again = again.saturating_add(1);
            finding.id = name(finding, again);
        }
    }
    findings
}

/// The name of a finding: the same as long as it is about the same words in the same place.
fn name(finding: &DraftFinding, again: u32) -> String {
    let words = finding.words.as_deref().map(str::as_bytes);
    let again = again.to_be_bytes();
    let digest = Digest::of_fields([
        Some(finding.code.word().as_bytes()),
        Some(finding.pointer.as_bytes()),
        words,
        Some(finding.message.as_bytes()),
        Some(again.as_slice()),
    ]);
    let digits: String = digest.to_string().chars().take(DIGITS).collect();
    format!("{}-{digits}", finding.code.word())
}
