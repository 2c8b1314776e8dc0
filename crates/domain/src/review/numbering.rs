//! Codes of objectives: numbers that are missing, repeated or out of order, and codes of another structure.

use std::collections::{BTreeMap, BTreeSet};

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::{Outline, Task};
use super::words::listed;
use crate::objective::ObjectiveKind;

mod branches;
mod sequence;

use sequence::in_turn;

/// The most missing numbers a message names one by one.
const MOST_NAMED: usize = 20;

/// A printed code taken apart: `7/SA` is 7 with nothing before it and `/SA` after it.
struct Printed<'a> {
    before: &'a str,
    number: u32,
    after: &'a str,
}

/// Objectives that are numbered together: those of one structure alone, apart from its transversal ones, whose numbers often
/// begin anew; or those of a whole branch, where its structures share one numbering.
struct Run<'a> {
    name: &'a str,
    pointer: String,
    tasks: Vec<Task<'a>>,
}

/// Finds numbers out of sequence (`E09`) and codes of another structure (`E11`).
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    let own = runs(outline);
    for run in &own {
        foreign(run, remarks);
    }
    let runs = branches::joined(outline.document, own);
    let ends: BTreeSet<u32> = runs.iter().filter_map(|run| run.numbers().last().copied()).collect();
    for run in &runs {
        if run.numbers().is_empty() {
            continue;
        }
        one_by_one(run, remarks);
        remarks.extend(gaps(run, &ends));
    }
}

impl Run<'_> {
    fn numbers(&self) -> BTreeSet<u32> {
        self.tasks.iter().filter_map(|task| printed(task)).map(|printed| printed.number).collect()
    }
}

fn runs<'a>(outline: &'a Outline<'a>) -> Vec<Run<'a>> {
    let mut runs = Vec::new();
    for structure in &outline.structures {
        let alone = structure.tasks.iter().filter(|task| task.objective.facts.assignments.len() == 1);
        let (transversal, own): (Vec<Task<'a>>, Vec<Task<'a>>) =
            alone.copied().partition(|task| task.objective.facts.kinds.contains(&ObjectiveKind::Transversal));
        let run = |tasks| Run { name: structure.name, pointer: structure.pointer.clone(), tasks };
        runs.extend([own, transversal].map(run));
    }
    runs
}

fn printed<'a>(task: &Task<'a>) -> Option<Printed<'a>> {
    let code = task.objective.facts.code.as_ref()?.as_str();
    let start = code.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = code.split_at_checked(start)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, after) = rest.split_at_checked(end)?;
    Some(Printed { before: before.trim(), number: digits.parse().ok()?, after: after.trim() })
}

fn code_of<'a>(task: &Task<'a>) -> Option<&'a str> {
    task.objective.facts.code.as_ref().map(crate::text::Line::as_str)
}

fn one_by_one(run: &Run<'_>, remarks: &mut Vec<Remark>) {
    let numbers: Vec<Option<u32>> =
        run.tasks.iter().map(|task| printed(task).map(|printed| printed.number)).collect();
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for number in numbers.iter().flatten() {
        let count = counts.entry(*number).or_default();
        *count = count.saturating_add(1);
    }
    let in_turn = in_turn(&numbers);
    for ((task, number), in_turn) in run.tasks.iter().zip(&numbers).zip(in_turn) {
        let message = match number {
            Some(_) if in_turn => continue,
            None if task.objective.facts.code.is_none() => {
                "L'obiettivo non ha codice, altri della stessa struttura sì.".to_owned()
            }
            None => "Il codice non ha un numero, quelli degli altri obiettivi della struttura sì.".to_owned(),
            Some(number) if counts.get(number).is_some_and(|count| *count > 1) => {
                format!("Il numero {number} è già di un altro obiettivo di «{}».", run.name)
            }
            Some(number) => format!("Il numero {number} non segue quelli degli obiettivi vicini."),
        };
        let base = format!("/objectives/{}", task.at);
        let pointer = if code_of(task).is_some() { format!("{base}/code") } else { base };
        let remark = Remark::new(FindingCode::NumberOutOfSequence, pointer, message).quoting(code_of(task));
        remarks.push(remark.proposing("Verificare la numerazione sul documento originale."));
    }
}

/// Numbers nobody has. A numbering that goes on where another structure's ended does not begin at one.
fn gaps(run: &Run<'_>, ends: &BTreeSet<u32>) -> Option<Remark> {
    let numbers = run.numbers();
    let (low, high) = (*numbers.first()?, *numbers.last()?);
    let unplaced = run.tasks.iter().filter(|task| printed(task).is_none()).count();
    let start = if ends.contains(&low.saturating_sub(1)) { low } else { 1 };
    let span = usize::try_from(high.saturating_sub(start)).ok()?.saturating_add(1);
    let missing = span.saturating_sub(numbers.len());
    if numbers.len() < 2 || missing <= unplaced || missing > numbers.len() {
        return None;
    }
    let absent: Vec<u32> =
        (start..=high).filter(|number| !numbers.contains(number)).take(MOST_NAMED).collect();
    let named = listed(&absent);
    let message = if absent.len() == 1 {
        format!("Nella numerazione degli obiettivi di «{}» manca il {named}.", run.name)
    } else {
        format!("Nella numerazione degli obiettivi di «{}» mancano {named}.", run.name)
    };
    let remark = Remark::new(FindingCode::NumberOutOfSequence, run.pointer.as_str(), message);
    Some(remark.quoting(Some(&named)).proposing("Verificare se degli obiettivi sono andati persi."))
}

/// Codes whose letters differ from those most codes of the structure have.
fn foreign(run: &Run<'_>, remarks: &mut Vec<Remark>) {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let codes: Vec<(&Task<'_>, Printed<'_>)> =
        run.tasks.iter().filter_map(|task| printed(task).map(|printed| (task, printed))).collect();
    for (_, printed) in &codes {
        let count = counts.entry((printed.before, printed.after)).or_default();
        *count = count.saturating_add(1);
    }
    let Some((usual, count)) = counts.into_iter().max_by_key(|(_, count)| *count) else { return };
    if count < 2 || count.saturating_mul(2) <= codes.len() {
        return;
    }
    for (task, printed) in codes.iter().filter(|(_, printed)| (printed.before, printed.after) != usual) {
        let (before, after) = usual;
        let expected = format!("{before}{}{after}", printed.number);
        let message = format!("Gli altri codici di «{}» sono della forma {before}n{after}.", run.name);
        let pointer = format!("/objectives/{}/code", task.at);
        let remark = Remark::new(FindingCode::CodeOfAnotherStructure, pointer, message);
        remarks.push(remark.quoting(code_of(task)).offering(expected));
    }
}
