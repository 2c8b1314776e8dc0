//! Reads a target: one, or several in a cell.

mod figures;
mod phrases;
mod plain;
mod single;

use self::single::read_one;
use super::dates::day_at;
use super::deadlines::{after_lead, recurrence, single as read_deadline};
use super::parts::{dashed, divided, numbered, sentences};
use super::words::{Passage, Token, mentions, trimmed};
use super::{Confidence, Reading, Remark, RemarkCode, Understood};
use crate::deadline::Deadline;
use crate::said::Words;
use crate::target::{Target, TargetPart};

/// Reads the words of a target. A figure without a comparison is read as exactly it: which side of it is better, the
/// indicator says.
#[must_use]
pub fn target(words: &Words, plan_year: Option<i32>) -> Reading<Target> {
    let passage = Passage::of(words.as_str());
    let tokens = trimmed(&passage.tokens);
    let understood = several(&passage, tokens, plan_year)
        .or_else(|| read_one(tokens, plan_year))
        .or_else(|| all_read(&passage, &divided(tokens, |token| token.is_sign(';'))?, plan_year))
        .or_else(|| days_in_a_row(&passage, tokens, plan_year))
        .or_else(|| Some(all_read(&passage, &sentences(tokens)?, plan_year)?.at_best(Confidence::Guess)))
        .unwrap_or_else(|| {
            Understood::new(Target::Text, Confidence::None).remarking(why_not(tokens, plan_year))
        });
    Reading::of(words, understood)
}

/// Why a cell stays a text: E15 when it says how often or how well, E14 otherwise.
fn why_not(tokens: &[Token], plan_year: Option<i32>) -> Remark {
    let vague = [
        "termine",
        "termini",
        "tempestivo",
        "tempestiva",
        "tempestivi",
        "tempestive",
        "tempestivamente",
        "tempestivita",
        "adeguato",
        "adeguata",
        "periodico",
        "periodica",
        "costante",
        "continuo",
        "continua",
        "tempistica",
    ];
    let short = tokens.len() <= 5;
    let often = tokens.iter().any(|token| recurrence(token).is_some())
        || read_deadline(tokens, plan_year)
            .is_some_and(|read| matches!(read.value, Deadline::Recurring { .. } | Deadline::Continuous));
    let counted = tokens.iter().any(Token::is_numeral);
    if (short && !counted && (often || mentions(tokens, &vague)))
        || tokens.first().is_some_and(|first| recurrence(first).is_some())
    {
        let detail = "Una frequenza, un termine o un aggettivo non si misurano: indicare un valore.";
        return Remark::new(RemarkCode::NotMeasurable, detail);
    }
    Remark::new(RemarkCode::TargetUnclear, "Il valore atteso non è stato interpretato: resta come testo.")
}

/// Several targets in one cell.
fn several(passage: &Passage, tokens: &[Token], plan_year: Option<i32>) -> Option<Understood<Target>> {
    let numbers = || {
        let list = numbered(tokens)?;
        let fused = Some(list.before).filter(|before| read_one(before, plan_year).is_some());
        let pieces: Vec<&[Token]> = fused.into_iter().chain(list.each).collect();
        let read = joined(passage, &pieces, plan_year)?;
        let read = if list.before.is_empty() { read } else { read.at_best(Confidence::Likely) };
        let read = if fused.is_some() { read.remarking(fused_cells()) } else { read };
        let detail = "La numerazione delle parti è incompleta o non in ordine.";
        let misnumbered = || Remark::new(RemarkCode::PartsMismatch, detail);
        Some(if list.in_order { read } else { read.at_best(Confidence::Guess).remarking(misnumbered()) })
    };
    numbers()
        .or_else(|| joined(passage, &dashed(tokens)?, plan_year))
        .or_else(|| fused(passage, tokens, plan_year))
        .or_else(|| bracketed(passage, tokens, plan_year))
}

fn fused_cells() -> Remark {
    Remark::new(RemarkCode::FusedCells, "Un valore e una scadenza nella stessa cella: forse due celle fuse.")
}

/// A percentage and a day: `100% 31/12/2024`.
fn fused(passage: &Passage, tokens: &[Token], plan_year: Option<i32>) -> Option<Understood<Target>> {
    let (figure, day) = tokens.split_at_checked(2)?;
    let [number, percent] = figure else { return None };
    let (written, []) = day_at(after_lead(day)).filter(|_| number.is_numeral() && percent.is_sign('%'))?
    else {
        return None;
    };
    written.year?;
    let read = all_read(passage, &[figure, day], plan_year)?;
    let said = day.first().is_some_and(|first| first.is_any(&["entro"]));
    Some(if said { read } else { read.remarking(fused_cells()) })
}

/// Times one after another: `entro il 30/06/2023 ed entro il 30/12/2023`.
fn days_in_a_row(passage: &Passage, tokens: &[Token], plan_year: Option<i32>) -> Option<Understood<Target>> {
    let pieces = divided(tokens, |token| token.is_any(&["e", "ed"]))?;
    let times = |piece: &&[Token]| {
        read_one(piece, plan_year).is_some_and(|read| matches!(read.value, Target::By { .. }))
    };
    if pieces.iter().all(times) { all_read(passage, &pieces, plan_year) } else { None }
}

/// A figure and a second one in brackets: `80 % (comunque almeno 3)`.
fn bracketed(passage: &Passage, tokens: &[Token], plan_year: Option<i32>) -> Option<Understood<Target>> {
    let (last, inner) = tokens.split_last().filter(|(last, _)| last.is_sign(')'))?;
    let place = inner.iter().position(|token| token.is_sign('('))?;
    let (figure, rest) = inner.split_at_checked(place)?;
    let (_, second) = rest.split_first()?;
    let compared = second
        .first()
        .is_some_and(|first| first.is_any(&["comunque", "almeno", "minimo", "massimo", "max", "non"]));
    if !compared || last.spaced || second.iter().any(|token| token.is_sign('(')) {
        return None;
    }
    Some(all_read(passage, &[figure, second], plan_year)?.at_best(Confidence::Guess))
}

/// The pieces as parts, when every one of them is understood.
fn all_read(passage: &Passage, pieces: &[&[Token]], plan_year: Option<i32>) -> Option<Understood<Target>> {
    let every = pieces.iter().all(|piece| read_one(piece, plan_year).is_some());
    joined(passage, pieces, plan_year).filter(|_| every).map(|read| read.at_best(Confidence::Likely))
}

/// The pieces as parts, when at least half of them are understood.
fn joined(passage: &Passage, pieces: &[&[Token]], plan_year: Option<i32>) -> Option<Understood<Target>> {
    if pieces.len() < 2 || pieces.len() > Target::MOST_PARTS {
        return None;
    }
    let mut whole = Understood::new(Vec::new(), Confidence::Certain);
    let mut understood: usize = 0;
    for (number, piece) in (1..).zip(pieces) {
        let words = passage.words_of(piece);
        let value = if let Some(part) = read_one(piece, plan_year) {
            understood = understood.saturating_add(1);
            whole = whole.at_best(part.confidence);
            whole.remarks.extend(part.remarks.into_iter().map(|remark| remark.of_part(number)));
            part.value
        } else {
            whole = whole.at_best(Confidence::Guess).remarking(why_not(piece, plan_year).of_part(number));
            Target::Text
        };
        whole.value.push(TargetPart { words, value });
    }
    (understood.saturating_mul(2) >= pieces.len()).then(|| whole.map(|parts| Target::Parts { parts }))
}
