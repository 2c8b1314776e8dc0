//! What stands in the cells of a file of bills: days, amounts and words as Italians write them, or as programs do.

use chrono::NaiveDate;
use traguardo_domain::fault::{FaultKind, Refused};
use traguardo_domain::invoice::{Cents, Exclusion, InvoiceKind};
use traguardo_domain::period::credible;
use traguardo_domain::vocabulary::Vocabulary as _;

fn malformed(detail: impl Into<String>) -> Refused {
    Refused::new(FaultKind::Malformed, detail)
}

/// An amount as it stands in a cell, with its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signed {
    /// Whether a minus stands before it.
    pub(super) negative: bool,
    /// The amount without it.
    pub(super) amount: Cents,
}

/// A day: `10/01/2025`, with points or hyphens too, or `2025-01-10`; a time of the day after it says nothing.
pub(super) fn day(words: &str) -> Result<NaiveDate, Refused> {
    let refused = || malformed("Un giorno come 31/12/2025 oppure 2025-12-31.");
    let (date, time) = words.split_once([' ', 'T']).unwrap_or((words, ""));
    if !time.trim().bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.')) {
        return Err(refused());
    }
    let parts: Vec<&str> = date.split(['/', '-', '.']).collect();
    if !parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(refused());
    }
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2 => (year, month, day),
        [day, month, year]
            if year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len()) =>
        {
            (year, month, day)
        }
        _ => return Err(refused()),
    };
    let number = |digits: &str| digits.parse::<u32>().map_err(|_| refused());
    let year: i32 = year.parse().map_err(|_| refused())?;
    let found = NaiveDate::from_ymd_opt(year, number(month)?, number(day)?);
    found.ok_or_else(|| malformed("Il giorno non esiste.")).and_then(credible)
}

/// An amount: `1234,56`, `1.234,56`, `1234.56`, `1,234.56`, perhaps with the sign of the euro.
pub(super) fn amount(words: &str) -> Result<Signed, Refused> {
    let refused = || malformed("Un importo come 1.234,56 oppure 1234.56.");
    let compact: String = words.chars().filter(|one| !one.is_whitespace() && *one != '€').collect();
    let bare = compact.strip_suffix("EUR").or_else(|| compact.strip_prefix("EUR")).unwrap_or(&compact);
    let (negative, bare) = bare.strip_prefix('-').map_or((false, bare), |rest| (true, rest));
    let (whole, cents) = parted(bare).ok_or_else(refused)??;
    let amount = Cents::parse(&format!("{whole}.{cents}"))?;
    Ok(Signed { negative, amount })
}

/// The digits before and after the mark of decimals; nothing when it is no number, a refusal when it could be two.
fn parted(bare: &str) -> Option<Result<(String, &str), Refused>> {
    let marks = bare.chars().filter(|one| matches!(one, '.' | ',')).count();
    let Some(last) = bare.rfind(['.', ',']) else {
        return whole(bare, None).map(|digits| Ok((digits, "00")));
    };
    let (before, after) = (bare.get(..last)?, bare.get(last.saturating_add(1)..)?);
    let mark = bare.get(last..)?.chars().next()?;
    let digits = after.bytes().all(|byte| byte.is_ascii_digit());
    match after.len() {
        1 | 2 if digits => {
            let other = if mark == '.' { ',' } else { '.' };
            whole(before, Some(other)).map(|digits| Ok((digits, after)))
        }
        3 if digits && marks == 1 && whole(before, None).is_some() => Some(Err(malformed(
            "Può voler dire migliaia o millesimi: si scrivano i centesimi, come 1.234,00.",
        ))),
        3 if digits => whole(bare, Some(mark)).map(|digits| Ok((digits, "00"))),
        _ => None,
    }
}

/// The digits of a whole number whose thousands may be set apart by a mark.
fn whole(text: &str, mark: Option<char>) -> Option<String> {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let Some(mark) = mark.filter(|mark| text.contains(*mark)) else {
        return is_digits(text).then(|| text.to_owned());
    };
    let mut parts = text.split(mark);
    let first = parts.next().filter(|part| is_digits(part) && part.len() <= 3)?;
    let mut digits = first.to_owned();
    for part in parts {
        digits.push_str(Some(part).filter(|part| is_digits(part) && part.len() == 3)?);
    }
    Some(digits)
}

/// What a document asks for: a code of the exchange format (`TD01`, `TD04`), or words.
pub(super) fn kind(words: &str) -> Result<InvoiceKind, Refused> {
    let plain = words.trim().to_lowercase();
    if let Some(kind) = InvoiceKind::from_word(&plain) {
        return Ok(kind);
    }
    let code = plain.get(..4).filter(|code| code.starts_with("td"));
    let digits =
        code.and_then(|code| code.get(2..)).filter(|digits| digits.bytes().all(|one| one.is_ascii_digit()));
    let holds = |all: &[&str]| all.iter().any(|word| plain.contains(word));
    match digits {
        Some("04" | "08") => Ok(InvoiceKind::CreditNote),
        Some(_) => Ok(InvoiceKind::Invoice),
        None if holds(&["credito"]) => Ok(InvoiceKind::CreditNote),
        None if holds(&["fattura", "parcella", "debito", "richiesta"]) => Ok(InvoiceKind::Invoice),
        None => Err(malformed("Un codice come TD01 o TD04, oppure fattura, nota di credito.")),
    }
}

/// Why a document does not count; nothing when it does.
pub(super) fn exclusion(words: &str) -> Result<Option<Exclusion>, Refused> {
    let plain = words.trim().to_lowercase();
    if let Some(exclusion) = Exclusion::from_word(&plain) {
        return Ok(Some(exclusion));
    }
    match plain.as_str() {
        "no" | "nessuna" | "nessuno" => Ok(None),
        "non commerciale" | "transazione non commerciale" => Ok(Some(Exclusion::NonCommercial)),
        "legge speciale" | "leggi speciali" => Ok(Some(Exclusion::SpecialLaw)),
        _ => Err(malformed("non commerciale, legge speciale, oppure niente.")),
    }
}
