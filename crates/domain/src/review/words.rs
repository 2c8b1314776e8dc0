//! Words: how numbers and lists are written in a message, and the letters of other alphabets that slip in among Latin ones.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::Value;

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::Outline;
pub(super) use crate::likeness::{folded, is_filler, latinised, same_words};

/// How many words of one text a finding names at most.
const MOST_WORDS: usize = 10;

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
