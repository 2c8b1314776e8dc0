//! How alike texts are: in whole numbers, per mille, and without comparing every text with every other.
//!
//! A text is taken apart into features: its [`words`], when whole words must agree, or its [`pieces`], three letters at a time,
//! when a misspelled word must still count. A [`Lexicon`] numbers the features, the rarest first, and makes of each text a
//! [`Row`] of numbers; the likeness of two rows is the share of all their features that both have. An [`Index`] finds
//! those rows that can be alike at all.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

mod folding;

pub use folding::{folded, is_filler, latinised, same_words};

/// The likeness of two texts with the same features.
pub const EQUAL: u16 = 1000;

/// Three letters of a word in a row, its ends marked by spaces.
pub type Piece = [char; 3];

/// How much a small number counts: `lotto 1` and `lotto 2` are not the same lot misspelled.
const NUMBER_MARKS: [char; 6] = ['\u{e000}', '\u{e001}', '\u{e002}', '\u{e003}', '\u{e004}', '\u{e005}'];

/// The words of a text that say something, each once.
#[must_use]
pub fn words(text: &str) -> BTreeSet<String> {
    folded(text).split_whitespace().filter(|word| !is_filler(word)).map(str::to_owned).collect()
}

/// The pieces of the words of a text that say something; of all of them, when none does.
#[must_use]
pub fn pieces(text: &str) -> BTreeSet<Piece> {
    let text = folded(text);
    let mut found = BTreeSet::new();
    text.split_whitespace().filter(|word| !is_filler(word)).for_each(|word| take_apart(word, &mut found));
    if found.is_empty() {
        text.split_whitespace().for_each(|word| take_apart(word, &mut found));
    }
    found
}

fn take_apart(word: &str, found: &mut BTreeSet<Piece>) {
    let mut digits = word.chars().filter(char::is_ascii_digit);
    if let (true, Some(first)) = (word.len() <= 2, digits.next()) {
        let second = word.chars().nth(1).unwrap_or(' ');
        found.extend(NUMBER_MARKS.map(|mark| [first, second, mark]));
        return;
    }
    let letters = || std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' '));
    let threes = letters().zip(letters().skip(1)).zip(letters().skip(2));
    found.extend(threes.map(|((first, second), third)| [first, second, third]));
}

/// How alike two texts are by their pieces, from nothing in common to [`EQUAL`].
#[must_use]
pub fn permille(one: &str, other: &str) -> u16 {
    let (one, other) = (pieces(one), pieces(other));
    let lexicon = Lexicon::of([&one, &other]);
    lexicon.row(&one).permille(&lexicon.row(&other))
}

/// The features of a set of texts, numbered: the rarer the smaller.
#[derive(Debug)]
pub struct Lexicon<F>(HashMap<F, usize>);

impl<F: Ord + Hash + Clone> Lexicon<F> {
    /// The lexicon of these texts.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t BTreeSet<F>>) -> Self
    where
        F: 't,
    {
        let mut counts: HashMap<&F, usize> = HashMap::new();
        for feature in texts.into_iter().flatten() {
            let count = counts.entry(feature).or_default();
            *count = count.saturating_add(1);
        }
        let mut by_rarity: Vec<(usize, &F)> =
            counts.into_iter().map(|(feature, count)| (count, feature)).collect();
        by_rarity.sort_unstable();
        Self(by_rarity.into_iter().enumerate().map(|(rank, (_, feature))| (feature.clone(), rank)).collect())
    }

    /// A text as a row of numbers; features of no text of the lexicon are left out.
    #[must_use]
    pub fn row(&self, text: &BTreeSet<F>) -> Row {
        let mut ranks: Vec<usize> = text.iter().filter_map(|feature| self.0.get(feature).copied()).collect();
        ranks.sort_unstable();
        Row(ranks)
    }
}

/// The features of a text as numbers, the rarest first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Row(Vec<usize>);

impl Row {
    /// How many features it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many of a thousand of all the features of two rows both have.
    #[must_use]
    pub fn permille(&self, other: &Self) -> u16 {
        let shared = self.shared(other);
        let all = self.len().saturating_add(other.len()).saturating_sub(shared);
        let share = shared.saturating_mul(1000).checked_div(all).unwrap_or_default();
        u16::try_from(share).unwrap_or(EQUAL)
    }

    /// How many features two rows have in common.
    fn shared(&self, other: &Self) -> usize {
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut shared = 0usize;
        while let (Some(our), Some(their)) = (ours.peek(), theirs.peek()) {
            match our.cmp(their) {
                Ordering::Less => {
                    ours.next();
                }
                Ordering::Greater => {
                    theirs.next();
                }
                Ordering::Equal => {
                    shared = shared.saturating_add(1);
                    ours.next();
                    theirs.next();
                }
            }
        }
        shared
    }

    /// Its rarest features, of which a row at least so alike has one among its own rarest: those beyond the share they must
    /// have in common.
    fn telling(&self, least: u16) -> impl Iterator<Item = &usize> {
        let shared = self.len().saturating_mul(usize::from(least)).div_ceil(1000);
        self.0.iter().take(self.len().saturating_sub(shared).saturating_add(1))
    }
}

/// Rows by their rarest features, to find those that can be as alike as asked.
#[derive(Debug)]
pub struct Index {
    least: u16,
    most: usize,
    /// One more than the largest number.
    size: usize,
    by_feature: HashMap<usize, Vec<usize>>,
}

impl Index {
    /// An index for rows at least so alike, per mille, that gives no more than `most` rows for each feature: a bound for
    /// texts made to be slow.
    #[must_use]
    pub fn for_likeness(least: u16, most: usize) -> Self {
        Self { least, most, size: 0, by_feature: HashMap::new() }
    }

    /// Adds a row under a number of the caller's: its place in a list, since room is made for every number below it.
    pub fn add(&mut self, row: &Row, number: usize) {
        self.size = self.size.max(number.saturating_add(1));
        for feature in row.telling(self.least) {
            self.by_feature.entry(*feature).or_default().push(number);
        }
    }

    /// The numbers of the rows that can be alike, in their order, each with how many of the rarest features agree.
    #[must_use]
    pub fn candidates(&self, row: &Row) -> Vec<(usize, usize)> {
        let mut agreeing = vec![0usize; self.size];
        let mut found = Vec::new();
        let lists = row.telling(self.least).filter_map(|feature| self.by_feature.get(feature));
        for number in lists.flat_map(|numbers| numbers.iter().take(self.most)) {
            let Some(count) = agreeing.get_mut(*number) else { continue };
            if *count == 0 {
                found.push(*number);
            }
            *count = count.saturating_add(1);
        }
        found.sort_unstable();
        let count = |number: usize| agreeing.get(number).copied().unwrap_or_default();
        found.into_iter().map(|number| (number, count(number))).collect()
    }
}

#[cfg(test)]
mod tests;
