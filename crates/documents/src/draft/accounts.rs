//! What became of every line, and what the reading of a source came to.

use std::collections::BTreeMap;

use traguardo_domain::comune::ComuneCode;
use traguardo_domain::period::Year;
use traguardo_domain::plan::document::PlanDocument;

use super::{Certificate, Counts, DraftFinding, FindingState, LineAccount, Trace};
use crate::gathered::Use;
use crate::source::{Place, Source};

/// What became of every line of a source. A line nobody said anything of was not understood.
pub(super) fn lines(source: &Source, uses: &[Use]) -> Vec<LineAccount> {
    let account = |(at, line): (usize, &crate::source::SourceLine)| {
        let blank = line.is_blank();
        let unsaid = if blank { Use::Blank } else { Use::NotUnderstood };
        let became = uses.get(at).copied().unwrap_or(unsaid);
        let cell = line.cells().position(|cell| !cell.trim().is_empty()).unwrap_or_default();
        let spot = source.spot(Place { line: at, cell });
        let words =
            || line.cells().map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" | ");
        let alone = match became {
            Use::Value | Use::Heading | Use::Blank => false,
            Use::Header | Use::RepeatedHeader | Use::Total | Use::Decoration | Use::NotUnderstood => !blank,
        };
        LineAccount { spot, became, words: alone.then(words) }
    };
    source.lines().iter().enumerate().map(account).collect()
}

/// What a use is called in a certificate.
const fn word(became: Use) -> &'static str {
    match became {
        Use::Value => "value",
        Use::Heading => "heading",
        Use::Header => "header",
        Use::RepeatedHeader => "repeated_header",
        Use::Total => "total",
        Use::Blank => "blank",
        Use::Decoration => "decoration",
        Use::NotUnderstood => "not_understood",
    }
}

/// How many lines came to what.
pub(super) fn sums(lines: &[LineAccount]) -> BTreeMap<String, usize> {
    let mut sums: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines {
        let sum = sums.entry(word(line.became).to_owned()).or_default();
        *sum = sum.saturating_add(1);
    }
    sums
}

/// The share of the lines with something in them that were understood, never rounded up.
pub(super) fn coverage(lines: &[LineAccount]) -> String {
    let count = |is: fn(Use) -> bool| lines.iter().filter(|line| is(line.became)).count();
    let full = count(|became| became != Use::Blank);
    let lost = count(|became| became == Use::NotUnderstood);
    let share = full.saturating_sub(lost).saturating_mul(10_000).checked_div(full).unwrap_or_default();
    let (whole, part) = (share.div_euclid(10_000), share.rem_euclid(10_000));
    format!("{whole}.{part:04}")
}

/// How many of each kind a plan has.
pub(super) fn counts(document: &PlanDocument, traces: &[Trace]) -> Counts {
    let mut counts = Counts {
        units: document.units.len(),
        posts: document.units.iter().map(|unit| unit.facts.staff.len()).sum(),
        sections: document.sections.len(),
        objectives: document.objectives.len(),
        values: traces.len(),
        ..Counts::default()
    };
    for objective in &document.objectives {
        let facts = &objective.facts;
        counts.assignments = counts.assignments.saturating_add(facts.assignments.len());
        counts.phases = counts.phases.saturating_add(facts.phases.len());
        counts.indicators = counts.indicators.saturating_add(facts.every_indicator().count());
    }
    counts
}

/// What is known of a source beside its lines.
pub(super) struct Origin<'o> {
    /// The source.
    pub(super) source: &'o Source,
    /// The profile it was read with.
    pub(super) profile: &'o str,
}

/// What the reading of a source came to.
pub(super) fn certificate(
    origin: &Origin<'_>,
    document: &PlanDocument,
    traces: &[Trace],
    lines: &[LineAccount],
    findings: Vec<DraftFinding>,
) -> Certificate {
    let (comune, year): (ComuneCode, Year) = (document.comune, document.plan.facts.year);
    let mut certificate = Certificate {
        comune,
        year,
        digest: origin.source.digest,
        format: origin.source.format,
        encoding: origin.source.encoding.to_owned(),
        profile: origin.profile.to_owned(),
        proposals: Vec::new(),
        counts: Counts::default(),
        lines: BTreeMap::new(),
        lines_in: origin.source.lines().len(),
        remarks: origin.source.remarks.clone(),
        coverage: String::new(),
        findings_by_code: BTreeMap::new(),
        findings,
    };
    recount(&mut certificate, document, traces, lines);
    certificate
}

/// Counts again what a certificate counts: everything in it but its origin and its findings.
pub(super) fn recount(
    certificate: &mut Certificate,
    document: &PlanDocument,
    traces: &[Trace],
    lines: &[LineAccount],
) {
    certificate.counts = counts(document, traces);
    certificate.lines = sums(lines);
    certificate.coverage = coverage(lines);
    certificate.findings_by_code = BTreeMap::new();
    for finding in certificate.findings.iter().filter(|finding| finding.state != FindingState::Settled) {
        let count = certificate.findings_by_code.entry(finding.code).or_default();
        *count = count.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Spot;

    fn line(became: Use) -> LineAccount {
        LineAccount { spot: Spot { sheet: None, line: 1, column: 1, cell: None }, became, words: None }
    }

    #[test]
    fn coverage_counts_full_lines_and_never_rounds_up() {
        let mut lines: Vec<LineAccount> = (0..2).map(|_| line(Use::Value)).collect();
        lines.push(line(Use::NotUnderstood));
        lines.push(line(Use::Blank));
        assert_eq!(coverage(&lines), "0.6666");
        assert_eq!(coverage(&lines[..2]), "1.0000");
        assert_eq!(coverage(&[line(Use::Blank)]), "0.0000");
    }
}
