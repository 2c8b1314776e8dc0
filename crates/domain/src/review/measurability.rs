//! Whether there is something to measure at the end of the year.

use super::code::{FindingCode, Severity};
use super::finding::Remark;
use super::outline::{Outline, indicators};
use super::words::{folded, is_filler, same_words};
use crate::indicator::{Formula, Indicator, IndicatorFacts};
use crate::objective::Objective;
use crate::said::Words;

/// Why an indicator measures nothing.
#[derive(Clone, Copy)]
enum Why {
    /// Its name is a frequency or a term.
    Vague,
    /// Its target repeats it.
    Repeated,
    /// Nothing is expected of it that could be measured.
    NoTarget,
}

impl Why {
    const fn told(self) -> &'static str {
        match self {
            Self::Vague => "L'indicatore è solo una frequenza o un termine: non dice che cosa si misura.",
            Self::Repeated => "Il valore atteso ripete l'indicatore: non dice quanto ci si aspetta.",
            Self::NoTarget => "L'indicatore non ha un valore atteso misurabile.",
        }
    }
}

/// Finds objectives nothing can be measured of (`E15`): one finding each, one for the plan when it has no indicator at all.
/// Beside indicators that can be measured, those that name or expect nothing are found one by one.
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    let mut objectives = outline.objectives().peekable();
    if objectives.peek().is_none() {
        return;
    }
    if outline.objectives().all(|(at, objective)| indicators(at, objective).next().is_none()) {
        let message = "Nessun indicatore misurabile: il piano non ha indicatori per nessun obiettivo.";
        let remark = Remark::new(FindingCode::NotMeasurable, "", message).graded(Severity::Error);
        remarks.push(remark.proposing("Dare a ogni obiettivo almeno un indicatore con un valore atteso."));
        return;
    }
    for (at, objective) in objectives {
        of_objective(at, objective, remarks);
    }
}

fn of_objective(at: usize, objective: &Objective, remarks: &mut Vec<Remark>) {
    let judged: Vec<(String, &Indicator, Option<Why>)> = indicators(at, objective)
        .map(|(pointer, indicator)| (pointer, indicator, why_not(&indicator.facts)))
        .collect();
    let action = "Indicare che cosa si misura e quale valore ci si aspetta.";
    if judged.iter().all(|(.., why)| why.is_some()) {
        let pointer = format!("/objectives/{at}");
        let (message, words) = match judged.first() {
            Some((_, indicator, Some(why))) => (why.told(), Some(indicator.facts.name.as_str())),
            Some((.., None)) | None => ("L'obiettivo non ha indicatori.", None),
        };
        let message = format!("L'obiettivo non ha alcun indicatore misurabile. {message}");
        remarks
            .push(Remark::new(FindingCode::NotMeasurable, pointer, message).quoting(words).proposing(action));
        return;
    }
    for (pointer, indicator, why) in judged {
        if let Some(why @ (Why::Vague | Why::Repeated)) = why {
            let remark = Remark::new(FindingCode::NotMeasurable, pointer, why.told());
            remarks.push(remark.quoting(Some(indicator.facts.name.as_str())).proposing(action));
        }
    }
}

fn why_not(facts: &IndicatorFacts) -> Option<Why> {
    if is_vague(facts.name.as_str()) {
        return Some(Why::Vague);
    }
    let Some(target) = &facts.target else {
        return (!by_itself(facts)).then_some(Why::NoTarget);
    };
    if target.words.as_ref().map(Words::as_str).is_some_and(|words| same_words(words, facts.name.as_str())) {
        return Some(Why::Repeated);
    }
    (!target.value.is_measurable()).then_some(Why::NoTarget)
}

/// Whether a name is made of nothing but words of frequency and term.
fn is_vague(name: &str) -> bool {
    folded(name).split_whitespace().filter(|word| !is_filler(word)).all(tells_only_when)
}

/// Words that tell how often or when, never what.
fn tells_only_when(word: &str) -> bool {
    matches!(
        word,
        "giornaliero"
            | "giornaliera"
            | "quotidiano"
            | "quotidiana"
            | "settimanale"
            | "quindicinale"
            | "mensile"
            | "bimestrale"
            | "trimestrale"
            | "quadrimestrale"
            | "semestrale"
            | "annuale"
            | "annualmente"
            | "mensilmente"
            | "periodico"
            | "periodica"
            | "periodicita"
            | "frequenza"
            | "cadenza"
            | "continuo"
            | "continua"
            | "continuativo"
            | "costante"
            | "costantemente"
            | "termine"
            | "termini"
            | "tempo"
            | "tempi"
            | "tempistica"
            | "legge"
            | "scadenza"
            | "scadenze"
            | "data"
            | "date"
            | "anno"
    )
}

/// Whether it can be told without a target: what is done by a day, what the evaluation body judges.
fn by_itself(facts: &IndicatorFacts) -> bool {
    let dated = facts.deadline.as_ref().is_some_and(|deadline| deadline.value.window(0).is_some());
    let by_formula = matches!(
        facts.formula,
        Some(
            Formula::Boolean
                | Formula::Date
                | Formula::RelativeDate
                | Formula::Milestone
                | Formula::Judgement
        )
    );
    dated || by_formula
}
