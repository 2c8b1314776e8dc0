//! Deadlines: dates that do not exist, years outside the plan, times that are no dates.

use chrono::{Datelike as _, NaiveDate};

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::{Outline, indicators};
use crate::deadline::Deadline;
use crate::said::{Said, Words};
use crate::target::Target;

/// One deadline without parts, wherever it was said.
struct Moment<'a> {
    /// Where its words stand.
    pointer: String,
    /// Its words.
    words: Option<&'a str>,
    /// What they mean.
    deadline: &'a Deadline,
}

/// Finds dates that do not exist (`E01`), years outside the plan (`E02`) and deadlines that are no dates (`E03`).
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    for moment in moments(outline) {
        remarks.extend(impossible(&moment));
        remarks.extend(outside(&moment, outline.year));
        remarks.extend(no_date(&moment));
    }
}

fn moments<'a>(outline: &Outline<'a>) -> Vec<Moment<'a>> {
    let mut moments = Vec::new();
    for (at, objective) in outline.objectives() {
        let base = format!("/objectives/{at}");
        let facts = &objective.facts;
        said(facts.deadline.as_ref(), format!("{base}/deadline"), &mut moments);
        for (number, step) in facts.steps.iter().enumerate() {
            said(step.when.as_ref(), format!("{base}/steps/{number}/when"), &mut moments);
        }
        for (number, phase) in facts.phases.iter().enumerate() {
            said(phase.facts.deadline.as_ref(), format!("{base}/phases/{number}/deadline"), &mut moments);
        }
        for (pointer, indicator) in indicators(at, objective) {
            said(indicator.facts.deadline.as_ref(), format!("{pointer}/deadline"), &mut moments);
            if let Some(target) = &indicator.facts.target {
                let pointer = format!("{pointer}/target");
                let value = format!("{pointer}/value");
                inside_target(&target.value, pointer, &value, target.words.as_ref(), &mut moments);
            }
        }
    }
    moments
}

fn said<'a>(deadline: Option<&'a Said<Deadline>>, pointer: String, moments: &mut Vec<Moment<'a>>) {
    if let Some(deadline) = deadline {
        let value = format!("{pointer}/value");
        unfold(&deadline.value, pointer, &value, deadline.words.as_ref(), moments);
    }
}

/// Takes a deadline apart: `pointer` is where its words stand, `value` where the deadline itself does.
fn unfold<'a>(
    deadline: &'a Deadline,
    pointer: String,
    value: &str,
    words: Option<&'a Words>,
    moments: &mut Vec<Moment<'a>>,
) {
    if let Deadline::Parts { parts } = deadline {
        for (number, part) in parts.iter().enumerate() {
            let pointer = format!("{value}/parts/{number}");
            let value = format!("{pointer}/value");
            unfold(&part.value, pointer, &value, part.words.as_ref().or(words), moments);
        }
    } else {
        moments.push(Moment { pointer, words: words.map(Words::as_str), deadline });
    }
}

fn inside_target<'a>(
    target: &'a Target,
    pointer: String,
    value: &str,
    words: Option<&'a Words>,
    moments: &mut Vec<Moment<'a>>,
) {
    match target {
        Target::By { deadline } => unfold(deadline, pointer, &format!("{value}/deadline"), words, moments),
        Target::Parts { parts } => {
            for (number, part) in parts.iter().enumerate() {
                let pointer = format!("{value}/parts/{number}");
                let value = format!("{pointer}/value");
                inside_target(&part.value, pointer, &value, part.words.as_ref().or(words), moments);
            }
        }
        Target::Bound { .. }
        | Target::Range { .. }
        | Target::Fraction { .. }
        | Target::Change { .. }
        | Target::Done
        | Target::Text => {}
    }
}

fn italian_day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

