//! Blocks of anonymous comuni: cut once for an indicator and a year, whatever is asked of them, so that whatever two questions
//! differ in is made of whole blocks.

use super::{Contribution, FEWEST_ANONYMOUS};
use crate::comune::{ComuneCode, RegionCode};
use crate::consent::Mode;

/// The places of the contributions of each block.
///
/// Those who are anonymous to the narrowest audience are ordered by region, residents and code. A region with enough of them
/// is cut alone, into as many blocks as there are enough for, so that a comparison inside it finds whole ones; those of the
/// other regions are cut together. Whoever is left over, when there are too few even so, is in no block and enters nothing.
pub(super) fn cut(contributions: &[Contribution]) -> Vec<Vec<usize>> {
    let mut anonymous: Vec<(&Contribution, usize)> = contributions
        .iter()
        .enumerate()
        .filter(|(_, one)| one.exposure.group.mode == Mode::Anonymous)
        .map(|(place, one)| (one, place))
        .collect();
    anonymous.sort_unstable_by(|(one, _), (other, _)| key(one).cmp(&key(other)));
    let mut blocks = Vec::new();
    let mut scattered = Vec::new();
    for region in anonymous.chunk_by(|(one, _), (other, _)| one.region == other.region) {
        let places = region.iter().map(|(_, place)| *place);
        if region.len() < FEWEST_ANONYMOUS {
            scattered.extend(places);
        } else {
            divide(&places.collect::<Vec<_>>(), &mut blocks);
        }
    }
    divide(&scattered, &mut blocks);
    blocks
}

/// What fixes the order: nothing of it is a value.
fn key(one: &Contribution) -> (&RegionCode, Option<i32>, ComuneCode) {
    (&one.region, one.residents, one.comune)
}

/// Cuts a row into as many blocks as it is enough for, as even as can be; into none when it is too short.
fn divide(row: &[usize], into: &mut Vec<Vec<usize>>) {
    let mut rest = row;
    let mut blocks = row.len().checked_div(FEWEST_ANONYMOUS).unwrap_or(0);
    while let Some(size) = rest.len().checked_div(blocks) {
        let (block, others) = rest.split_at(size);
        into.push(block.to_vec());
        rest = others;
        blocks = blocks.saturating_sub(1);
    }
}
