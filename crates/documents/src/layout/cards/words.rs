//! How words look: where a sentence begins, where it breaks off.

/// Words an Italian sentence does not end with.
const OPEN: [&str; 46] = [
    "a", "ad", "ai", "al", "alla", "alle", "agli", "allo", "che", "con", "da", "dai", "dal", "dalla",
    "dalle", "degli", "dei", "del", "dell'", "della", "delle", "dello", "di", "e", "ed", "entro", "gli", "i",
    "il", "in", "la", "le", "lo", "nei", "nel", "nella", "nelle", "o", "per", "più", "se", "su", "sul",
    "sulla", "tra", "un",
];

/// Whether words begin as a sentence does: with a capital letter, a digit, a sign.
pub(super) fn begins_big(words: &str) -> bool {
    words
        .chars()
        .next()
        .is_some_and(|first| !first.is_lowercase() && !matches!(first, '(' | ',' | ';' | '.' | ')'))
}

/// Whether words begin with a small letter: they go on with others.
pub(super) fn begins_small(words: &str) -> bool {
    words.chars().next().is_some_and(char::is_lowercase)
}

/// Whether words break off: no sentence ends so.
pub(super) fn breaks_off(words: &str) -> bool {
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    last.ends_with([',', '-', '/', '\'', '’']) || OPEN.contains(&last.as_str())
}
