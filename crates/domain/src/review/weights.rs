//! Weights: whether they are there, whether they close, whether the two places they are printed in agree.

use rust_decimal::Decimal;

use super::code::{FindingCode, Severity};
use super::finding::Remark;
use super::outline::{Outline, Structure, Task, indicators};
use super::words::{folded, italian};
use crate::figure::Figure;
use crate::objective::Objective;
use crate::said::{Said, Words};
use crate::weight::{Weight, WeightClass};

/// Finds weights that do not close (`E04`), are missing (`E05`), unknown (`E06`), printed differently (`E07`) or impossible
/// (`E08`).
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    for structure in &outline.structures {
        remarks.extend(structure_not_closing(structure));
    }
    missing(outline, remarks);
    cards(outline, remarks);
    let scale = &outline.document.plan.facts.scale;
    for task in outline.tasks() {
        let facts = &task.assignment.facts;
        each(facts.weight.as_ref(), || format!("{}/weight", task.pointer()), scale, remarks);
        each(facts.card_weight.as_ref(), || format!("{}/card_weight", task.pointer()), scale, remarks);
    }
    for (at, objective) in outline.objectives() {
        phases(at, objective, scale, remarks);
        for (pointer, indicator) in indicators(at, objective) {
            each(indicator.facts.weight.as_ref(), || format!("{pointer}/weight"), scale, remarks);
        }
    }
}

/// The figure of a weight, when it is a percentage.
pub(super) fn percent(weight: Option<&Said<Weight>>) -> Option<Decimal> {
    match weight?.value {
        Weight::Percent { percent } => Some(percent.number()),
        Weight::Class { .. } | Weight::Unclear => None,
    }
}

/// A weight in words.
pub(super) fn spelled(weight: &Weight) -> String {
    match weight {
        Weight::Percent { percent } => format!("{}%", italian(percent.number())),
        Weight::Class { class } => format!("classe {}", class.as_str()),
        Weight::Unclear => "non chiaro".to_owned(),
    }
}

/// What percentages add up to; `None` when there are none, so that nothing is not taken for zero.
pub(super) fn sum(weights: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    weights.fold(None, |sum, weight| Some(sum.unwrap_or(Decimal::ZERO).saturating_add(weight)))
}

fn not_closing(weights: impl Iterator<Item = Decimal>) -> Option<String> {
    sum(weights).filter(|sum| *sum != Figure::HUNDRED.number()).map(italian)
}

fn structure_not_closing(structure: &Structure<'_>) -> Option<Remark> {
    let weights = structure.tasks.iter().filter_map(|task| percent(task.assignment.facts.weight.as_ref()));
    let sum = not_closing(weights)?;
    let message = format!("I pesi degli obiettivi di «{}» danno {sum}, non 100.", structure.name);
    let remark = Remark::new(FindingCode::WeightsNotClosing, structure.pointer.as_str(), message);
    Some(remark.quoting(Some(&sum)).proposing("Rivedere i pesi perché la somma sia 100."))
}

fn phases(at: usize, objective: &Objective, scale: &[WeightClass], remarks: &mut Vec<Remark>) {
    let phases = &objective.facts.phases;
    if let Some(sum) = not_closing(phases.iter().filter_map(|phase| percent(phase.facts.weight.as_ref()))) {
        let message = format!("I pesi delle fasi danno {sum}, non 100.");
        let remark = Remark::new(FindingCode::WeightsNotClosing, format!("/objectives/{at}/phases"), message);
        remarks.push(
            remark.quoting(Some(&sum)).proposing("Rivedere i pesi delle fasi perché la somma sia 100."),
        );
    }
    let any = phases.iter().any(|phase| phase.facts.weight.is_some());
    for (number, phase) in phases.iter().enumerate() {
        let pointer = || format!("/objectives/{at}/phases/{number}");
        if any && phase.facts.weight.is_none() {
            let message = "La fase non ha peso, altre fasi dello stesso obiettivo sì.";
            remarks.push(Remark::new(FindingCode::WeightMissing, pointer(), message));
        }
        each(phase.facts.weight.as_ref(), || format!("{}/weight", pointer()), scale, remarks);
    }
}

