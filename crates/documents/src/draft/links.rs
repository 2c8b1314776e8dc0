//! Links to what lies outside the plan, out of the cells they are written in.

use traguardo_domain::objective::{ProgrammeCode, ProgrammeLink};
use traguardo_domain::reading::Confidence;
use traguardo_domain::text::Line;

use super::desk::Desk;
use super::spill::label;
use crate::gathered::{Fields, Found};
use crate::profile::Field;

/// The most links of a kind an objective has.
const MOST_LINKS: usize = 20;

/// What a cell of mission and programme says: its code, and what it calls it.
pub(super) fn programme(words: &str) -> (Option<ProgrammeCode>, &str) {
    let coded = || {
        let (mission, rest) = two_digits(words.trim())?;
        let (programme, rest) = two_digits(rest.trim_start_matches(is_mark))?;
        let apart = rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
        let code = ProgrammeCode::parse(&format!("{mission}.{programme}")).ok().filter(|_| apart)?;
        Some((code, rest.trim_start_matches(is_mark).trim()))
    };
    coded().map_or((None, words.trim()), |(code, label)| (Some(code), label))
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '-' | '‐'..='―' | '/' | ':' | ',')
}

fn two_digits(text: &str) -> Option<(&str, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some((digits, rest))
}

/// The codes of projects a cell names; the whole cell when they cannot be told apart.
pub(super) fn projects(words: &str) -> Vec<&str> {
    let apart = |c: char| c.is_whitespace() || matches!(c, ';' | ',' | '/' | '|');
    let is_word = |word: &&str| {
        let bare = word.trim_end_matches([':', '.']).to_lowercase();
        !bare.is_empty() && !["cup", "e", "ed", "-", "–", "n"].contains(&bare.as_str())
    };
    let codes: Vec<&str> =
        words.split(apart).filter(is_word).map(|word| word.trim_matches([':', '(', ')'])).collect();
    let long = |code: &&str| (10..=40).contains(&code.chars().count());
    if codes.is_empty() || !codes.iter().all(long) { vec![words.trim()] } else { codes }
}

/// The programmes of an objective.
pub(super) fn programmes(desk: &mut Desk<'_>, fields: &Fields, base: &str) -> Vec<ProgrammeLink> {
    let mut programmes = Vec::new();
    for found in fields.all(Field::Programme) {
        let pointer = format!("{base}/programmes/{}", programmes.len());
        if programmes.len() >= MOST_LINKS {
            desk.spill(label(Field::Programme), found, false);
            continue;
        }
        let (code, words) = programme(&found.words);
        let words = Found { words: words.to_owned(), ..found.clone() };
        let noted = desk.traces.len();
        let called = desk.text(Field::Programme, &words, &pointer);
        desk.traces.truncate(noted);
        if code.is_some() || called.is_some() {
            desk.trace(pointer, found, Confidence::Certain);
            programmes.push(ProgrammeLink { code, label: called });
        }
    }
    programmes
}

/// The codes of the projects of an objective.
pub(super) fn cup(desk: &mut Desk<'_>, fields: &Fields, base: &str) -> Vec<Line<40>> {
    let mut cup = Vec::new();
    for found in fields.all(Field::Cup) {
        for words in projects(&found.words) {
            let one = Found { words: words.to_owned(), ..found.clone() };
            if cup.len() >= MOST_LINKS {
                desk.spill(label(Field::Cup), &one, false);
                continue;
            }
            cup.extend(desk.text(Field::Cup, &one, &format!("{base}/cup/{}", cup.len())));
        }
    }
    cup
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programme_is_a_code_and_what_it_is_called() {
        let said = |words| {
            let (code, label) = programme(words);
            (code.map(|code| code.as_str().to_owned()), label.to_owned())
        };
        let coded = |code: &str, label: &str| (Some(code.to_owned()), label.to_owned());
        assert_eq!(said("01-02-Segreteria generale"), coded("01.02", "Segreteria generale"));
        assert_eq!(said("01.11 Altri servizi generali"), coded("01.11", "Altri servizi generali"));
        assert_eq!(said("0402 – Istruzione"), coded("04.02", "Istruzione"));
        assert_eq!(said("ufficio protocollo"), (None, "ufficio protocollo".to_owned()));
        assert_eq!(said("01-02"), coded("01.02", ""));
        assert_eq!(said("31/12/2025"), coded("31.12", "2025"));
    }

    #[test]
    fn several_projects_in_a_cell_are_told_apart() {
        assert_eq!(projects("CUP: J11B21000240001; J11B21000250001"), ["J11B21000240001", "J11B21000250001"]);
        assert_eq!(projects("J11B2100 0240001"), ["J11B2100 0240001"]);
    }
}
