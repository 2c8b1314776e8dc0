//! Lines nobody understood, put where they belong.

use serde_json::Value;
use traguardo_domain::fault::{FaultKind, Refused};
use traguardo_domain::reading::Confidence;

use super::slot::{self, Holds, WRITABLE};
use super::work::Work;
use crate::draft::Trace;
use crate::gathered::Use;

impl Work {
    /// Adds the words of a line to a value, or says that it says nothing.
    pub(super) fn line(
        &mut self,
        number: u32,
        sheet: Option<&str>,
        pointer: Option<&str>,
    ) -> (&'static str, Result<(), Refused>) {
        let is_it = |spot: &crate::source::Spot| {
            spot.line == number && (sheet.is_none() || spot.sheet.as_deref() == sheet)
        };
        let mut places = self.draft.lines.iter().enumerate().filter(|(_, line)| is_it(&line.spot));
        let Some((place, line)) =
            places.clone().find(|(_, line)| line.words.is_some()).or_else(|| places.next())
        else {
            return ("line", Err(Refused::new(FaultKind::UnknownReference, "Il file non ha questa riga.")));
        };
        let (found_at, words) = (line.spot.clone(), line.words.clone());
        let Some(pointer) = pointer else {
            return ("line", self.decoration(place));
        };
        let Some(slot) = slot::slot(pointer).filter(|slot| slot.part.is_none()) else {
            return ("pointer", Err(Refused::new(FaultKind::UnknownReference, WRITABLE)));
        };
        let Some(words) = words else {
            let same = |trace: &Trace| trace.pointer == slot.pointer && trace.spot == found_at;
            let done = self.draft.traces.iter().any(same);
            return ("line", if done { Ok(()) } else { Err(used()) });
        };
        let joint = if slot.holds == Holds::Text { "\n" } else { " " };
        let before = self.written.pointer(&slot.pointer).map(words_of).unwrap_or_default();
        let whole = [before.as_str(), &words.replace(" | ", " ")].join(joint);
        if let Err(refused) = self.write(&slot, whole.trim(), "pointer") {
            return ("pointer", Err(refused));
        }
        self.trace(Trace {
            pointer: slot.pointer,
            spot: found_at,
            more: Vec::new(),
            words,
            confidence: Confidence::Certain,
        });
        if let Some(line) = self.draft.lines.get_mut(place) {
            (line.became, line.words) = (Use::Value, None);
        }
        ("line", Ok(()))
    }

    fn decoration(&mut self, place: usize) -> Result<(), Refused> {
        match self.draft.lines.get_mut(place) {
            Some(line) if line.words.is_some() => {
                line.became = Use::Decoration;
                Ok(())
            }
            Some(_) | None => Err(used()),
        }
    }
}

fn used() -> Refused {
    Refused::new(FaultKind::Inconsistent, "Le parole di questa riga sono già nel piano.")
}

/// The words a value was written with.
fn words_of(value: &Value) -> String {
    let own = |name: &str| value.get(name).and_then(Value::as_str);
    match value {
        Value::String(text) => text.clone(),
        Value::Object(_) => {
            let code = own("code").map(str::to_owned);
            let said = own("words").or_else(|| own("label")).map(str::to_owned);
            code.into_iter().chain(said).collect::<Vec<_>>().join(" ")
        }
        Value::Array(items) => items.iter().map(words_of).collect::<Vec<_>>().join(" "),
        Value::Null | Value::Bool(_) | Value::Number(_) => String::new(),
    }
}
