//! Words: how texts are compared, and the letters of other alphabets that slip in among Latin ones.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::Outline;

/// Cyrillic and Greek letters beside the Latin ones they are taken for.
const LOOK_ALIKES: &str = "АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs \
                           ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX αa ιi κk νv οo ρp υu χx";

/// How many words of one text a finding names at most.
const MOST_WORDS: usize = 10;

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
pub(super) fn latinised(text: &str) -> String {
    text.chars().map(|letter| latin(letter).unwrap_or(letter)).collect()
}

/// A text as it is compared: small letters without accents, look-alikes replaced, everything else a space.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), " ");
    }
    let letters = text.nfd().filter(|letter| !is_combining_mark(*letter));
    let latin_letters = letters.map(|letter| latin(letter).unwrap_or(letter));
    latin_letters.flat_map(char::to_lowercase).map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect()
}

/// The same words, once spaces, accents, marks and capitals are forgotten.
pub(super) fn same_words(one: &str, other: &str) -> bool {
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
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.binary_search(&word).is_ok()
}

/// A number as it is written in Italian.
pub(super) fn italian(number: Decimal) -> String {
    number.normalize().to_string().replace('.', ",")
}

/// A list as it is read: `1, 4 e 6`.
pub(super) fn listed<T: ToString>(items: &[T]) -> String {
    let words: Vec<String> = items.iter().map(ToString::to_string).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} e {last}", before.join(", ")),
        None => String::new(),
    }
}

/// Finds look-alike letters (`E22`) in every text there is, wherever it stands.
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    if let Ok(document) = serde_json::to_value(outline.document) {
        look_into(&document, &mut String::new(), remarks);
    }
}

fn look_into(value: &Value, pointer: &mut String, remarks: &mut Vec<Remark>) {
    let length = pointer.len();
    match value {
        Value::String(text) => remarks.extend(look_at(text, pointer)),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                pointer.push('/');
                pointer.push_str(&at.to_string());
                look_into(item, pointer, remarks);
                pointer.truncate(length);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                pointer.push('/');
                pointer.push_str(name);
                look_into(member, pointer, remarks);
                pointer.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The words of a text that look Latin and are not. A word with letters of its alphabet that no Latin one looks like is
/// a foreign word, and left alone.
fn look_at(text: &str, pointer: &str) -> Option<Remark> {
    if text.is_ascii() {
        return None;
    }
    let mut strange = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let replaced = latinised(word);
        if replaced != word && replaced.chars().all(|c| c.is_ascii() || is_accented_latin(c)) {
            strange.insert(word, replaced);
        }
        if strange.len() == MOST_WORDS {
            break;
        }
    }
    if strange.is_empty() {
        return None;
    }
    let words = strange.keys().copied().collect::<Vec<_>>().join("; ");
    let replaced = strange.values().cloned().collect::<Vec<_>>().join("; ");
    let message =
        "Contiene lettere cirilliche o greche simili a quelle latine: ricerche e confronti non le trovano.";
    Some(
        Remark::new(FindingCode::LookAlikeLetters, pointer, message)
            .quoting(Some(&words))
            .replacing(replaced),
    )
}

/// Whether a letter is a Latin one with an accent.
fn is_accented_latin(letter: char) -> bool {
    matches!(letter, '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{24f}')
}
