//! Deadlines that are days of a calendar: a day, a month, months in a row, a year, a quarter.

use chrono::NaiveDate;

use crate::deadline::Deadline;
use crate::reading::dates::{WrittenMonth, day_at, month_at, year};
use crate::reading::numbers::count;
use crate::reading::words::{Token, after_phrase, after_sign, after_word, count_words, numeral};
use crate::reading::{Confidence, Understood};

type Read = Option<Understood<Deadline>>;

/// The first form that reads the marks.
pub(super) fn read_spans(tokens: &[Token], plan_year: Option<i32>) -> Read {
    whole(tokens, plan_year)
        .or_else(|| between_days(tokens, plan_year))
        .or_else(|| months(tokens, plan_year))
        .or_else(|| part_of_year(tokens, plan_year))
        .or_else(|| embedded(tokens, plan_year))
}

/// The marks after `entro il`, `entro e non oltre il`, `entro il mese di`; they add nothing to a date.
pub(in crate::reading) fn after_lead(tokens: &[Token]) -> &[Token] {
    let plain =
        ["entro", "il", "lo", "la", "l", "al", "alla", "all", "per", "nel", "nell", "mese", "fine", "corso"];
    let mut rest = tokens;
    loop {
        let next = after_phrase(rest, "e non oltre")
            .or_else(|| after_phrase(rest, "non oltre"))
            .or_else(|| after_phrase(rest, "mese di"))
            .or_else(|| after_phrase(rest, "fine di"))
            .or_else(|| after_phrase(rest, "fine del"))
            .or_else(|| after_phrase(rest, "corso del"))
            .or_else(|| after_phrase(rest, "corso dell"))
            .or_else(|| after_phrase(rest, "fine dell"))
            .or_else(|| after_word(rest, &plain));
        match next {
            Some(next) => rest = next,
            None => return rest,
        }
    }
}

/// A day, a month or a year at the beginning of the marks, and the marks after it.
fn calendar_at(tokens: &[Token], plan_year: Option<i32>) -> Option<(Understood<Deadline>, &[Token])> {
    if let Some((day, rest)) = day_at(tokens) {
        let confidence = if day.year.is_some() { Confidence::Certain } else { Confidence::Likely };
        return Some((Understood::new(day.deadline(plan_year)?, confidence), rest));
    }
    let (month, rest) = month_at(tokens).filter(|(month, _)| month.is_sure())?;
    Some((
        Understood::new(Deadline::Month { month: month.month, year: month.year }, Confidence::Certain),
        rest,
    ))
}

/// A cell that is a day, a month or a year, and nothing else.
fn whole(tokens: &[Token], plan_year: Option<i32>) -> Read {
    let rest = after_lead(tokens);
    if let Some((found, [])) = calendar_at(rest, plan_year) {
        return Some(found);
    }
    if let [token] = tokens
        && let Some(day) = pointed(token, plan_year)
    {
        return Some(Understood::new(day, Confidence::Guess));
    }
    let of_year = after_word(rest, &["anno", "esercizio", "annualita"]);
    let number = match numeral(of_year.unwrap_or(rest)) {
        Some((text, [])) => year(text)?,
        None if of_year.is_some_and(<[Token]>::is_empty) && tokens.len() > 1 => plan_year?,
        Some(_) | None => return None,
    };
    let (first, last) = (NaiveDate::from_ymd_opt(number, 1, 1)?, NaiveDate::from_ymd_opt(number, 12, 31)?);
    if after_word(tokens, &["entro", "fine"]).is_some() {
        return Some(Understood::new(Deadline::Date { day: last }, Confidence::Likely));
    }
    Some(Understood::new(
        Deadline::Span { from: first, to: last },
        if of_year.is_some() { Confidence::Certain } else { Confidence::Likely },
    ))
}

/// `30.06`, which among deadlines can only be a day.
fn pointed(token: &Token, plan_year: Option<i32>) -> Option<Deadline> {
    let (day, month) = token.text.split_once('.')?;
    let (day, month) = (count(day).filter(|_| day.len() == 2)?, count(month).filter(|_| month.len() == 2)?);
    Some(Deadline::Date { day: NaiveDate::from_ymd_opt(plan_year?, u32::from(month), u32::from(day))? })
}

/// `dal 01/01/2024 al 30/06/2024`, `da marzo a giugno 2025`.
fn between_days(tokens: &[Token], plan_year: Option<i32>) -> Read {
    let start = after_word(tokens, &["dal", "da", "dall"])?;
    let (low, rest) = day_at(start)?;
    let (high, rest) = day_at(after_word(rest, &["al", "a", "all"])?)?;
    let (Deadline::Date { day: from }, Deadline::Date { day: to }) =
        (low.deadline(high.year.or(plan_year))?, high.deadline(plan_year)?)
    else {
        return None;
    };
    if from <= to && rest.is_empty() {
        Some(Understood::new(Deadline::Span { from, to }, Confidence::Certain))
    } else {
        None
    }
}

