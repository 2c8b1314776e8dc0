//! Italian words cut to what singular and plural, masculine and feminine have in common, so that *pagamento* and *pagamenti*
//! count as one word.

use std::collections::{BTreeMap, BTreeSet};

use crate::likeness::{EQUAL, words};

/// Endings that are cut, the longest first; what is left must still be a word.
const ENDINGS: &[&str] = &[
    "ature", "atura", "iture", "itura", "amenti", "amento", "imenti", "imento", "azioni", "azione", "izioni",
    "izione", "zioni", "zione", "mente", "iche", "ichi", "ico", "ica", "ali", "ale", "ivi", "ivo", "iva",
    "ive", "are", "ere", "ire", "ato", "ata", "ati", "ate", "uto", "uta", "uti", "ute", "ito", "ita", "iti",
    "ite", "ia", "ie", "io", "he", "hi", "a", "e", "i", "o", "es", "s",
];

/// The least letters that are left.
const LEAST: usize = 4;

/// A word without its ending.
#[must_use]
pub(super) fn stem(word: &str) -> &str {
    let fitting = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
    fitting.into_iter().find(|left| left.chars().count() >= LEAST).unwrap_or(word)
}

/// The stems of a text, each with the first word that had it.
#[must_use]
pub(super) fn stems(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for word in words(text) {
        found.entry(stem(&word).to_owned()).or_insert(word);
    }
    found
}

/// How alike two texts are by their stems, per mille: the share of the shorter's that the other has too, so that a name in
/// two words is found in a sentence; two at least, or all there are.
#[must_use]
pub(super) fn likeness(one: &str, other: &str) -> u16 {
    let keys = |text| stems(text).into_keys().collect::<BTreeSet<_>>();
    let (one, other) = (keys(one), keys(other));
    let shared = one.intersection(&other).count();
    let least = one.len().min(other.len()).max(3);
    let share = shared.saturating_mul(usize::from(EQUAL)).checked_div(least).unwrap_or_default();
    u16::try_from(share).unwrap_or(EQUAL).min(EQUAL)
}
