//! What is missing beside what others have: phases, and the end of the document.

use std::collections::BTreeSet;

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::Outline;
use super::words::{folded, is_filler};
use crate::objective::Objective;

/// Finds objectives without phases beside others with some (`E12`) and a last objective that breaks off (`E13`).
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    let mut told = BTreeSet::new();
    for structure in &outline.structures {
        if structure.tasks.iter().all(|task| task.objective.facts.phases.is_empty()) {
            continue;
        }
        let bare = structure.tasks.iter().filter(|task| task.objective.facts.phases.is_empty());
        for task in bare.filter(|task| told.insert(task.at)) {
            let message = format!("L'obiettivo non ha fasi, altri di «{}» sì.", structure.name);
            let remark = Remark::new(FindingCode::PhasesMissing, format!("/objectives/{}", task.at), message);
            remarks.push(remark.proposing("Descrivere le fasi o verificare che non siano andate perse."));
        }
    }
    remarks.extend(broken_off(outline));
}

/// Only what cannot be the end of a sentence counts, and only when nothing at all follows it.
fn broken_off(outline: &Outline<'_>) -> Option<Remark> {
    let (at, last) = outline.objectives().last()?;
    let facts = &last.facts;
    let is_bare = facts.phases.is_empty() && facts.indicators.is_empty() && facts.steps.is_empty();
    let text = last_text(last);
    if !is_bare || !ends_mid_sentence(text) {
        return None;
    }
    let message = "L'ultimo obiettivo del documento si interrompe a metà frase e non ha fasi né indicatori.";
    let remark = Remark::new(FindingCode::LastObjectiveTruncated, format!("/objectives/{at}"), message);
    Some(remark.quoting(Some(text)).proposing("Verificare la fine del documento originale."))
}

/// What is written last of an objective.
fn last_text(objective: &Objective) -> &str {
    let facts = &objective.facts;
    let result = facts.expected_result.as_ref().map(super::super::text::Text::as_str);
    let purpose = facts.purpose.as_ref().map(super::super::text::Text::as_str);
    let description = facts.description.as_ref().map(super::super::text::Text::as_str);
    result.or(purpose).or(description).unwrap_or(facts.title.as_str())
}

fn ends_mid_sentence(text: &str) -> bool {
    if text.ends_with([',', '(', '-', '–', '/', '«']) {
        return true;
    }
    let ends_in_word = text.ends_with(|c: char| c.is_lowercase() || c == '\'' || c == '’');
    let words = folded(text);
    ends_in_word
        && words.split_whitespace().count() > 1
        && words.split_whitespace().last().is_some_and(is_filler)
}
