//! Pairing: which object of a file is which of those that are there, one to one, the surest first.

use std::collections::{BTreeSet, HashMap};

mod like;

use super::MatchedBy;
use crate::likeness::{self, folded};
use crate::unit::UnitId;

/// How many objects of the same title one is tried with at most.
const MOST_TWINS: usize = 32;

/// What an object is known by.
#[derive(Debug, Clone)]
pub(super) struct Features {
    /// Its title, folded.
    title: String,
    /// Its external key.
    key: Option<String>,
    /// The code it is printed with, folded.
    code: Option<String>,
    /// The structures it is in; an object of the file that names none may be in any.
    homes: BTreeSet<UnitId>,
}

impl Features {
    pub(super) fn new(title: &str, key: Option<&str>, code: Option<&str>, homes: BTreeSet<UnitId>) -> Self {
        let code = code.map(joined).filter(|code| !code.is_empty());
        Self { title: joined(title), key: key.map(str::to_owned), code, homes }
    }

    /// Whether the other, which is there, is in a structure of this one of the file.
    fn is_at_home_with(&self, there: &Self) -> bool {
        self.homes.is_empty() || !self.homes.is_disjoint(&there.homes)
    }

    fn shares_key(&self, there: &Self) -> bool {
        self.key.is_some() && self.key == there.key
    }

    fn shares_code(&self, there: &Self) -> bool {
        self.code.is_some() && self.code == there.code && self.is_at_home_with(there)
    }
}

/// A text as it is compared, its words one space apart.
fn joined(text: &str) -> String {
    folded(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is trusted when two objects are paired.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trust {
    /// Whether the same key tells two objects of one title apart: not when keys are made from the order of rows.
    pub(super) keys: bool,
    /// Whether an object may have gone to another structure.
    pub(super) moves: bool,
    /// Whether, of lists equally long, what stands at the same place and is like nothing is the same, written anew.
    pub(super) places: bool,
}

/// A pair found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// The index of what is there.
    pub(super) there: usize,
    /// How it was found.
    pub(super) by: MatchedBy,
    /// How alike the titles are.
    pub(super) score: u16,
}

/// The pairs, one for each object of the file that is there.
pub(super) fn paired(there: &[Features], file: &[Features], trust: Trust) -> Vec<Option<Pair>> {
    let mut pairing =
        Pairing { there, file, trust, taken: vec![false; there.len()], found: vec![None; file.len()] };
    pairing.by_same_title();
    pairing.by_like_title();
    pairing.by_key_alone();
    pairing.by_code_alone();
    if trust.places && there.len() == file.len() {
        pairing.by_place();
    }
    pairing.found
}

struct Pairing<'p> {
    there: &'p [Features],
    file: &'p [Features],
    trust: Trust,
    taken: Vec<bool>,
    found: Vec<Option<Pair>>,
}

/// How a pair stands among others: the least goes first. Of equals, the one whose places are nearest.
type Rank = (std::cmp::Reverse<u32>, usize, usize, usize);

impl<'p> Pairing<'p> {
    fn is_free(&self, there: usize) -> bool {
        self.taken.get(there).is_some_and(|taken| !taken)
    }

    /// What the file has and nothing was found for.
    fn unpaired(&self) -> Vec<usize> {
        let unpaired = self.found.iter().enumerate().filter(|(_, found)| found.is_none());
        unpaired.map(|(file, _)| file).collect()
    }

    /// Takes the pair, if both are still free.
    fn take(&mut self, file: usize, there: usize, unknown: MatchedBy, score: u16) {
        if !self.is_free(there) || self.found.get(file).is_none_or(Option::is_some) {
            return;
        }
        let by = match (self.file.get(file), self.there.get(there)) {
            (Some(one), Some(other)) if one.shares_key(other) => MatchedBy::ExternalId,
            (Some(one), Some(other)) if one.shares_code(other) => MatchedBy::Code,
            _ => unknown,
        };
        if let Some(taken) = self.taken.get_mut(there) {
            *taken = true;
        }
        if let Some(found) = self.found.get_mut(file) {
            *found = Some(Pair { there, by, score });
        }
    }

    /// Takes pairs, the least rank first.
    fn take_all(&mut self, mut pairs: Vec<(Rank, u16)>) {
        pairs.sort_unstable();
        for ((_, _, file, there), score) in pairs {
            self.take(file, there, MatchedBy::Likeness, score);
        }
    }