/// Weights that are not there: one notice for a plan that has none, one finding each in a plan that has some.
fn missing(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    let weighed = any_card(outline) || outline.tasks().any(|task| task.assignment.facts.weight.is_some());
    if !weighed {
        if outline.tasks().next().is_some() {
            let message = "Nessun obiettivo del piano ha un peso: i risultati delle strutture non si potranno comporre.";
            let remark = Remark::new(FindingCode::WeightMissing, "", message).graded(Severity::Notice);
            remarks.push(remark.proposing("Assegnare un peso a ogni obiettivo di ogni struttura."));
        }
        return;
    }
    for task in outline.tasks().filter(|task| task.assignment.facts.weight.is_none()) {
        let message = "L'obiettivo non ha peso in questa struttura, altri obiettivi del piano sì.";
        let remark = Remark::new(FindingCode::WeightMissing, task.pointer(), message);
        remarks.push(match &task.assignment.facts.card_weight {
            Some(card) => {
                remark.proposing(format!("Riportare il peso della scheda: {}.", spelled(&card.value)))
            }
            None => remark.proposing("Indicare il peso."),
        });
    }
}

fn any_card(outline: &Outline<'_>) -> bool {
    outline.tasks().any(|task| task.assignment.facts.card_weight.is_some())
}

/// Weights of the summary beside those of the cards, in plans that print both.
fn cards(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    if !any_card(outline) {
        return;
    }
    remarks.extend(outline.tasks().filter_map(|task| card(&task)));
}

fn card(task: &Task<'_>) -> Option<Remark> {
    let facts = &task.assignment.facts;
    let summary = facts.weight.as_ref()?;
    let action = format!("Riportare sulla scheda il peso del riepilogo: {}.", spelled(&summary.value));
    let Some(card) = &facts.card_weight else {
        let message = "La scheda non riporta il peso, altre schede del piano sì.";
        let remark = Remark::new(FindingCode::CardWeightDiffers, task.pointer(), message);
        return Some(remark.graded(Severity::Notice).proposing(action));
    };
    if card.value == summary.value {
        return None;
    }
    let (one, other) = (spelled(&summary.value), spelled(&card.value));
    let message = format!("Il riepilogo dice {one}, la scheda {other}.");
    let pointer = format!("{}/card_weight", task.pointer());
    let remark = Remark::new(FindingCode::CardWeightDiffers, pointer, message);
    Some(remark.quoting(card.words.as_ref().map(Words::as_str)).proposing(action))
}

/// What is wrong with one weight alone.
fn each(
    weight: Option<&Said<Weight>>,
    pointer: impl Fn() -> String,
    scale: &[WeightClass],
    remarks: &mut Vec<Remark>,
) {
    let Some(weight) = weight else { return };
    let words = weight.words.as_ref().map(Words::as_str);
    match &weight.value {
        Weight::Percent { percent } => {
            if *percent <= Figure::ZERO || *percent > Figure::HUNDRED {
                let message = format!("Un peso di {}% non è possibile.", italian(percent.number()));
                let remark = Remark::new(FindingCode::WeightOutOfBounds, pointer(), message);
                remarks.push(
                    remark.quoting(words).proposing("Indicare un peso maggiore di 0 e al massimo 100."),
                );
            }
        }
        Weight::Class { class } => {
            if !scale.iter().any(|known| known.code == *class) {
                let message = format!("La classe «{}» non è nella scala dei pesi del piano.", class.as_str());
                let remark = Remark::new(FindingCode::WeightClassUnknown, pointer(), message).quoting(words);
                remarks.push(remark.proposing(choose(scale)));
            }
        }
        Weight::Unclear => {
            let remark = Remark::new(FindingCode::WeightClassUnknown, pointer(), unclear(words, scale));
            remarks.push(remark.quoting(words).proposing(choose(scale)));
        }
    }
}

/// Why a weight was not understood: it names no class, or one by its code and another by its label.
fn unclear(words: Option<&str>, scale: &[WeightClass]) -> String {
    let said = folded(words.unwrap_or_default());
    let has = |word: &str| said.split_whitespace().any(|said| said == word);
    let by_code = scale.iter().find(|class| has(&folded(class.code.as_str())));
    let by_label = scale.iter().find(|class| {
        let label = folded(class.label.as_str());
        label.split_whitespace().next().is_some() && label.split_whitespace().all(has)
    });
    match (by_code, by_label) {
        (Some(code), Some(label)) if code != label => format!(
            "Il peso si contraddice: «{}» è la classe «{}», le parole dicono «{}».",
            code.code.as_str(),
            code.label,
            label.label,
        ),
        _ => "Il peso non indica una percentuale né una classe della scala.".to_owned(),
    }
}

fn choose(scale: &[WeightClass]) -> String {
    if scale.is_empty() {
        return "Indicare una percentuale, o descrivere la scala dei pesi nel piano.".to_owned();
    }
    let classes: Vec<String> =
        scale.iter().map(|class| format!("{} - {}", class.code.as_str(), class.label)).collect();
    format!("Scegliere una classe della scala: {}.", classes.join("; "))
}
