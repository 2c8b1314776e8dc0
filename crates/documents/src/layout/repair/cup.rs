//! Codes of investment projects (CUP) inside other words, whole or damaged.

use crate::gathered::{Found, Gathered};
use crate::profile::Field;

/// How many letters and figures a code has.
const LENGTH: usize = 15;
/// How few of them are still meant as a code, where the text says that one follows.
const LEAST: usize = 11;

/// The codes a text names: words that look like one, and the words after `CUP` that are meant as one.
#[must_use]
pub fn codes_in(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut announced = false;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let (label, rest) = label(bare);
        let announced_here = announced || label;
        if (has_shape(rest) || (announced_here && is_meant(rest))) && !found.iter().any(|known| known == rest)
        {
            found.push(rest.to_owned());
        }
        announced = label && rest.is_empty() || (announced && rest.is_empty());
    }
    found
}

/// Adds to every objective that has none the codes its own words name.
pub fn add(gathered: &mut Gathered) {
    for objective in &mut gathered.objectives {
        if objective.fields.get(Field::Cup).is_some() {
            continue;
        }
        let mut found: Vec<Found> = Vec::new();
        for (field, said) in objective.fields.iter() {
            let own = matches!(field, Field::Title | Field::Description | Field::Purpose | Field::Notes);
            for code in if own { codes_in(&said.words) } else { Vec::new() } {
                if found.iter().all(|known| known.words != code) {
                    found.push(Found::new(code, said.place).with(said.confidence));
                }
            }
        }
        for code in found {
            objective.fields.add(Field::Cup, code);
        }
    }
}

/// Whether a word begins with the name of the code, and what follows it: `CUP:I12...`.
fn label(word: &str) -> (bool, &str) {
    let named = word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("cup"));
    let rest = word.get(3..).unwrap_or_default();
    let rest = rest.trim_start_matches([':', '.', '-', ')', '=', 'n', '°']);
    if named && (rest.is_empty() || is_meant(rest)) { (true, rest) } else { (false, word) }
}

/// Letter, two figures, letter, eleven letters or figures; in capitals.
fn has_shape(word: &str) -> bool {
    let fits = |(at, letter): (usize, char)| match at {
        0 | 3 => letter.is_ascii_uppercase(),
        1 | 2 => letter.is_ascii_digit(),
        _ => letter.is_ascii_uppercase() || letter.is_ascii_digit(),
    };
    word.chars().count() == LENGTH && word.chars().enumerate().all(fits)
}

/// Letters and figures, mostly figures, about as many as a code has.
fn is_meant(word: &str) -> bool {
    let figures = word.chars().filter(char::is_ascii_digit).count();
    let all = word.chars().count();
    let about = (LEAST..=LENGTH.saturating_add(2)).contains(&all);
    about && word.chars().all(|letter| letter.is_ascii_alphanumeric()) && figures.saturating_mul(2) > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_with_or_without_their_name() {
        assert_eq!(codes_in("Opera (CUP: J12B22001230006)"), ["J12B22001230006"]);
        assert_eq!(codes_in("palestra J12B22001230006 in via Roma"), ["J12B22001230006"]);
        assert_eq!(codes_in("palestra CUP:112B22001230006"), ["112B22001230006"]);
        assert_eq!(codes_in("scuola - CUP 112B2200123000"), ["112B2200123000"]);
    }

    #[test]
    fn other_words_are_no_codes() {
        for text in
            ["recupero ambientale", "protocollo 112222001230006", "CUP da chiedere", "il CUP", "cupola 12"]
        {
            assert!(codes_in(text).is_empty(), "{text}");
        }
    }
}
