//! Whether the words printed beside a code are its own: comuni shorten them, add their offices, change an ending.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::Entry;

/// Words that join others and say nothing themselves.
const JOINING: &[&str] = &[
    "a", "ad", "ai", "agli", "al", "alla", "alle", "allo", "area", "con", "d", "da", "degli", "dei", "del",
    "dell", "della", "delle", "dello", "di", "e", "ed", "gli", "i", "il", "in", "l", "la", "le", "lo", "nel",
    "nella", "o", "per", "su",
];

/// The fewest letters two words must share from their beginning to be forms of one.
const FORM: usize = 5;

/// Whether a printed label is that of an entry, give or take capitals, accents, punctuation, endings, and words left out or
/// added at home. `Segreteria generale e organizzazione` is the label of 01.02 for a comune; `Istruzione tecnica superiore`
/// beside 04.06 names another programme. Either the shorter of the two says nothing the longer does not, or two words in
/// three of the shorter and more than half of the longer are the same. No words disagree with nothing.
#[must_use]
pub fn label_agrees(printed: &str, entry: &Entry) -> bool {
    let (said, meant) = (words(printed), words(entry.label));
    let (short, long) = if said.len() <= meant.len() { (&said, &meant) } else { (&meant, &said) };
    let shared = short.iter().filter(|word| long.iter().any(|other| are_one(word, other))).count();
    let most_of_both =
        shared.saturating_mul(3) >= short.len().saturating_mul(2) && shared.saturating_mul(2) > long.len();
    shared == short.len() || most_of_both
}

/// The words that count, without accents and endings; `non` stays with what it denies.
fn words(text: &str) -> Vec<String> {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let mut words: Vec<String> = Vec::new();
    let mut denied = false;
    for word in plain.split(|c: char| !c.is_alphanumeric()) {
        if word == "non" {
            denied = true;
        } else if !word.is_empty() && !JOINING.contains(&word) {
            let stem = stem(word);
            let stem = if denied { format!("non {stem}") } else { stem.to_owned() };
            denied = false;
            if !words.contains(&stem) {
                words.push(stem);
            }
        }
    }
    words
}

/// A word without the ending that number and gender change.
fn stem(word: &str) -> &str {
    let stem = word.trim_end_matches(['a', 'e', 'i', 'o', 'u']);
    let stem = stem.strip_suffix('h').unwrap_or(stem);
    if stem.len() < 3 { word } else { stem }
}

fn are_one(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short == long || (short.len() >= FORM && long.starts_with(short))
}
