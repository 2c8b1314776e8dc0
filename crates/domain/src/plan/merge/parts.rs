//! Lists of objects, merged one to one: those of the file in its order, then those the file does not have.

use uuid::Uuid;

use super::identities::Noun;
use super::keys::{KeysOf, settled};
use super::pairing::{Features, Pair, Trust, paired};
use super::{Bench, Keys, Match, MatchedBy};
use crate::text::ExternalId;

/// An object of a list.
pub(super) trait Part: Clone {
    /// What kind of object it is.
    const NOUN: Noun;
    /// Whether one may be found in another structure than the file has it in.
    const MOVES: bool;
    /// Whether its place alone says which one it is, when nothing else does.
    const PLACED: bool;

    fn id(&self) -> Uuid;
    fn set_id(&mut self, id: Uuid);
    fn key(&self) -> Option<&ExternalId>;
    fn set_key(&mut self, key: Option<ExternalId>);
    fn features(&self) -> Features;
    /// The same object as the file says it; of keys, the one that is there.
    fn over(&self, said: Self, bench: &mut Bench<'_>) -> Self;
    /// What is inside something new, with ids of its own.
    fn settle(&mut self, bench: &mut Bench<'_>);
}

/// A list, merged.
pub(super) struct MergedList<P> {
    /// Its objects.
    pub(super) items: Vec<P>,
    /// What became of each object of the file.
    pub(super) matches: Vec<Match<Uuid>>,
    /// What the file does not have.
    pub(super) absent: Vec<Uuid>,
}

/// Merges a list of the file into one that is there. A file that says nothing at all of a list leaves it as it is.
pub(super) fn merged<P: Part>(there: &[P], said: Vec<P>, bench: &mut Bench<'_>) -> MergedList<P> {
    let of_the_file = bench.options.keys == Keys::OfTheFile;
    let trust = Trust { keys: of_the_file, moves: P::MOVES, places: P::PLACED };
    let pairs = paired(&features(there), &features(&said), trust);
    let mut free: Vec<bool> = vec![true; there.len()];
    for taken in pairs.iter().flatten().map(|pair| pair.there) {
        free.get_mut(taken).into_iter().for_each(|free| *free = false);
    }
    let leaves = bench.options.remove_absent && !said.is_empty();
    let mut list = MergedList { items: Vec::new(), matches: Vec::new(), absent: Vec::new() };
    let mut keys = Vec::new();
    for (index, (said, pair)) in said.into_iter().zip(pairs).enumerate() {
        let found = pair.and_then(|pair| Some((pair, there.get(pair.there)?)));
        keys.push(KeysOf { kept: found.and_then(|(_, one)| one.key().cloned()), said: said.key().cloned() });
        let (item, became) = brought(index, said, found, bench);
        list.items.push(item);
        list.matches.push(became);
    }
    for (one, _) in there.iter().zip(free).filter(|(_, free)| *free) {
        list.absent.push(one.id());
        if !leaves {
            keys.push(KeysOf { kept: one.key().cloned(), said: None });
            list.items.push(one.clone());
        }
    }
    let keys = settled(keys, bench.options.keys);
    list.items.iter_mut().zip(keys).for_each(|(item, key)| item.set_key(key));
    list
}

fn features<P: Part>(list: &[P]) -> Vec<Features> {
    list.iter().map(P::features).collect()
}

/// One object of the file, brought onto what it was found to be, or new.
fn brought<P: Part>(
    index: usize,
    mut said: P,
    found: Option<(Pair, &P)>,
    bench: &mut Bench<'_>,
) -> (P, Match<Uuid>) {
    let incoming = said.id();
    let (item, existing, by, score) = if let Some((pair, there)) = found {
        (there.over(said, bench), Some(there.id()), pair.by, pair.score)
    } else {
        said.set_id(bench.identity(P::NOUN, incoming));
        said.settle(bench);
        (said, None, MatchedBy::New, 0)
    };
    let merged = item.id();
    (item, Match { index, incoming, existing, merged, by, score })
}
