//! Several things in one cell: whether what is measured, its targets and its times have as many parts.

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::{Outline, indicators};
use crate::deadline::Deadline;
use crate::objective::Objective;
use crate::target::Target;

/// Finds indicators whose numbered parts do not match those of their target or of their times (`E16`). What has one part only
/// stands for all of them.
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    for (at, objective) in outline.objectives() {
        for (pointer, indicator) in indicators(at, objective) {
            let name = indicator.facts.name.as_str();
            let targets = indicator.facts.target.as_ref().map_or(1, |target| in_target(&target.value));
            let own = indicator.facts.deadline.as_ref();
            let deadline = own.or_else(|| shared_deadline(objective));
            let times = deadline.map_or(1, |deadline| in_deadline(&deadline.value));
            let said =
                [(numbered(name), "nell'indicatore"), (targets, "nel valore atteso"), (times, "nei tempi")];
            let several: Vec<(usize, &str)> = said.into_iter().filter(|(count, _)| *count > 1).collect();
            if several.iter().all(|(count, _)| several.first().is_some_and(|(first, _)| first == count)) {
                continue;
            }
            let counts: Vec<String> =
                several.iter().map(|(count, place)| format!("{count} {place}")).collect();
            let message = format!("Le parti numerate non corrispondono: {}.", counts.join(", "));
            let remark = Remark::new(FindingCode::PartsDiffer, pointer, message).quoting(Some(name));
            remarks.push(
                remark.proposing("Dividere in più indicatori, ciascuno con il suo valore e il suo termine."),
            );
        }
    }
}

/// The deadline of an objective is that of its indicator when there is only one.
fn shared_deadline(objective: &Objective) -> Option<&crate::said::Said<Deadline>> {
    let is_only = objective.facts.phases.is_empty() && objective.facts.indicators.len() == 1;
    objective.facts.deadline.as_ref().filter(|_| is_only)
}

const fn in_target(target: &Target) -> usize {
    match target {
        Target::Parts { parts } => parts.len(),
        Target::Bound { .. }
        | Target::Range { .. }
        | Target::Fraction { .. }
        | Target::Change { .. }
        | Target::Done
        | Target::By { .. }
        | Target::Text => 1,
    }
}

const fn in_deadline(deadline: &Deadline) -> usize {
    match deadline {
        Deadline::Parts { parts } => parts.len(),
        Deadline::Date { .. }
        | Deadline::Month { .. }
        | Deadline::Span { .. }
        | Deadline::LegalTerm
        | Deadline::Event { .. }
        | Deadline::Relative { .. }
        | Deadline::Recurring { .. }
        | Deadline::Continuous
        | Deadline::Impossible { .. }
        | Deadline::Text => 1,
    }
}

/// How far the numbering inside a text goes: `1) .. 2) ..` or `1. .. 2. ..`, each number at the start of a word and in turn,
/// so that `9.500` numbers nothing.
pub(super) fn numbered(text: &str) -> usize {
    let mut reached = 0usize;
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let next = reached.saturating_add(1).to_string();
        let Some(rest) = word.strip_prefix(next.as_str()) else { continue };
        let is_mark = rest.starts_with(')') || (rest == "." && words.peek().is_some());
        if is_mark {
            reached = reached.saturating_add(1);
        }
    }
    reached.max(1)
}
