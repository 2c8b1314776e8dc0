//! Codes and keys: what structures are called for short, and how every part of a draft is named so that the same file read
//! again gives the same names.

use std::collections::{HashMap, HashSet};

use traguardo_domain::text::{Code, ExternalId};
use traguardo_domain::unit::UnitKind;

use crate::markup::fold;

/// Words of a name that say nothing of it.
const FILLERS: [&str; 34] = [
    "a", "ad", "ai", "al", "all", "alla", "alle", "con", "da", "dei", "degli", "del", "dell", "della",
    "delle", "dello", "di", "e", "ed", "il", "in", "la", "le", "lo", "i", "gli", "per", "su", "sul", "sulla",
    "area", "settore", "servizio", "ufficio",
];
/// How long a code made of initials is.
const INITIALS: usize = 4;
/// How long the code of a name of one word is.
const SHORT: usize = 3;

/// Names that are taken.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    /// The last number given to each name that was wished more than once.
    numbers: HashMap<String, usize>,
}

impl Names {
    /// The name itself when it is free, else with the first number that makes it so.
    pub(super) fn free(&mut self, wished: &str, most: usize) -> String {
        let mut name: String = wished.chars().take(most).collect();
        if self.taken.insert(name.clone()) {
            return name;
        }
        let number = self.numbers.entry(name.clone()).or_insert(1);
        while !self.taken.insert(name.clone()) {
            *number = number.saturating_add(1);
            let end = format!("-{number}");
            name = wished.chars().take(most.saturating_sub(end.len())).chain(end.chars()).collect();
        }
        name
    }

    /// A key made of a wish.
    pub(super) fn key(&mut self, wished: &str) -> Option<ExternalId> {
        ExternalId::parse(&self.free(&spelled(wished, "._:~@+-"), ExternalId::MAX)).ok()
    }
}

/// The characters of a text that a code may have; a dash for every dash, nothing for the others.
fn spelled(text: &str, marks: &str) -> String {
    let folded = fold(text);
    let capital = text.chars().all(|c| !c.is_lowercase());
    let kept = folded.as_str().chars().filter_map(|c| match c {
        '/' if !marks.contains('/') => Some('-'),
        c if c.is_ascii_alphanumeric() || marks.contains(c) => Some(c),
        _ => None,
    });
    let kept: String = kept.map(|c| if capital { c.to_ascii_uppercase() } else { c }).collect();
    kept.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned()
}

/// The letter a kind of structure is numbered with.
const fn letter(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Department => "D",
        UnitKind::Area => "A",
        UnitKind::Sector => "S",
        UnitKind::Service => "SV",
        UnitKind::Office => "U",
    }
}

/// The code of a structure: the printed one, or one made of its number, or of its name.
pub(super) fn unit_code(
    printed: Option<&str>,
    number: Option<&str>,
    name: &str,
    kind: UnitKind,
    names: &mut Names,
) -> Option<Code> {
    let printed = printed.map(str::trim).filter(|code| !code.is_empty());
    let as_it_is = printed.filter(|code| Code::parse(code).is_ok()).map(str::to_owned);
    let wished = as_it_is
        .or_else(|| printed.map(|code| spelled(code, "._/-")).filter(|code| !code.is_empty()))
        .or_else(|| number.and_then(|number| numbered(number, kind)))
        .unwrap_or_else(|| initials(name, kind));
    Code::parse(&names.free(&wished, Code::MAX)).ok()
}

fn numbered(number: &str, kind: UnitKind) -> Option<String> {
    let number = spelled(number, "._/-");
    match number.chars().next()? {
        first if first.is_ascii_digit() && number.chars().all(|c| c.is_ascii_digit()) => {
            Some(format!("{}{number}", letter(kind)))
        }
        _ => Some(number),
    }
}

/// `AF` for `Area affari finanziari`, `SEG` for `Settore Segreteria`.
fn initials(name: &str, kind: UnitKind) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded
        .as_str()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !FILLERS.contains(word) && *word != "dipartimento")
        .collect();
    let code: String = match words.as_slice() {
        [] => letter(kind).to_owned(),
        [only] => only.chars().take(SHORT).collect(),
        several => several.iter().take(INITIALS).filter_map(|word| word.chars().next()).collect(),
    };
    code.to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(printed: Option<&str>, number: Option<&str>, name: &str) -> String {
        unit_code(printed, number, name, UnitKind::Area, &mut Names::default()).unwrap().as_str().to_owned()
    }

    #[test]
    fn a_printed_code_stands_and_others_are_made_of_number_or_name() {
        assert_eq!(code(Some("01-01-01"), None, "Ufficio"), "01-01-01");
        assert_eq!(code(Some("01 – 02"), None, "Ufficio"), "01-02");
        assert_eq!(code(None, Some("3"), "Lavori pubblici"), "A3");
        assert_eq!(code(None, None, "Area Affari generali"), "AG");
        assert_eq!(code(None, None, "Settore Città"), "CIT");
        assert_eq!(code(Some("***"), None, "di"), "A");
    }

    #[test]
    fn two_structures_never_have_the_same_code() {
        let mut names = Names::default();
        let codes: Vec<String> = (0..3)
            .filter_map(|_| unit_code(Some("SA"), None, "", UnitKind::Sector, &mut names))
            .map(|code| code.as_str().to_owned())
            .collect();
        assert_eq!(codes, ["SA", "SA-2", "SA-3"]);
    }
}
