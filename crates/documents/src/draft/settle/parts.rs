//! Words of which one part is written again.

use serde_json::{Value, json};
use traguardo_domain::fault::{FaultKind, Refused};

/// Writes other words in place of those of one part, in the part and in the words that hold it.
pub(super) fn write(said: &mut Value, part: usize, words: &str) -> Result<(), Refused> {
    let apart = || {
        let detail = "Le parole di questa parte non si distinguono dalle altre: scrivere l'intero valore.";
        Refused::new(FaultKind::Inconsistent, detail)
    };
    let whole = said.get("words").and_then(Value::as_str).ok_or_else(apart)?.to_owned();
    let parts = said.pointer("/value/parts").and_then(Value::as_array).ok_or_else(super::work::nowhere)?;
    if part >= parts.len() {
        return Err(super::work::nowhere());
    }
    let mut end = 0_usize;
    let mut place = None;
    for one in parts.iter().take(part.saturating_add(1)) {
        let own = one.get("words").and_then(Value::as_str).ok_or_else(apart)?;
        let start = whole.get(end..).and_then(|rest| rest.find(own)).ok_or_else(apart)?.saturating_add(end);
        end = start.saturating_add(own.len());
        place = Some(start..end);
    }
    let place = place.ok_or_else(apart)?;
    let (before, after) = whole.get(..place.start).zip(whole.get(place.end..)).ok_or_else(apart)?;
    let written = format!("{before}{words}{after}");
    if let Some(own) = said.pointer_mut(&format!("/value/parts/{part}/words")) {
        *own = json!(words);
    }
    if let Some(whole) = said.get_mut("words") {
        *whole = json!(written);
    }
    Ok(())
}
