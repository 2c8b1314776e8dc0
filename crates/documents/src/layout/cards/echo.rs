//! What a plan says again elsewhere: the same words in a cell that is whole, the same words after each other. A plan of cards
//! repeats itself from structure to structure, and what a scan tore in one card stands whole in another.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::markup::fold;
use crate::profile::Field;

/// The most things remembered of each kind: memory stays small whatever the source.
const MOST: usize = 400_000;
/// The shortest cell that says by itself what it is, in letters.
const SHORTEST: usize = 6;
/// How many words a cell begins with to be told by them.
const BEGINNING: usize = 3;
/// Consonants no Italian word begins with twice.
const VOWELS: &str = "aeiou";

/// What is remembered.
#[derive(Debug, Default)]
pub(super) struct Echo {
    words: HashSet<u64>,
    pairs: HashSet<u64>,
    threes: HashSet<u64>,
    cells: HashMap<u64, Option<Field>>,
    beginnings: HashMap<u64, Option<Field>>,
}

impl Echo {
    /// Remembers words that stand together.
    pub(super) fn hear(&mut self, text: &str) {
        let words = words(text);
        remember(&mut self.words, words.iter().map(hash));
        remember(&mut self.pairs, words.windows(2).map(hash));
        remember(&mut self.threes, words.windows(3).map(hash));
    }

    /// Remembers the words of a cell that is known to be of a field.
    pub(super) fn hear_cell(&mut self, field: Field, text: &str) {
        let words = words(text);
        let letters: String = words.concat();
        if letters.chars().count() >= SHORTEST {
            note(&mut self.cells, hash(&letters), field);
        }
        if let Some(start) = words.get(..BEGINNING) {
            note(&mut self.beginnings, hash(start), field);
        }
    }

    /// The field whose cells say just this elsewhere.
    pub(super) fn whole(&self, text: &str) -> Option<Field> {
        self.cells.get(&hash(&words(text).concat())).copied().flatten()
    }

    /// The field whose cells begin like this elsewhere.
    pub(super) fn begins(&self, text: &str) -> Option<Field> {
        let words = words(text);
        self.beginnings.get(&hash(words.get(..BEGINNING)?)).copied().flatten()
    }

    /// Whether some words go on with others elsewhere.
    pub(super) fn goes_on(&self, before: &str, after: &str) -> bool {
        first_word(after).is_some_and(|next| self.goes_on_with(before, &next))
    }

    /// Whether some words go on with a word elsewhere.
    pub(super) fn goes_on_with(&self, before: &str, next: &str) -> bool {
        let last = ending(before);
        let [one, two] = last.as_slice() else { return false };
        self.threes.contains(&hash(&[one.as_str(), two, next].map(str::to_owned)[..]))
    }

    /// Two pieces of a line a scan tore: one word where the two halves are one elsewhere, two words otherwise.
    pub(super) fn join(&self, before: &str, after: &str) -> String {
        let last = ending(before).pop().unwrap_or_default();
        let next = first_word(after).unwrap_or_default();
        let glue = if self.is_one_word(&last, &next) { "" } else { " " };
        let after = self.without_overlap(&last, &next, after);
        let glue = if after.1 { "" } else { glue };
        [before, glue, after.0].concat().trim().to_owned()
    }

    /// The second piece without its first letter, where that is the last one of the first piece read again.
    fn without_overlap<'t>(&self, last: &str, next: &str, after: &'t str) -> (&'t str, bool) {
        let (Some(letter), mut rest) = (last.chars().next_back(), next.chars()) else {
            return (after, false);
        };
        let again = rest.next() == Some(letter) && !self.words.contains(&hash(next));
        let merged = again && self.words.contains(&hash(&[last, rest.as_str()].concat()));
        let mut cut = after.trim_start().chars();
        cut.next();
        if merged { (cut.as_str(), true) } else { (after, false) }
    }

    fn is_one_word(&self, last: &str, next: &str) -> bool {
        if last.is_empty() || next.is_empty() {
            return false;
        }
        let known = self.words.contains(&hash(&[last, next].concat()));
        let apart = self.pairs.contains(&hash(&[last.to_owned(), next.to_owned()][..]));
        let mut start = next.chars();
        let doubled = start.next().is_some_and(|letter| {
            letter.is_alphabetic() && !VOWELS.contains(letter) && start.next() == Some(letter)
        });
        doubled || (known && !apart)
    }
}

fn remember(known: &mut HashSet<u64>, new: impl Iterator<Item = u64>) {
    for hash in new {
        if known.len() < MOST {
            known.insert(hash);
        }
    }
}

/// A cell that two fields have says nothing of either.
fn note(known: &mut HashMap<u64, Option<Field>>, hash: u64, field: Field) {
    if known.len() < MOST || known.contains_key(&hash) {
        let of = known.entry(hash).or_insert(Some(field));
        if *of != Some(field) {
            *of = None;
        }
    }
}

fn hash<T: Hash + ?Sized>(what: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// The words of a text as they are compared, without what stands around them.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded
        .as_str()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The last two words of a text, without folding the whole of it.
fn ending(text: &str) -> Vec<String> {
    let mut last: Vec<&str> =
        text.rsplit(char::is_whitespace).filter(|word| !word.is_empty()).take(3).collect();
    last.reverse();
    let words = words(&last.join(" "));
    words.get(words.len().saturating_sub(2)..).unwrap_or_default().to_vec()
}

/// The first word of a text as it is compared.
pub(super) fn first_word(text: &str) -> Option<String> {
    words(&text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_a_word_are_put_together_when_the_word_is_known() {
        let mut echo = Echo::default();
        echo.hear("Approvazione degli atti, percorsi per tutti");
        assert_eq!(echo.join("APPROVAZIONE DE", "GLI ATTI"), "APPROVAZIONE DEGLI ATTI");
        assert_eq!(echo.join("ATTRAVERSO PER", "CORSI"), "ATTRAVERSO PERCORSI");
        assert_eq!(echo.join("TEMPI", "DEI PROCEDIMENTI"), "TEMPI DEI PROCEDIMENTI");
        assert_eq!(echo.join("PROGRESSIONI ORI", "ZZONTALI"), "PROGRESSIONI ORIZZONTALI");
        assert_eq!(echo.join("DI TUT", "TTI"), "DI TUTTI");
    }

    #[test]
    fn what_goes_on_elsewhere_goes_on_here() {
        let mut echo = Echo::default();
        echo.hear("nonché dei flussi delle entrate e delle spese");
        assert!(echo.goes_on("i flussi delle entrate", "e delle spese"));
        assert!(!echo.goes_on("i flussi delle uscite", "e delle spese"));
        echo.hear_cell(Field::Stakeholders, "Cittadini, utenti");
        assert_eq!(echo.whole("cittadini utenti"), Some(Field::Stakeholders));
    }
}
