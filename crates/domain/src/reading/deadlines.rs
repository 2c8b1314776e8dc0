//! Reads a deadline: one, or several in a cell.

mod spans;
mod terms;

use chrono::{Datelike as _, NaiveDate};

pub(super) use self::spans::after_lead;
pub(super) use self::terms::{recurrence, towards};
use super::dates::{day_at, shown};
use super::parts::{after_lone_number, dashed, divided, numbered};
use super::words::{Passage, Token, trimmed};
use super::{Confidence, Reading, Remark, RemarkCode, Understood};
use crate::deadline::{Deadline, DeadlinePart};
use crate::said::Words;

/// Reads the words of a deadline. A day without a year is of `plan_year`; without that too it is a deadline only where
/// it closes its month.
#[must_use]
pub fn deadline(words: &Words, plan_year: Option<i32>) -> Reading<Deadline> {
    let passage = Passage::of(words.as_str());
    let tokens = trimmed(&passage.tokens);
    let understood = several(&passage, tokens, plan_year)
        .or_else(|| single(tokens, plan_year))
        .or_else(|| all_read(&passage, &divided(tokens, |token| token.is_sign(';'))?, plan_year))
        .or_else(|| all_read(&passage, &divided(tokens, |token| token.is_sign('/'))?, plan_year))
        .or_else(|| {
            let detail = "Davanti alla scadenza c'è il numero di una parte, ma le altre mancano.";
            let one = single(after_lone_number(tokens)?, plan_year)?.at_best(Confidence::Likely);
            Some(one.remarking(Remark::new(RemarkCode::PartsMismatch, detail)))
        })
        .unwrap_or_else(|| Understood::new(Deadline::Text, Confidence::None));
    Reading::of(words, understood)
}

/// One deadline, with what is to be remarked of it.
pub(super) fn single(tokens: &[Token], plan_year: Option<i32>) -> Option<Understood<Deadline>> {
    let tokens = trimmed(tokens);
    let understood = spans::read_spans(tokens, plan_year).or_else(|| terms::read_terms(tokens, plan_year))?;
    let remarks: Vec<Remark> =
        [existence(&understood.value), plan_years(&understood.value, plan_year), in_words(&understood.value)]
            .into_iter()
            .flatten()
            .collect();
    Some(remarks.into_iter().fold(understood, Understood::remarking))
}

/// E01: a day that does not exist.
fn existence(deadline: &Deadline) -> Option<Remark> {
    let Deadline::Impossible { day, month, year, suggested } = deadline else { return None };
    let remark =
        Remark::new(RemarkCode::ImpossibleDate, format!("La data {day:02}/{month:02}/{year} non esiste."));
    Some(match suggested {
        Some(day) => remark.suggesting(shown(*day)),
        None => remark,
    })
}

/// The first and last year a deadline names.
fn years(deadline: &Deadline) -> Option<(i32, i32)> {
    let both = |from: &NaiveDate, to: &NaiveDate| (from.year(), to.year());
    match deadline {
        Deadline::Date { day } => Some((day.year(), day.year())),
        Deadline::Month { year, .. } => year.map(|year| (year, year)),
        Deadline::Span { from, to } => Some(both(from, to)),
        Deadline::Impossible { year, .. } => Some((*year, *year)),
        Deadline::Recurring { days, .. } => Some(both(days.iter().min()?, days.iter().max()?)),
        Deadline::LegalTerm
        | Deadline::Event { .. }
        | Deadline::Relative { .. }
        | Deadline::Continuous
        | Deadline::Parts { .. }
        | Deadline::Text => None,
    }
}

