//! Targets: what was not understood, what is missing, what cannot be compared or counted.

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::{Outline, indicators};
use crate::indicator::{Formula, Indicator, IndicatorFacts};
use crate::objective::Objective;
use crate::said::Words;
use crate::target::Target;

/// Finds targets not understood or absent (`E14`), changes with nothing to start from (`E17`) and figures without a unit
/// (`E18`).
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    for (at, objective) in outline.objectives() {
        let beside = some_target(objective);
        for (pointer, indicator) in indicators(at, objective) {
            let facts = &indicator.facts;
            remarks.extend(baseline(facts, &pointer));
            let Some(target) = &facts.target else {
                remarks.extend(absent(facts, &pointer, beside));
                continue;
            };
            let pointer = format!("{pointer}/target");
            for leaf in leaves(&target.value, pointer, target.words.as_ref()) {
                remarks.extend(not_understood(&leaf));
                remarks.extend(without_measure(&leaf, facts));
            }
        }
    }
}

/// One target without parts.
struct Leaf<'a> {
    pointer: String,
    words: Option<&'a str>,
    target: &'a Target,
}

fn leaves<'a>(target: &'a Target, pointer: String, words: Option<&'a Words>) -> Vec<Leaf<'a>> {
    let Target::Parts { parts } = target else {
        return vec![Leaf { pointer, words: words.map(Words::as_str), target }];
    };
    let parts = parts.iter().enumerate();
    parts
        .flat_map(|(number, part)| {
            leaves(&part.value, format!("{pointer}/value/parts/{number}"), part.words.as_ref().or(words))
        })
        .collect()
}

fn some_target(objective: &Objective) -> bool {
    let has = |indicators: &[Indicator]| indicators.iter().any(|indicator| indicator.facts.target.is_some());
    has(&objective.facts.indicators)
        || objective.facts.phases.iter().any(|phase| has(&phase.facts.indicators))
}

fn not_understood(leaf: &Leaf<'_>) -> Option<Remark> {
    let words = leaf.words.filter(|words| words.contains(|c: char| c.is_ascii_digit() || c == '%'))?;
    if *leaf.target != Target::Text {
        return None;
    }
    let message = "Il valore atteso contiene cifre ma non si riesce a interpretare.";
    let remark = Remark::new(FindingCode::TargetNotUnderstood, leaf.pointer.as_str(), message);
    Some(
        remark
            .quoting(Some(words))
            .proposing("Scrivere un solo confronto, un numero e la sua unità: «almeno 90%»."),
    )
}

fn absent(facts: &IndicatorFacts, pointer: &str, beside: bool) -> Option<Remark> {
    let measured =
        facts.measure.is_some() || facts.direction.is_some() || facts.formula.is_some_and(is_numeric);
    if !measured && !beside {
        return None;
    }
    let message = "L'indicatore non ha un valore atteso.";
    let remark = Remark::new(FindingCode::TargetNotUnderstood, pointer, message);
    Some(remark.quoting(Some(facts.name.as_str())).proposing("Indicare il valore atteso."))
}

/// Whether a formula compares numbers.
const fn is_numeric(formula: Formula) -> bool {
    match formula {
        Formula::Higher
        | Formula::HigherFromBaseline
        | Formula::Lower
        | Formula::LowerThanZero
        | Formula::Range
        | Formula::Scale
        | Formula::Ratio
        | Formula::Count
        | Formula::Variation
        | Formula::Frequency
        | Formula::Threshold => true,
        Formula::Boolean
        | Formula::Date
        | Formula::RelativeDate
        | Formula::Milestone
        | Formula::Judgement
        | Formula::Composite
        | Formula::Qualitative => false,
    }
}

/// Whether a target, or one of its parts, is a change.
fn is_change(target: &Target) -> bool {
    match target {
        Target::Change { .. } => true,
        Target::Parts { parts } => parts.iter().any(|part| is_change(&part.value)),
        Target::Bound { .. }
        | Target::Range { .. }
        | Target::Fraction { .. }
        | Target::Done
        | Target::By { .. }
        | Target::Text => false,
    }
}

fn baseline(facts: &IndicatorFacts, pointer: &str) -> Option<Remark> {
    let remark = |pointer: &str, message| Remark::new(FindingCode::BaselineMissing, pointer, message);
    if let Some(baseline) = &facts.baseline {
        if baseline.figure.is_some() {
            return None;
        }
        let message = "Il valore di partenza è annunciato ma non c'è ancora una cifra.";
        let remark = remark(&format!("{pointer}/baseline"), message);
        let action = format!("Indicare il valore dell'anno {} quando è noto.", baseline.year.number());
        return Some(remark.quoting(baseline.words.as_ref().map(Words::as_str)).proposing(action));
    }
    let by_formula = matches!(facts.formula, Some(Formula::Variation | Formula::HigherFromBaseline));
    let target = facts.target.as_ref();
    if !by_formula && !target.is_some_and(|target| is_change(&target.value)) {
        return None;
    }
    let words = target.and_then(|target| target.words.as_ref()).map(Words::as_str);
    let message = "Il valore atteso è una variazione, ma manca il valore da cui si parte.";
    Some(remark(pointer, message).quoting(words).proposing("Indicare il valore di partenza e il suo anno."))
}

fn without_measure(leaf: &Leaf<'_>, facts: &IndicatorFacts) -> Option<Remark> {
    let bare = match leaf.target {
        Target::Bound { out_of: None, measure, .. }
        | Target::Range { measure, .. }
        | Target::Change { measure, .. } => measure.is_none() && facts.measure.is_none(),
        Target::Bound { out_of: Some(_), .. }
        | Target::Fraction { .. }
        | Target::Done
        | Target::By { .. }
        | Target::Parts { .. }
        | Target::Text => false,
    };
    if !bare || matches!(facts.formula, Some(Formula::Count | Formula::Scale)) {
        return None;
    }
    let message = "Il valore atteso è un numero senza unità di misura.";
    let remark = Remark::new(FindingCode::MeasureMissing, leaf.pointer.as_str(), message);
    Some(remark.quoting(leaf.words).proposing("Indicare l'unità: numero, giorni, percentuale, euro."))
}