/// Months one after another, when the marks are nothing else: `Novembre Dicembre 2024 Gennaio Marzo 2025`.
fn months(tokens: &[Token], plan_year: Option<i32>) -> Read {
    let between = |token: &Token| {
        token.is_any(&["da", "dal", "a", "al", "e", "ed"])
            || [',', '-', '/', ';'].iter().any(|sign| token.is_sign(*sign))
    };
    let mut named: Vec<WrittenMonth> = Vec::new();
    let mut rest = after_lead(tokens);
    while let Some((first, next)) = rest.split_first() {
        if let Some((month, after)) = month_at(rest).filter(|_| first.is_word()) {
            named.push(month);
            rest = after;
        } else if between(first) {
            rest = next;
        } else {
            return None;
        }
    }
    if named.len() < 2 {
        return None;
    }
    // A month is of the year said after it, or else of the one said last before it.
    let mut of_year = named.iter().rev().find_map(|month| month.year).or(plan_year)?;
    let mut windows = Vec::new();
    for month in named.iter().rev() {
        of_year = month.year.unwrap_or(of_year);
        windows.push(month.window(of_year)?);
    }
    windows.reverse();
    let in_order = windows.windows(2).all(|pair| matches!(pair, [one, other] if one.0 < other.0));
    let ((from, _), (_, to)) = (*windows.first()?, *windows.last()?);
    if in_order { Some(Understood::new(Deadline::Span { from, to }, Confidence::Likely)) } else { None }
}

/// `primo semestre 2025`, `IV trimestre`.
fn part_of_year(tokens: &[Token], plan_year: Option<i32>) -> Read {
    const ORDINALS: [(&str, u32); 9] = [
        ("primo", 1),
        ("secondo", 2),
        ("terzo", 3),
        ("quarto", 4),
        ("ultimo", 0),
        ("i", 1),
        ("ii", 2),
        ("iii", 3),
        ("iv", 4),
    ];
    const LENGTHS: [(&str, u32); 4] =
        [("semestre", 6), ("quadrimestre", 4), ("trimestre", 3), ("bimestre", 2)];
    let start = after_lead(tokens);
    let by_end = after_word(tokens, &["entro", "fine"]).is_some();
    let (first, rest) = start.split_first()?;
    let spelled = ORDINALS.iter().find(|(word, _)| first.is_any(&[*word])).map(|(_, number)| *number);
    let number = spelled.or_else(|| count(&first.text).filter(|_| first.is_numeral()).map(u32::from))?;
    let rest = after_sign(rest, '°').unwrap_or(rest);
    let (noun, rest) = rest.split_first()?;
    let (_, months) = *LENGTHS.iter().find(|(word, _)| noun.is_any(&[*word]))?;
    let rest = after_phrase(rest, "dell anno").or_else(|| after_word(rest, &["del", "anno"])).unwrap_or(rest);
    let of_year = match numeral(rest) {
        Some((text, [])) => year(text)?,
        None if rest.is_empty() => plan_year?,
        Some(_) | None => return None,
    };
    let number = if number == 0 { 12_u32.checked_div(months)? } else { number };
    let last = number.checked_mul(months).filter(|last| *last <= 12)?;
    let first = last.checked_sub(months)?.checked_add(1)?;
    let to = crate::reading::dates::last_day(of_year, u8::try_from(last).ok()?)?;
    let from = NaiveDate::from_ymd_opt(of_year, first, 1)?;
    Some(Understood::new(
        if by_end { Deadline::Date { day: to } } else { Deadline::Span { from, to } },
        Confidence::Likely,
    ))
}

/// A day or month after `entro` with words around it and no other number: `Piano proposto entro il mese di settembre`.
fn embedded(tokens: &[Token], plan_year: Option<i32>) -> Read {
    let mut places =
        tokens.iter().enumerate().filter(|(_, token)| token.is_any(&["entro"])).map(|(place, _)| place);
    let (Some(place), None) = (places.next(), places.next()) else { return None };
    let (before, from) = tokens.split_at_checked(place)?;
    let (found, after) = calendar_at(after_lead(from), plan_year)?;
    let silent = |tokens: &[Token]| {
        tokens.iter().filter(|token| token.is_numeral()).all(|token| year(&token.text).is_some())
    };
    if !silent(before) || !silent(after) || count_words(tokens) > 30 {
        return None;
    }
    let one_side = before.is_empty() || after.is_empty();
    Some(found.at_best(if one_side { Confidence::Likely } else { Confidence::Guess }))
}
