//! Findings applied and dismissed.

use serde_json::Value;
use traguardo_domain::fault::{FaultKind, Refused};
use traguardo_domain::review::FindingCode;

use super::slot::{Slot, slot};
use super::work::{Work, nowhere};
use crate::draft::{DraftFinding, FindingState};

impl Work {
    /// The place of a finding among those of the draft.
    fn finding(&self, id: &str) -> Result<usize, Refused> {
        let place = self.draft.certificate.findings.iter().position(|finding| finding.id == id);
        place.ok_or_else(|| Refused::new(FaultKind::UnknownReference, "Nella bozza non c'è questo rilievo."))
    }

    fn put_state(&mut self, place: usize, state: FindingState, reason: Option<&str>) {
        if let Some(finding) = self.draft.certificate.findings.get_mut(place) {
            finding.state = state;
            finding.reason = reason.map(str::to_owned);
        }
    }

    /// Writes what a finding suggests.
    pub(super) fn apply(&mut self, id: &str) -> Result<(), Refused> {
        let place = self.finding(id)?;
        let finding = self.draft.certificate.findings.get(place).cloned().ok_or_else(nowhere)?;
        if finding.state == FindingState::Settled {
            return Ok(());
        }
        self.replace(&finding)?;
        self.put_state(place, FindingState::Settled, None);
        Ok(())
    }

    /// Writes everything that asks for nobody's judgement. What cannot be written stays open.
    pub(super) fn apply_safe(&mut self) {
        let safe = |finding: &DraftFinding| {
            finding.safe && finding.replacement && finding.state == FindingState::Open
        };
        let findings = self.draft.certificate.findings.iter().enumerate();
        let safe: Vec<(usize, DraftFinding)> = findings
            .filter(|(_, finding)| safe(finding))
            .map(|(place, finding)| (place, finding.clone()))
            .collect();
        for (place, finding) in safe {
            if self.replace(&finding).is_ok() {
                self.put_state(place, FindingState::Settled, None);
            }
        }
    }

    /// Leaves a finding as it is.
    pub(super) fn dismiss(&mut self, id: &str, reason: Option<&str>) -> Result<(), Refused> {
        let place = self.finding(id)?;
        let settled = |finding: &DraftFinding| finding.state == FindingState::Settled;
        if !self.draft.certificate.findings.get(place).is_some_and(settled) {
            self.put_state(place, FindingState::Dismissed, reason);
        }
        Ok(())
    }

    fn replace(&mut self, finding: &DraftFinding) -> Result<(), Refused> {
        let suggestion = finding.suggestion.as_deref().filter(|_| finding.replacement).ok_or_else(|| {
            let detail =
                "Il suggerimento dice che cosa fare, non le parole da scrivere: scriverle con write.";
            Refused::new(FaultKind::Inconsistent, detail)
        })?;
        let slot = slot(&finding.pointer).ok_or_else(|| {
            let detail = "Le parole di questo rilievo non si possono scrivere da qui.";
            Refused::new(FaultKind::Inconsistent, detail)
        })?;
        if finding.code == FindingCode::LookAlikeLetters {
            return self.replace_inside(
                &slot,
                &finding.pointer,
                finding.words.as_deref().unwrap_or_default(),
                suggestion,
            );
        }
        self.write(&slot, suggestion, "finding")
    }

    /// Writes words one by one in place of others, wherever they stand in a text.
    fn replace_inside(&mut self, slot: &Slot, pointer: &str, words: &str, by: &str) -> Result<(), Refused> {
        let text = self.written.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        // What was written over since is not there any more: nothing is left to replace.
        let Some(text) = text else { return Ok(()) };
        let pairs: Vec<(&str, &str)> = words.split("; ").zip(by.split("; ")).collect();
        let is_letter = |c: char| c.is_alphanumeric();
        let mut written = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(start) = rest.find(is_letter) {
            let (before, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
            let end = from.find(|c| !is_letter(c)).unwrap_or(from.len());
            let (word, after) = from.split_at_checked(end).unwrap_or((from, ""));
            let other = pairs.iter().find(|(one, _)| *one == word).map_or(word, |(_, other)| other);
            written.extend([before, other]);
            rest = after;
        }
        written.push_str(rest);
        if written == text { Ok(()) } else { self.write(slot, &written, "finding") }
    }
}
