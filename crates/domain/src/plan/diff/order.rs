//! Which of several things in a new order were put elsewhere: as few as possible.

use std::collections::{BTreeMap, BTreeSet};

/// Of things now in this order, each given by the place it had, the places of those that need not be moved: a longest
/// rising sequence. No place may occur twice.
pub(super) fn stay(places: impl IntoIterator<Item = u32>) -> BTreeSet<u32> {
    // `ends` holds, for each length, the smallest place a rising sequence of that length ends with; `below`, what comes
    // before each place in the best sequence that ends there.
    let mut ends: Vec<u32> = Vec::new();
    let mut below: BTreeMap<u32, u32> = BTreeMap::new();
    for place in places {
        let length = ends.partition_point(|end| *end < place);
        if let Some(end) = length.checked_sub(1).and_then(|shorter| ends.get(shorter)) {
            below.insert(place, *end);
        }
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    std::iter::successors(ends.last().copied(), |place| below.get(place).copied()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_thing_put_elsewhere_leaves_the_others_where_they_are() {
        assert_eq!(stay([0, 1, 2, 3]), BTreeSet::from([0, 1, 2, 3]));
        assert_eq!(stay([3, 0, 1, 2]), BTreeSet::from([0, 1, 2]));
        assert_eq!(stay([1, 2, 3, 0]), BTreeSet::from([1, 2, 3]));
        assert_eq!(stay([3, 2, 1, 0]).len(), 1);
        assert_eq!(stay([]), BTreeSet::new());
    }

    fn rises(places: &[u32]) -> bool {
        places.is_sorted()
    }

    proptest! {
        #[test]
        fn no_more_could_stay(places in Just((0u32..8).collect::<Vec<_>>()).prop_shuffle(), count in 0usize..=8) {
            let places = &places[..count];
            let chosen = |choice: u32| -> Vec<u32> {
                (0u32..).zip(places).filter(|(bit, _)| choice >> bit & 1 == 1).map(|(_, place)| *place).collect()
            };
            let most = (0..2u32.pow(u32::try_from(count).unwrap())).map(chosen).filter(|some| rises(some)).map(|some| some.len()).max();
            let staying = stay(places.iter().copied());
            let in_order: Vec<u32> = places.iter().copied().filter(|place| staying.contains(place)).collect();
            prop_assert!(rises(&in_order));
            prop_assert_eq!(Some(in_order.len()), most);
        }
    }
}
