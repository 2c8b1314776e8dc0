//! Likeness: whether two names that are not written the same are the same name, cut short, overrun or misspelt.

use crate::markup::fold;

/// The longest words a distance is measured between; longer ones are alike only when equal.
const LONGEST: usize = 60;
/// Words that say what level a structure is of, and nothing of which it is.
const LEVELS: [&str; 7] = ["dipartimento", "direzione", "area", "settore", "servizio", "ufficio", "unita"];
/// Words that join others.
const JOINTS: [&str; 33] = [
    "e", "ed", "o", "a", "ad", "al", "allo", "alla", "ai", "agli", "alle", "di", "d", "del", "dello",
    "della", "dei", "degli", "delle", "da", "dal", "in", "nel", "per", "con", "il", "lo", "la", "i", "gli",
    "le", "l", "su",
];

/// The words of a text as they are compared, without marks.
#[must_use]
pub fn words_of(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.as_str().split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(ToOwned::to_owned).collect()
}

/// The words of a name that tell it from others: no words of level, no articles and prepositions, no numbers, no lone letters.
#[must_use]
pub fn telling_words(name: &str) -> Vec<String> {
    let says = |word: &String| {
        let short = word.chars().count() < 2;
        let number = word.chars().all(|letter| letter.is_ascii_digit());
        !short && !number && !JOINTS.contains(&word.as_str()) && !LEVELS.contains(&word.as_str())
    };
    words_of(name).into_iter().filter(says).collect()
}

/// The word of level a name begins with, if it does.
#[must_use]
pub fn level_word(name: &str) -> Option<&'static str> {
    let first = words_of(name).into_iter().next()?;
    LEVELS.into_iter().find(|level| *level == first)
}

/// How many letters have to be changed, added or taken away to make one text the other; `None` when more than `most`.
#[must_use]
pub fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    if one == other {
        return Some(0);
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let longest = one.len().max(other.len());
    if longest > LONGEST || one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut left = row.saturating_add(1);
        let mut line = vec![left];
        for (over, (corner, up)) in other.iter().zip(above.iter().zip(above.iter().skip(1))) {
            let changed = corner.saturating_add(usize::from(over != letter));
            left = changed.min(up.saturating_add(1)).min(left.saturating_add(1));
            line.push(left);
        }
        above = line;
    }
    above.last().copied().filter(|found| *found <= most)
}

/// Whether a word is the other one, cut short or misspelt by a letter.
#[must_use]
pub fn same_word(damaged: &str, whole: &str) -> bool {
    let length = damaged.chars().count();
    damaged == whole
        || (length >= 4 && whole.starts_with(damaged))
        || (length >= 6 && is_one_off(damaged, whole))
}

/// Whether one letter changed, added or taken away makes one word the other.
fn is_one_off(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if long.len().abs_diff(short.len()) > 4 {
        return false;
    }
    let (mut before, mut after) = (short.chars(), long.chars());
    loop {
        let (left, right) = (before.clone(), after.clone());
        match (before.next(), after.next()) {
            (Some(one), Some(other)) if one == other => {}
            (None, None) => return true,
            // The first letters that differ are behind now: the rest must be the same, with or without one of them.
            (Some(_) | None, Some(_) | None) => {
                return before.clone().eq(after.clone()) || left.eq(after) || before.eq(right);
            }
        }
    }
}

/// Whether every word of a name is in the other one; not when it has none.
#[must_use]
pub fn within(words: &[String], whole: &[String]) -> bool {
    !words.is_empty() && shared(words, whole) == words.len()
}

/// How many words of a name are in the other one.
#[must_use]
pub fn shared(words: &[String], whole: &[String]) -> usize {
    words.iter().filter(|word| whole.iter().any(|other| same_word(word, other))).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cut_short_is_within_the_whole_one() {
        let whole = telling_words("Dipartimento servizi alla persona e cultura");
        assert!(within(&telling_words("servizi alla persona e"), &whole));
        assert!(within(&telling_words("Servizi alla persona e cult"), &whole));
        assert!(!within(&telling_words("Dipartimento"), &whole));
        assert!(!within(&telling_words("Dipartimento opere"), &whole));
    }

    #[test]
    fn distances_are_counted_up_to_a_limit() {
        assert_eq!(distance("objettivo", "obiettivo", 2), Some(1));
        assert_eq!(distance("stabilit", "stabiliti", 1), Some(1));
        assert_eq!(distance("tempi", "peso", 2), None);
        for damaged in ["scoiastici", "scolastic", "scolasticii", "colastici"] {
            assert!(same_word(damaged, "scolastici"), "{damaged}");
        }
        assert!(!same_word("scoiasticl", "scolastici") && !same_word("scuola", "scolastici"));
    }
}