    /// The same title in the same structure: of several, the one with the same key, then code, then the nearest.
    fn by_same_title(&mut self) {
        let mut twins: HashMap<(&str, Option<UnitId>), Vec<usize>> = HashMap::new();
        let mut coded: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        for (at, one) in self.there.iter().enumerate() {
            let homes = one.homes.iter().copied().map(Some).chain(std::iter::once(None));
            homes.for_each(|home| twins.entry((&one.title, home)).or_default().push(at));
            if let Some(code) = &one.code {
                coded.entry((&one.title, code)).or_default().push(at);
            }
        }
        let keyed = self.keyed();
        let mut pairs = Vec::new();
        for (file, one) in self.file.iter().enumerate() {
            let homes: Vec<Option<UnitId>> =
                if one.homes.is_empty() { vec![None] } else { one.homes.iter().copied().map(Some).collect() };
            let mut near: BTreeSet<usize> = homes
                .iter()
                .flat_map(|home| nearest(twins.get(&(one.title.as_str(), *home)), file))
                .collect();
            if let Some(code) = &one.code {
                near.extend(nearest(coded.get(&(one.title.as_str(), code.as_str())), file));
            }
            near.extend(one.key.as_ref().and_then(|key| keyed.get(key)));
            pairs.extend(near.into_iter().filter_map(|there| self.same_title(file, there)));
        }
        self.take_all(pairs);
    }

    fn same_title(&self, file: usize, there: usize) -> Option<(Rank, u16)> {
        let (one, other) = (self.file.get(file)?, self.there.get(there)?);
        let same = one.title == other.title && one.is_at_home_with(other);
        let keys = u32::from(self.trust.keys && one.shares_key(other)).saturating_mul(2);
        let agreeing = keys.saturating_add(u32::from(one.shares_code(other)));
        let rank = (std::cmp::Reverse(agreeing), file.abs_diff(there), file, there);
        same.then_some((rank, likeness::EQUAL))
    }

    /// What is there, by key.
    fn keyed(&self) -> HashMap<&'p String, usize> {
        let keyed = self.there.iter().enumerate().rev();
        keyed.filter_map(|(at, one)| Some((one.key.as_ref()?, at))).collect()
    }

    /// The same key, whatever the titles.
    fn by_key_alone(&mut self) {
        let keyed = self.keyed();
        for file in self.unpaired() {
            let key = self.file.get(file).and_then(|one| one.key.as_ref());
            if let Some(there) = key.and_then(|key| keyed.get(key).copied()) {
                self.take(file, there, MatchedBy::ExternalId, self.score(file, there));
            }
        }
    }

    /// The same code in the same structure, whatever the titles.
    fn by_code_alone(&mut self) {
        let mut coded: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, one) in self.there.iter().enumerate().filter(|(at, _)| self.is_free(*at)) {
            if let Some(code) = &one.code {
                coded.entry(code).or_default().push(at);
            }
        }
        let mut pairs = Vec::new();
        for file in self.unpaired() {
            let Some(one) = self.file.get(file) else { continue };
            let of_code = one.code.as_ref().and_then(|code| coded.get(code.as_str())).into_iter().flatten();
            let at_home = |there: &usize| self.there.get(*there).is_some_and(|other| one.shares_code(other));
            for there in of_code.copied().filter(at_home).take(MOST_TWINS) {
                let rank = (std::cmp::Reverse(0), file.abs_diff(there), file, there);
                pairs.push((rank, self.score(file, there)));
            }
        }
        self.take_all(pairs);
    }

    /// The same place, where nothing else is known.
    fn by_place(&mut self) {
        for file in self.unpaired() {
            self.take(file, file, MatchedBy::Place, self.score(file, file));
        }
    }

    fn score(&self, file: usize, there: usize) -> u16 {
        match (self.file.get(file), self.there.get(there)) {
            (Some(one), Some(other)) => likeness::permille(&one.title, &other.title),
            _ => 0,
        }
    }
}

/// Of the places in a list, those nearest to one.
fn nearest(list: Option<&Vec<usize>>, place: usize) -> impl Iterator<Item = usize> {
    let list = list.map_or(&[][..], Vec::as_slice);
    let from = list.partition_point(|at| *at < place).saturating_sub(MOST_TWINS);
    list.iter().copied().skip(from).take(MOST_TWINS.saturating_mul(2))
}