/// E02: a year before the plan's, or after its three.
fn plan_years(deadline: &Deadline, plan_year: Option<i32>) -> Option<Remark> {
    let plan_year = plan_year?;
    let ((first, last), end) = (years(deadline)?, plan_year.saturating_add(2));
    if first >= plan_year && last <= end {
        return None;
    }
    let year = if first < plan_year { first } else { last };
    let detail = format!("L'anno {year} è fuori dal triennio del piano, {plan_year}-{end}.");
    let remark = Remark::new(RemarkCode::YearOutsidePlan, detail);
    let moved = if let Deadline::Date { day } = deadline { day.with_year(plan_year) } else { None };
    Some(match moved {
        Some(day) => remark.suggesting(shown(day)),
        None => remark,
    })
}

/// E03: a deadline that is typed, but is no date.
fn in_words(deadline: &Deadline) -> Option<Remark> {
    let what = match deadline {
        Deadline::Month { .. } => "un mese: vale l'ultimo giorno",
        Deadline::Span { .. } => "un periodo: vale l'ultimo giorno",
        Deadline::LegalTerm => "un termine di legge",
        Deadline::Event { .. } => "un evento",
        Deadline::Relative { .. } => "un termine che dipende da un'altra parte",
        Deadline::Recurring { .. } => "una ricorrenza",
        Deadline::Continuous => "un'attività continua",
        Deadline::Date { .. } | Deadline::Impossible { .. } | Deadline::Parts { .. } | Deadline::Text => {
            return None;
        }
    };
    Some(Remark::new(RemarkCode::DeadlineInWords, format!("La scadenza non è una data ma {what}.")))
}

/// Several deadlines in one cell.
fn several(passage: &Passage, tokens: &[Token], plan_year: Option<i32>) -> Option<Understood<Deadline>> {
    let dates = || joined(passage, &bare_days(tokens, false)?, plan_year);
    let misplaced = || {
        let pieces = bare_days(after_lone_number(tokens)?, true)?;
        Some(joined(passage, &pieces, plan_year)?.at_best(Confidence::Guess).remarking(misnumbered()))
    };
    let numbers = || {
        let list = numbered(tokens)?;
        let read = joined(passage, &list.each, plan_year)?;
        let read = if list.before.is_empty() {
            read
        } else {
            let detail = "Davanti alle scadenze c'è un altro valore: forse due celle fuse.";
            read.at_best(Confidence::Likely).remarking(Remark::new(RemarkCode::FusedCells, detail))
        };
        Some(if list.in_order { read } else { read.at_best(Confidence::Guess).remarking(misnumbered()) })
    };
    let list = |pieces: Vec<&[Token]>| all_read(passage, &pieces, plan_year);
    let dashes = || dashed(tokens).and_then(|pieces| joined(passage, &pieces, plan_year));
    dates()
        .or_else(numbers)
        .or_else(misplaced)
        .or_else(dashes)
        .or_else(|| list(after_each_by(tokens)?))
        .or_else(|| fused(tokens, plan_year))
}

fn misnumbered() -> Remark {
    Remark::new(RemarkCode::PartsMismatch, "La numerazione delle parti è incompleta o non in ordine.")
}

/// Nothing but days, two or more, perhaps with stray brackets.
fn bare_days(tokens: &[Token], brackets: bool) -> Option<Vec<&[Token]>> {
    let mut pieces = Vec::new();
    let mut rest = tokens;
    while let Some((first, next)) = rest.split_first() {
        let idle = first.is_any(&["e", "ed", "entro", "il", "al"])
            || [',', ';', '-'].iter().any(|s| first.is_sign(*s));
        let idle = idle || (brackets && first.is_sign(')'));
        if let Some((_, after)) = day_at(rest) {
            pieces.push(rest.get(..rest.len().saturating_sub(after.len()))?);
            rest = after;
        } else if idle {
            rest = next;
        } else {
            return None;
        }
    }
    (pieces.len() > 1).then_some(pieces)
}

/// Pieces that each begin at, or each end after, an `entro` with its day.
fn after_each_by(tokens: &[Token]) -> Option<Vec<&[Token]>> {
    let by = |token: &Token| token.is_any(&["entro"]);
    if tokens.iter().filter(|token| by(token)).count() < 2 {
        return None;
    }
    let pieces = if by(tokens.first()?) { beginning_so(tokens, by) } else { ending_so(tokens, by)? };
    Some(pieces.into_iter().map(without_joints).collect())
}

