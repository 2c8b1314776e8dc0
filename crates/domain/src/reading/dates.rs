//! Days and months in the spellings of real plans: `31.12.2024`, `30/6`, `31-dic-25`, `30 settembre 2025`, `mar-24`.

use chrono::{Datelike as _, NaiveDate};

use super::numbers::count;
use super::words::{Token, after_sign, after_word, numeral};
use crate::deadline::Deadline;

/// A day as it is written; it may not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenDay {
    pub(super) day: u8,
    pub(super) month: u8,
    pub(super) year: Option<i32>,
}

/// A month as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenMonth {
    pub(super) month: u8,
    pub(super) year: Option<i32>,
    /// Whether its name is cut short, which only a year after it makes sure.
    short: bool,
}

const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

/// The number of a month and whether its name was cut short.
fn month_number(name: &str) -> Option<(u8, bool)> {
    (1..).zip(MONTHS).find_map(|(number, full)| {
        let short = full.get(..3).is_some_and(|start| start == name) || name == "sett" && full == "settembre";
        (full == name || short).then_some((number, short))
    })
}

/// A year in four digits.
pub(super) fn year(text: &str) -> Option<i32> {
    if text.len() != 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|year| (1900..=2200).contains(year))
}

/// A year in four digits, or in the two that a spreadsheet shows.
fn short_year(text: &str) -> Option<i32> {
    let two = count(text).filter(|_| text.len() == 2);
    year(text).or_else(|| two.map(|number| i32::from(number).saturating_add(2000)))
}

fn small(text: &str) -> Option<u8> {
    count(text).filter(|_| text.len() <= 2)
}

/// A day written in one numeral: `31.12.2024`, `30/6/24`, `30/06`. A point alone never makes a day without a year.
fn in_one(text: &str) -> Option<WrittenDay> {
    let separator = if text.contains('/') { '/' } else { '.' };
    let mut parts = text.split(separator);
    let written = (parts.next(), parts.next(), parts.next(), parts.next());
    match written {
        (Some(first), Some(month), Some(day), None) if first.len() == 4 => {
            Some(WrittenDay { day: small(day)?, month: small(month)?, year: Some(year(first)?) })
        }
        (Some(day), Some(month), Some(year), None) => {
            Some(WrittenDay { day: small(day)?, month: small(month)?, year: Some(short_year(year)?) })
        }
        (Some(day), Some(month), None, None) if separator == '/' => {
            let (day, month) = (small(day)?, small(month)?);
            Some(WrittenDay { day, month, year: None })
                .filter(|_| (1..=31).contains(&day) && (1..=12).contains(&month))
        }
        _ => None,
    }
}

/// A day of three numerals with dashes: `31-12-2024`, `2024-12-31`.
fn in_dashes(tokens: &[Token]) -> Option<(WrittenDay, &[Token])> {
    let (first, rest) = numeral(tokens)?;
    let (month, rest) = numeral(after_sign(rest, '-')?)?;
    let (last, rest) = numeral(after_sign(rest, '-')?)?;
    let (day, year) = match year(first) {
        Some(year) => (small(last)?, year),
        None => (small(first)?, short_year(last)?),
    };
    Some((WrittenDay { day, month: small(month)?, year: Some(year) }, rest))
}

/// A day with the name of its month: `30 settembre 2025`, `1° gennaio`, `31-dic-25`.
fn in_words(tokens: &[Token]) -> Option<(WrittenDay, &[Token])> {
    let (day, rest) = numeral(tokens)?;
    let rest = after_sign(rest, '°').unwrap_or(rest);
    let rest = after_sign(rest, '-').or_else(|| after_sign(rest, '/')).unwrap_or(rest);
    let (month, rest) = month_at(rest)?;
    Some((WrittenDay { day: small(day)?, month: month.month, year: month.year }, rest))
}

/// The day the marks begin with, and the marks after it.
pub(super) fn day_at(tokens: &[Token]) -> Option<(WrittenDay, &[Token])> {
    let alone = || numeral(tokens).and_then(|(text, rest)| Some((in_one(text)?, rest)));
    in_dashes(tokens).or_else(|| in_words(tokens)).or_else(alone)
}

/// The month the marks begin with, and the marks after it: `febbraio 2024`, `mar-24`, `12/2024`.
pub(super) fn month_at(tokens: &[Token]) -> Option<(WrittenMonth, &[Token])> {
    let (first, rest) = tokens.split_first()?;
    if first.is_numeral() {
        let (month, ending) = first.text.split_once('/')?;
        let month = small(month).filter(|month| (1..=12).contains(month))?;
        return Some((WrittenMonth { month, year: Some(year(ending)?), short: false }, rest));
    }
    let (month, short) = month_number(&first.text).filter(|_| first.is_word())?;
    let dotted = if short { after_sign(rest, '.').unwrap_or(rest) } else { rest };
    let joined = after_sign(dotted, '-').or_else(|| after_sign(dotted, '/'));
    let of_year =
        joined.and_then(numeral).and_then(|(text, rest)| Some((short_year(text)?, rest))).or_else(|| {
            numeral(after_word(dotted, &["del"]).unwrap_or(dotted))
                .and_then(|(text, rest)| Some((year(text)?, rest)))
        });
    match of_year {
        Some((year, rest)) => Some((WrittenMonth { month, year: Some(year), short }, rest)),
        None => Some((WrittenMonth { month, year: None, short }, dotted)),
    }
}

impl WrittenMonth {
    /// Whether it is surely a month, and not a word that begins like one.
    pub(super) const fn is_sure(self) -> bool {
        !self.short || self.year.is_some()
    }

    /// Its first and last day in a year.
    pub(super) fn window(self, year: i32) -> Option<(NaiveDate, NaiveDate)> {
        Deadline::Month { month: self.month, year: Some(year) }.window(year)
    }
}

/// The last day of a month, when the month exists.
pub(super) fn last_day(year: i32, month: u8) -> Option<NaiveDate> {
    Deadline::Month { month, year: Some(year) }.window(year).map(|(_, last)| last)
}

impl WrittenDay {
    /// The deadline it is: the day, the impossible day, or - when no year is known - the month it closes.
    pub(super) fn deadline(self, plan_year: Option<i32>) -> Option<Deadline> {
        let Self { day, month, .. } = self;
        let Some(year) = self.year.or(plan_year) else {
            let closes = [2023, 2024]
                .iter()
                .all(|year| last_day(*year, month).is_some_and(|last| last.day() == u32::from(day)));
            return closes.then_some(Deadline::Month { month, year: None });
        };
        Some(match NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)) {
            Some(day) => Deadline::Date { day },
            None => Deadline::Impossible { day, month, year, suggested: last_day(year, month) },
        })
    }
}

/// A day as Italians write it.
pub(super) fn shown(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}
