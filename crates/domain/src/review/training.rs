//! The hours of training of the year: whether an objective asks for them, and for enough.

use rust_decimal::Decimal;

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::{Outline, indicators};
use super::themes::{Theme, is_about, texts};
use super::words::{folded, italian};
use crate::figure::Figure;
use crate::measure::Measure;
use crate::objective::Objective;
use crate::said::Words;
use crate::target::Target;

/// Finds a plan without an objective on the training hours of its year, and objectives that ask for fewer (`C03`).
pub(super) fn review(outline: &Outline<'_>, threshold: Decimal, remarks: &mut Vec<Remark>) {
    let asked = italian(threshold);
    let training: Vec<(usize, Option<Decimal>)> = outline
        .objectives()
        .filter(|(_, objective)| is_about(objective, Theme::Training))
        .map(|(at, objective)| (at, hours(at, objective)))
        .collect();
    if training.iter().all(|(_, hours)| hours.is_none()) {
        let message = if training.is_empty() {
            format!(
                "Il piano non ha un obiettivo di formazione del personale: nel {} sono {asked} ore a persona.",
                outline.year
            )
        } else {
            format!(
                "Nessun obiettivo di formazione indica le ore a persona: nel {} sono {asked}.",
                outline.year
            )
        };
        let remark = Remark::new(FindingCode::TrainingHours, "", message);
        remarks.push(remark.proposing(format!("Prevedere almeno {asked} ore di formazione a persona.")));
    }
    for (at, hours) in training {
        let Some(hours) = hours.filter(|hours| *hours < threshold) else { continue };
        let words = format!("{} ore", italian(hours));
        let message = format!(
            "Le ore di formazione sono {}, nel {} devono essere almeno {asked}.",
            italian(hours),
            outline.year
        );
        let remark = Remark::new(FindingCode::TrainingHours, format!("/objectives/{at}"), message);
        remarks.push(remark.quoting(Some(&words)).proposing(format!("Portarle ad almeno {asked}.")));
    }
}

/// The most hours an objective speaks of.
fn hours(at: usize, objective: &Objective) -> Option<Decimal> {
    let description = objective.facts.description.as_ref().map(crate::text::Text::as_str);
    let in_texts = texts(objective).chain(description).flat_map(in_words);
    let in_indicators = indicators(at, objective).flat_map(|(_, indicator)| {
        let facts = &indicator.facts;
        let formula = facts.formula_words.as_ref().map(crate::text::Text::as_str);
        let target = facts.target.as_ref();
        let words = target.and_then(|target| target.words.as_ref()).map(Words::as_str);
        let figure = target.and_then(|target| in_target(&target.value, facts.measure));
        formula
            .into_iter()
            .chain(words)
            .flat_map(in_words)
            .chain(figure.map(Figure::number))
            .collect::<Vec<_>>()
    });
    in_texts.chain(in_indicators).max()
}

/// The figure of a target in hours.
fn in_target(target: &Target, unit: Option<Measure>) -> Option<Figure> {
    match target {
        Target::Bound { figure, measure, .. } if measure.or(unit) == Some(Measure::Hours) => Some(*figure),
        Target::Range { low, measure, .. } if measure.or(unit) == Some(Measure::Hours) => Some(*low),
        Target::Parts { parts } => parts.iter().filter_map(|part| in_target(&part.value, unit)).max(),
        Target::Bound { .. }
        | Target::Range { .. }
        | Target::Fraction { .. }
        | Target::Change { .. }
        | Target::Done
        | Target::By { .. }
        | Target::Text => None,
    }
}

/// Numbers of hours in a text: `24 ore`, `40 h`, `24h`.
fn in_words(text: &str) -> Vec<Decimal> {
    let text = folded(text);
    let number = |word: &str| word.parse::<u16>().ok().map(Decimal::from);
    let words = text.split_whitespace();
    let followers = text.split_whitespace().skip(1).map(Some).chain([None]);
    words
        .zip(followers)
        .filter_map(|(word, next)| match next {
            Some("ore" | "h" | "ora") => number(word),
            Some(_) | None => number(word.strip_suffix('h')?),
        })
        .collect()
}
