//! Titles that are alike: mended, made longer, with another number in them.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{Features, MOST_TWINS, Pairing, Rank, nearest};
use crate::likeness::{EQUAL, Index, Lexicon, Row, pieces};
use crate::unit::UnitId;

/// How alike two titles are, at least, to be of the same thing where they are.
const ALIKE: u16 = 500;
/// How alike they are, at least, to be of the same thing gone to another structure, when nothing else says so.
const ALIKE_ELSEWHERE: u16 = 750;
/// What the same structure adds to likeness.
const SAME_HOME: u32 = 300;
/// What the same key adds.
const SAME_KEY: u32 = 100;
/// What the same code adds.
const SAME_CODE: u32 = 60;
/// How many different titles one is measured against at most.
const MOST_MEASURED: usize = 32;

/// The titles of what is there and free, each once, with the rows they make.
struct Titles<'t> {
    lexicon: Lexicon<crate::likeness::Piece>,
    rows: Vec<Row>,
    index: Index,
    /// The title with each number.
    names: Vec<&'t str>,
    /// Where each stands, in a structure and anywhere.
    places: HashMap<(&'t str, Option<UnitId>), Vec<usize>>,
}

impl Pairing<'_> {
    /// Like titles, the likest first; the same structure, key and code speak for a pair.
    pub(super) fn by_like_title(&mut self) {
        let unpaired = self.unpaired();
        if unpaired.is_empty() || self.taken.iter().all(|taken| *taken) {
            return;
        }
        let titles = self.titles(&unpaired);
        let keyed = self.keyed();
        let mut pairs = Vec::new();
        for file in unpaired {
            let Some(one) = self.file.get(file) else { continue };
            let row = titles.lexicon.row(&pieces(&one.title));
            // However many titles are alike, the one with the same key is looked at.
            if let Some(there) = one.key.as_ref().and_then(|key| keyed.get(key).copied()) {
                pairs.extend(self.like_title(file, there, titles.score(&row, self.there.get(there))));
            }
            for (name, score) in titles.like(&one.title, &row) {
                let homes = one.homes.iter().copied().map(Some).chain(std::iter::once(None));
                let places = homes.flat_map(|home| nearest(titles.places.get(&(name, home)), file));
                pairs.extend(places.filter_map(|there| self.like_title(file, there, score)));
            }
        }
        self.take_all(pairs);
    }

    fn like_title(&self, file: usize, there: usize, score: u16) -> Option<(Rank, u16)> {
        let (one, other) = (self.file.get(file)?, self.there.get(there)?);
        let (home, key, code) = (one.is_at_home_with(other), one.shares_key(other), one.shares_code(other));
        let enough = if home || key { ALIKE } else { ALIKE_ELSEWHERE };
        let likely = score >= enough && (home || self.trust.moves);
        let more = [(home, SAME_HOME), (key, SAME_KEY), (code, SAME_CODE)];
        let strength = more.iter().filter(|(holds, _)| *holds).map(|(_, adds)| adds).sum::<u32>();
        let strength = strength.saturating_add(u32::from(score));
        let rank = (Reverse(strength), file.abs_diff(there), file, there);
        likely.then_some((rank, score))
    }

    fn titles(&self, unpaired: &[usize]) -> Titles<'_> {
        let free = || self.there.iter().enumerate().filter(|(at, _)| self.is_free(*at));
        let mut places: HashMap<(&str, Option<UnitId>), Vec<usize>> = HashMap::new();
        let mut names: Vec<&str> = Vec::new();
        for (at, one) in free() {
            let homes = one.homes.iter().copied().map(Some).chain(std::iter::once(None));
            homes.for_each(|home| places.entry((&one.title, home)).or_default().push(at));
            names.push(&one.title);
        }
        names.sort_unstable();
        names.dedup();
        let known: Vec<_> = names.iter().map(|name| pieces(name)).collect();
        let asked: Vec<_> =
            unpaired.iter().filter_map(|file| self.file.get(*file)).map(|one| pieces(&one.title)).collect();
        let lexicon = Lexicon::of(known.iter().chain(&asked));
        let rows: Vec<Row> = known.iter().map(|pieces| lexicon.row(pieces)).collect();
        let mut index = Index::for_likeness(ALIKE, MOST_MEASURED);
        rows.iter().enumerate().for_each(|(number, row)| index.add(row, number));
        Titles { lexicon, rows, index, names, places }
    }
}

impl<'t> Titles<'t> {
    /// How alike a title is to the one of something there that is still free.
    fn score(&self, row: &Row, there: Option<&Features>) -> u16 {
        let number = there.and_then(|one| self.names.binary_search(&one.title.as_str()).ok());
        number.and_then(|number| self.rows.get(number)).map_or(0, |other| row.permille(other))
    }

    /// The titles at least [`ALIKE`], each with how alike it is.
    fn like(&self, title: &str, row: &Row) -> Vec<(&'t str, u16)> {
        let candidates = self.index.candidates(row).into_iter();
        let mut likeliest: Vec<(Reverse<usize>, usize)> =
            candidates.map(|(number, agreeing)| (Reverse(agreeing), number)).collect();
        likeliest.sort_unstable();
        let scored = likeliest.into_iter().take(MOST_MEASURED).filter_map(|(_, number)| {
            let (name, other) = (self.names.get(number)?, self.rows.get(number)?);
            let score = if *name == title { EQUAL } else { row.permille(other) };
            Some((*name, score))
        });
        scored.filter(|(_, score)| *score >= ALIKE).take(MOST_TWINS).collect()
    }
}
