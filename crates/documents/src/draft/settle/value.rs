//! Words, as the values of the places they are written in.

use serde_json::{Value, json};
use traguardo_domain::FaultKind;
use traguardo_domain::fault::Refused;
use traguardo_domain::vocabulary::Vocabulary;

use super::slot::{Holds, Slot};
use crate::draft::{kinds, links};

/// What words are as a value of a place.
pub(super) fn value_of(slot: &Slot, words: &str) -> Result<Value, Refused> {
    match slot.holds {
        Holds::Line | Holds::Text => Ok(json!(words)),
        Holds::Said => Ok(json!({ "words": words })),
        Holds::Programme => {
            let (code, label) = links::programme(words);
            let label = Some(label).filter(|label| !label.is_empty());
            let mut link = serde_json::Map::new();
            link.extend(code.map(|code| ("code".to_owned(), json!(code.as_str()))));
            link.extend(label.map(|label| ("label".to_owned(), json!(label))));
            Ok(Value::Object(link))
        }
        Holds::Kinds => {
            let kinds: Vec<&str> = kinds::named(words).into_iter().map(Vocabulary::word).collect();
            let detail = "Indicare uno o più tipi: strategico, operativo, trasversale, di legge, di mantenimento, di sviluppo, individuale, comune.";
            if kinds.is_empty() { Err(Refused::new(FaultKind::Malformed, detail)) } else { Ok(json!(kinds)) }
        }
        Holds::Profile => {
            let detail = "Indicare un profilo: qualità, tempestività, quantità, efficacia, efficienza, economicità, accessibilità.";
            let profile = crate::draft::parts::profile_of(words);
            profile
                .map(|profile| json!(profile.word()))
                .ok_or_else(|| Refused::new(FaultKind::Malformed, detail))
        }
    }
}
