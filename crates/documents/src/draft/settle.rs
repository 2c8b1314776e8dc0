//! Settlements: what a person decides about a draft. Each is one change, and the draft is reviewed again after them.

use serde::{Deserialize, Serialize};
use traguardo_domain::Fault;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Draft;

mod lines;
mod merge;
mod parts;
mod replace;
mod slot;
mod split;
mod value;
mod work;

/// Settles a draft: all the settlements, one after the other, or none. Where one changes how the parts of a list are counted,
/// those after it count them as it left them. Settling again what is settled changes nothing.
///
/// # Errors
/// What is wrong with the settlements, with pointers into `/settlements`.
pub fn settle(
    draft: Draft,
    settlements: &[Settlement],
    fresh: &mut dyn FnMut() -> Uuid,
) -> Result<Draft, Vec<Fault>> {
    let mut work = work::Work::on(draft)?;
    for (at, settlement) in settlements.iter().enumerate() {
        work.begin(at);
        work.settle(settlement, fresh);
    }
    work.end(fresh)
}

/// Una decisione su una bozza importata.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Settlement {
    /// Applica il suggerimento di un rilievo: le parole proposte prendono il posto di quelle trovate.
    Apply {
        /// Il rilievo.
        #[schema(max_length = 80, pattern = "^[A-Z][0-9]{2}-[0-9a-f]+$", example = "E01-3f9a2c11")]
        finding: String,
    },
    /// Applica tutti i suggerimenti che non chiedono un giudizio.
    ApplySafe {},
    /// Lascia un rilievo com'è.
    Dismiss {
        /// Il rilievo.
        #[schema(max_length = 80, pattern = "^[A-Z][0-9]{2}-[0-9a-f]+$", example = "E01-3f9a2c11")]
        finding: String,
        /// Perché.
        #[schema(nullable = false, min_length = 1, max_length = 1000, pattern = "^[\\s\\S]+$")]
        reason: Option<String>,
    },
    /// Scrive altre parole al posto di un valore.
    Write {
        /// Dove, nel documento della bozza.
        #[schema(max_length = 1000, format = "json-pointer", example = "/objectives/3/phases/1/deadline")]
        pointer: String,
        /// Le parole; assenti per togliere il valore.
        #[schema(nullable = false, min_length = 1, max_length = 20_000, pattern = "^[\\s\\S]+$")]
        words: Option<String>,
    },
    /// Dice che una struttura della bozza è una di quelle che il comune ha già.
    MapUnit {
        /// Il codice che la struttura ha nella bozza.
        #[schema(min_length = 1, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "A1")]
        unit: String,
        /// Il codice che ha nel comune.
        #[schema(min_length = 1, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "SA")]
        to: String,
    },
    /// Dice quale obiettivo condiviso segue un obiettivo.
    Bind {
        /// Dove sta l'obiettivo, nel documento della bozza.
        #[schema(max_length = 1000, format = "json-pointer", example = "/objectives/3")]
        pointer: String,
        /// Il codice dell'obiettivo condiviso; assente per dire che non ne segue.
        #[schema(
            nullable = false,
            max_length = 40,
            pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$",
            example = "T1"
        )]
        template: Option<String>,
    },
    /// Divide un indicatore in più parti in altrettanti indicatori.
    Split {
        /// Dove sta l'indicatore, nel documento della bozza.
        #[schema(max_length = 1000, format = "json-pointer", example = "/objectives/3/indicators/0")]
        pointer: String,
    },
    /// Dice che cos'è una riga che non è stata capita: decorazione, o parole di un valore a cui si aggiungono.
    Line {
        /// La riga, com'è numerata nel file.
        #[schema(minimum = 1, maximum = 4_294_967_295u64)]
        line: u32,
        /// Il foglio, se il file ne ha.
        #[schema(nullable = false, max_length = 200, pattern = "^.+$")]
        sheet: Option<String>,
        /// Il valore a cui le parole si aggiungono, nel documento della bozza; assente se la riga non dice nulla.
        #[schema(
            nullable = false,
            max_length = 1000,
            format = "json-pointer",
            example = "/objectives/3/notes"
        )]
        pointer: Option<String>,
    },
}
