//! Folding: a text as it is compared, without capitals, accents, marks and the letters of other alphabets that slip in.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Cyrillic and Greek letters beside the Latin ones they are taken for.
const LOOK_ALIKES: &str = "АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs \
                           ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX αa ιi κk νv οo ρp υu χx";

/// The Latin letter a letter of another alphabet is taken for.
fn latin(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return None;
    }
    LOOK_ALIKES.split(' ').find_map(|pair| {
        let mut letters = pair.chars();
        if letters.next() == Some(letter) { letters.next() } else { None }
    })
}

/// The text with every look-alike letter replaced.
#[must_use]
pub fn latinised(text: &str) -> String {
    text.chars().map(|letter| latin(letter).unwrap_or(letter)).collect()
}

/// A text as it is compared: small letters without accents, look-alikes replaced, everything else a space.
#[must_use]
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), " ");
    }
    let letters = text.nfd().filter(|letter| !is_combining_mark(*letter));
    let latin_letters = letters.map(|letter| latin(letter).unwrap_or(letter));
    latin_letters.flat_map(char::to_lowercase).map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect()
}

/// The same words, once spaces, accents, marks and capitals are forgotten.
#[must_use]
pub fn same_words(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    let mut words = one.split_whitespace().peekable();
    words.peek().is_some() && words.eq(other.split_whitespace())
}

/// Words that carry no subject of their own, in alphabetical order.
const FILLERS: &[&str] = &[
    "a", "ad", "agli", "ai", "al", "all", "alla", "alle", "allo", "che", "coi", "col", "con", "da", "dagli",
    "dai", "dal", "dall", "dalla", "dalle", "dallo", "degli", "dei", "del", "dell", "della", "delle",
    "dello", "di", "e", "ed", "entro", "fra", "gli", "i", "il", "in", "l", "la", "le", "lo", "negli", "nei",
    "nel", "nell", "nella", "nelle", "nello", "o", "od", "per", "se", "su", "sugli", "sui", "sul", "sull",
    "sulla", "sulle", "sullo", "tra", "un", "una", "uno",
];

/// Whether a word carries no subject of its own.
#[must_use]
pub fn is_filler(word: &str) -> bool {
    FILLERS.binary_search(&word).is_ok()
}