fn impossible(moment: &Moment<'_>) -> Option<Remark> {
    let remark = |message| {
        Remark::new(FindingCode::ImpossibleDate, moment.pointer.as_str(), message).quoting(moment.words)
    };
    match moment.deadline {
        Deadline::Impossible { day, month, year, suggested } => {
            let found = remark(format!("Il giorno {day:02}/{month:02}/{year} non esiste."));
            Some(match suggested {
                Some(last) => found.replacing(italian_day(*last)),
                None => found.proposing("Indicare la data corretta."),
            })
        }
        Deadline::Month { month, .. } if !(1..=12).contains(month) => {
            Some(remark(format!("Il mese {month} non esiste.")).proposing("Indicare il mese corretto."))
        }
        Deadline::Date { .. }
        | Deadline::Month { .. }
        | Deadline::Span { .. }
        | Deadline::LegalTerm
        | Deadline::Event { .. }
        | Deadline::Relative { .. }
        | Deadline::Recurring { .. }
        | Deadline::Continuous
        | Deadline::Parts { .. }
        | Deadline::Text => None,
    }
}

/// The years a deadline names.
fn years(deadline: &Deadline) -> Vec<i32> {
    match deadline {
        Deadline::Date { day } => vec![day.year()],
        Deadline::Month { year, .. } => year.iter().copied().collect(),
        Deadline::Span { from, to } => vec![from.year(), to.year()],
        Deadline::Recurring { days, .. } => days.iter().map(NaiveDate::year).collect(),
        Deadline::Impossible { year, .. } => vec![*year],
        Deadline::LegalTerm
        | Deadline::Event { .. }
        | Deadline::Relative { .. }
        | Deadline::Continuous
        | Deadline::Parts { .. }
        | Deadline::Text => Vec::new(),
    }
}

fn outside(moment: &Moment<'_>, first: i32) -> Option<Remark> {
    let last = first.saturating_add(2);
    let year = years(moment.deadline).into_iter().find(|year| !(first..=last).contains(year))?;
    let side = if year < first { "prima" } else { "dopo la fine" };
    let message = format!("L'anno {year} è {side} del triennio del piano, {first}-{last}.");
    let remark = Remark::new(FindingCode::YearOutsideHorizon, moment.pointer.as_str(), message);
    let in_plan_year = match moment.deadline {
        Deadline::Date { day } => day.with_year(first).map(italian_day),
        Deadline::Month { .. }
        | Deadline::Span { .. }
        | Deadline::LegalTerm
        | Deadline::Event { .. }
        | Deadline::Relative { .. }
        | Deadline::Recurring { .. }
        | Deadline::Continuous
        | Deadline::Impossible { .. }
        | Deadline::Parts { .. }
        | Deadline::Text => None,
    };
    let remark = remark.quoting(moment.words);
    Some(match in_plan_year {
        Some(day) => remark.offering(day),
        None => remark.proposing(format!("Verificare l'anno: il piano è del {first}.")),
    })
}

fn no_date(moment: &Moment<'_>) -> Option<Remark> {
    let message = match moment.deadline {
        Deadline::LegalTerm => "La scadenza rinvia ai termini di legge: non si può dire quando è in ritardo.",
        Deadline::Event { .. } => "La scadenza dipende da un evento: la data si saprà solo quando accade.",
        Deadline::Relative { .. } => "La scadenza decorre da un'altra parte dell'obiettivo.",
        Deadline::Recurring { days, .. } if days.is_empty() => {
            "La scadenza è solo una frequenza, senza date."
        }
        Deadline::Continuous => "L'attività è continua: non ha un termine.",
        Deadline::Text => "La scadenza non si riesce a interpretare.",
        Deadline::Date { .. }
        | Deadline::Month { .. }
        | Deadline::Span { .. }
        | Deadline::Recurring { .. }
        | Deadline::Impossible { .. }
        | Deadline::Parts { .. } => return None,
    };
    let remark = Remark::new(FindingCode::DeadlineInWords, moment.pointer.as_str(), message);
    Some(remark.quoting(moment.words).proposing("Indicare anche la data entro cui il risultato è atteso."))
}