/// Pieces that each begin with a mark of the kind.
fn beginning_so(tokens: &[Token], so: impl Fn(&Token) -> bool) -> Vec<&[Token]> {
    let (mut pieces, mut rest) = (Vec::new(), tokens);
    while let Some(next) = rest.iter().skip(1).position(&so).and_then(|place| place.checked_add(1)) {
        let Some((piece, after)) = rest.split_at_checked(next) else { break };
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// Pieces that each end with the day after a mark of the kind.
fn ending_so(tokens: &[Token], so: impl Fn(&Token) -> bool) -> Option<Vec<&[Token]>> {
    let (mut pieces, mut rest) = (Vec::new(), tokens);
    while !rest.is_empty() {
        let place = rest.iter().position(&so)?;
        let (_, after) = day_at(after_lead(rest.get(place..)?))?;
        pieces.push(rest.get(..rest.len().checked_sub(after.len())?)?);
        rest = after;
    }
    Some(pieces)
}

/// A piece without the `e`, `ed` or dash that joined it to its neighbours.
fn without_joints(mut piece: &[Token]) -> &[Token] {
    let joint = |token: &Token| token.is_any(&["e", "ed"]) || token.is_sign('-');
    while let Some((_, rest)) = piece.split_first().filter(|(first, _)| joint(first)) {
        piece = rest;
    }
    while let Some((_, rest)) = piece.split_last().filter(|(last, _)| joint(last)) {
        piece = rest;
    }
    trimmed(piece)
}

/// A figure and a day that were two cells: `100% 31/12/2024`.
fn fused(tokens: &[Token], plan_year: Option<i32>) -> Option<Understood<Deadline>> {
    let [figure, percent, day @ ..] = tokens else { return None };
    let (written, []) = day_at(day).filter(|_| figure.is_numeral() && percent.is_sign('%'))? else {
        return None;
    };
    written.year?;
    let detail = "Davanti alla data c'è una percentuale: forse due celle fuse.";
    let read = single(day, plan_year)?.at_best(Confidence::Likely);
    Some(read.remarking(Remark::new(RemarkCode::FusedCells, detail)))
}

/// The pieces as parts, when every one of them is understood.
fn all_read(passage: &Passage, pieces: &[&[Token]], plan_year: Option<i32>) -> Option<Understood<Deadline>> {
    let every = pieces.iter().all(|piece| single(piece, plan_year).is_some());
    joined(passage, pieces, plan_year).filter(|_| every).map(|read| read.at_best(Confidence::Likely))
}

/// The pieces as parts, when at least half of them are understood.
fn joined(passage: &Passage, pieces: &[&[Token]], plan_year: Option<i32>) -> Option<Understood<Deadline>> {
    if pieces.len() < 2 || pieces.len() > Deadline::MOST_PARTS {
        return None;
    }
    let mut whole = Understood::new(Vec::new(), Confidence::Certain);
    let mut understood: usize = 0;
    for (number, piece) in (1..).zip(pieces) {
        let words = passage.words_of(piece);
        let value = if let Some(part) = single(piece, plan_year) {
            understood = understood.saturating_add(1);
            whole = whole.at_best(part.confidence);
            whole.remarks.extend(part.remarks.into_iter().map(|remark| remark.of_part(number)));
            part.value
        } else {
            let detail = format!("La parte {number} non è una scadenza.");
            whole =
                whole.at_best(Confidence::Guess).remarking(Remark::new(RemarkCode::PartsMismatch, detail));
            Deadline::Text
        };
        whole.value.push(DeadlinePart { words, value });
    }
    // A list most of which is something else is no list of deadlines.
    (understood.saturating_mul(2) >= pieces.len()).then(|| whole.map(|parts| Deadline::Parts { parts }))
}
