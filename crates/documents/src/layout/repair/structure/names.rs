//! Names that are the same name: the forms it is written in, and which of them is whole.

use std::collections::HashMap;

use crate::layout::repair::likeness::{shared, within, words_of};

/// The most names that others are compared with; beyond, names are the same only when equal.
const MOST: usize = 150;

/// A name, with the words that tell it from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) name: String,
    pub(super) telling: Vec<String>,
    pub(super) count: usize,
    /// The place it has among those first met.
    pub(super) order: usize,
}

/// The forms names are written in, equal ones counted together, the most frequent first; of equals the longer.
pub(super) fn forms<'a>(names: impl Iterator<Item = (&'a str, &'a [String])>) -> Vec<Form> {
    let mut index: HashMap<Vec<String>, usize> = HashMap::new();
    let mut found: Vec<Form> = Vec::new();
    for (name, telling) in names.filter(|(_, telling)| !telling.is_empty()) {
        let order = found.len();
        let at = *index.entry(words_of(name)).or_insert(order);
        match found.get_mut(at) {
            Some(form) => form.count = form.count.saturating_add(1),
            None => found.push(Form { name: name.to_owned(), telling: telling.to_vec(), count: 1, order }),
        }
    }
    found.sort_by_key(|form| (std::cmp::Reverse((form.count, form.telling.len())), form.order));
    found
}

/// Names that others are cut or overrun forms of, found by their words.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Each name, and whose it is.
    telling: Vec<(Vec<String>, usize)>,
    exact: HashMap<Vec<String>, usize>,
    /// The names that have a word which begins so.
    stems: HashMap<String, Vec<usize>>,
}

impl Known {
    /// Adds a name of one of those that are known.
    pub(super) fn add(&mut self, telling: &[String], owner: usize) {
        let at = self.telling.len();
        self.exact.entry(telling.to_vec()).or_insert(owner);
        if at < MOST {
            for word in telling {
                let names = self.stems.entry(stem(word)).or_default();
                if names.last() != Some(&at) {
                    names.push(at);
                }
            }
        }
        self.telling.push((telling.to_vec(), owner));
    }

    /// Whose name these words are, whole, cut or overrun: the only one they could be.
    pub(super) fn find(&self, telling: &[String]) -> Option<usize> {
        self.exact.get(telling).copied().or_else(|| {
            let alike = |whole: &[String]| within(telling, whole) || within(whole, telling);
            self.best(telling, |whole| if alike(whole) { shared(telling, whole) } else { 0 })
        })
    }

    /// Whose name most of these words are in, when there is only one.
    pub(super) fn likest(&self, telling: &[String]) -> Option<usize> {
        let long = |word: &&String| word.chars().count() >= 5;
        let words: Vec<String> = telling.iter().filter(long).cloned().collect();
        self.best(&words, |whole| shared(&words, whole))
    }

    fn best(&self, telling: &[String], score: impl Fn(&[String]) -> usize) -> Option<usize> {
        let mut candidates: Vec<usize> =
            telling.iter().filter_map(|word| self.stems.get(&stem(word))).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut best: HashMap<usize, usize> = HashMap::new();
        for (name, owner) in candidates.into_iter().filter_map(|at| self.telling.get(at)) {
            let known = best.entry(*owner).or_default();
            *known = score(name).max(*known);
        }
        let most = best.values().max().copied().filter(|most| *most > 0)?;
        let mut owners = best.into_iter().filter(|(_, score)| *score == most).map(|(owner, _)| owner);
        owners.next().filter(|_| owners.next().is_none())
    }
}

/// The beginning of a word that its cut forms have too.
fn stem(word: &str) -> String {
    word.chars().take(3).collect()
}
