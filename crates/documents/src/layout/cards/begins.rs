//! How a card begins: its code and title, whole or spoiled.

use crate::layout::likeness::distance;
use crate::markup::fold;
use crate::profile::{Cards, Field};

use super::lines::letters;

/// The longest line that is tried as the beginning of a card, in bytes.
const LONGEST: usize = 600;
/// The shortest word of a pattern that is recognised with letters missing.
const SHORTEST: usize = 6;
/// The most letters of the code of a structure.
const MOST_LETTERS: usize = 6;

/// What the first line of a card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Begin {
    /// The weight, where it stands in the same line.
    pub(super) weight: Option<String>,
    /// The code.
    pub(super) code: String,
    /// The title, or its beginning.
    pub(super) title: Option<String>,
}

/// The beginning of a card some words are.
pub(super) fn begin(cards: &Cards, words: &str) -> Option<Begin> {
    if words.len() > LONGEST || !words.contains(|letter: char| letter.is_ascii_digit() || letter == '/') {
        return None;
    }
    exact(cards, words).or_else(|| exact(cards, &mended(cards, words)?))
}

fn exact(cards: &Cards, words: &str) -> Option<Begin> {
    let words = fold(words);
    cards.begins.iter().find_map(|pattern| {
        let taken = pattern.whole_folded(&words)?;
        let code = taken.get(Field::Code).or_else(|| taken.get(Field::Number))?.to_owned();
        let weight = taken.get(Field::CardWeight).map(str::to_owned);
        let title = taken.get(Field::Title).map(str::to_owned);
        is_code(&code).then_some(Begin { weight, code, title })
    })
}

/// The words with their first one as the pattern spells it, when a letter or two of it are lost.
fn mended(cards: &Cards, words: &str) -> Option<String> {
    let (first, rest) = words.split_once(char::is_whitespace)?;
    let spoiled = letters(first);
    let names = cards.begins.iter().flat_map(|pattern| {
        pattern.as_str().split(|letter: char| !letter.is_alphabetic()).map(str::to_owned).collect::<Vec<_>>()
    });
    let near = |name: &String| name.len() >= SHORTEST && distance(&spoiled, &letters(name), 2).is_some();
    Some([names.into_iter().find(near)?.as_str(), rest].join(" "))
}

/// Whether some words are the weight that stands before a card.
pub(super) fn weight(cards: &Cards, words: &str) -> Option<String> {
    let short = words.len() <= 40;
    let taken = short.then(|| cards.before.iter().find_map(|pattern| pattern.whole(words)))??;
    taken.get(Field::CardWeight).map(str::to_owned)
}

/// Whether a word may be a code: a number, alone or with the letters of a structure; or what is left of one after a slash.
fn is_code(code: &str) -> bool {
    let (mut digits, mut letters, mut marks) = (0_usize, 0_usize, 0_usize);
    for sign in code.chars() {
        match sign {
            sign if sign.is_ascii_digit() => digits = digits.saturating_add(1),
            sign if sign.is_alphabetic() => letters = letters.saturating_add(1),
            '/' | '-' | '.' | '_' => marks = marks.saturating_add(1),
            _ => return false,
        }
    }
    let numbered = digits > 0 && digits <= 3 && (letters == 0 || marks > 0);
    let left = digits == 0 && letters > 0 && code.starts_with('/');
    letters <= MOST_LETTERS && (numbered || left)
}

/// The number of a code, where it can still be read.
pub(super) fn number(code: &str) -> Option<usize> {
    let digits = |sign: char| sign.is_ascii_digit();
    let start = code.find(digits)?;
    let run: String = code.get(start..)?.chars().take_while(|sign| digits(*sign)).collect();
    run.parse().ok()
}

/// The letters of a code: those of its structure.
pub(super) fn letters_of_code(code: &str) -> String {
    code.chars().filter(|sign| sign.is_alphabetic()).flat_map(char::to_uppercase).collect()
}
