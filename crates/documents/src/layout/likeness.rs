//! How like two texts are: how many letters apart, how many pairs of letters they share.

use std::collections::HashMap;

/// How many letters must be changed, added or taken away to make one text of the other; `None` when more than `most`.
#[must_use]
pub fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let (ones, others): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if ones.len().abs_diff(others.len()) > most {
        return None;
    }
    let mut above: Vec<usize> = (0..=others.len()).collect();
    for (row, letter) in ones.iter().enumerate() {
        let mut below = Vec::with_capacity(above.len());
        let mut left = row.saturating_add(1);
        below.push(left);
        for (known, pair) in others.iter().zip(above.windows(2)) {
            let (diagonal, up) = (pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0));
            let changed = diagonal.saturating_add(usize::from(known != letter));
            left = changed.min(up.saturating_add(1)).min(left.saturating_add(1));
            below.push(left);
        }
        if below.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
        above = below;
    }
    above.last().copied().filter(|distance| *distance <= most)
}

/// How many letters a word may be apart from another and still be taken for it: one in five.
#[must_use]
pub const fn tolerance(length: usize) -> usize {
    if length < 5 { 0 } else { length.saturating_mul(2).saturating_add(1).saturating_div(10) }
}

/// The share of pairs of letters two texts have in common, in hundredths; spaces and capitals make no difference when both
/// were folded to letters before.
#[must_use]
pub fn alike(one: &str, other: &str) -> usize {
    let (ones, others) = (pairs(one), pairs(other));
    let total = ones.values().sum::<usize>().saturating_add(others.values().sum());
    let common: usize = ones
        .iter()
        .map(|(pair, count)| others.get(pair).map_or(0, |known| *known.min(count)))
        .fold(0, usize::saturating_add);
    if total == 0 {
        return if one == other { 100 } else { 0 };
    }
    common.saturating_mul(200).checked_div(total).unwrap_or_default()
}

fn pairs(text: &str) -> HashMap<(char, char), usize> {
    let mut counted = HashMap::new();
    for pair in text.chars().zip(text.chars().skip(1)) {
        let count = counted.entry(pair).or_insert(0_usize);
        *count = count.saturating_add(1);
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_counted_up_to_a_limit() {
        assert_eq!(distance("target", "targe", 2), Some(1));
        assert_eq!(distance("disultatoattoso", "risultatoatteso", 3), Some(2));
        assert_eq!(distance("tempi", "risultato", 4), None);
        assert_eq!(distance("", "", 0), Some(0));
    }

    #[test]
    fn likeness_goes_from_nothing_to_a_hundred() {
        assert_eq!(alike("formazione", "formazione"), 100);
        assert_eq!(alike("abc", "xyz"), 0);
        assert!(alike("recuperoevasionemensa", "recuperoevasionemensascolastica") > 75);
    }
}
