//! Suspensions of terms, as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_domain::term::{Suspension, SuspensionReason};
use utoipa::ToSchema;

use crate::words::Word;

/// Why a term stands still.
pub(crate) type SuspensionReasonWord = Word<SuspensionReason>;

/// Giorni in cui un termine è sospeso. Il primo giorno non si conta già più, nell'ultimo il termine riprende; i giorni di più
/// sospensioni che si sovrappongono contano una volta. Se il termine ricomincia da capo, la sospensione va dal giorno di avvio.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"from": "2025-03-10", "until": "2025-03-20", "reason": "counter_interested"}))]
pub(crate) struct SuspensionBody {
    /// Il primo giorno di sospensione.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-03-10")]
    from: NaiveDate,
    /// Il giorno in cui il termine riprende; assente finché è sospeso.
    #[serde(default, deserialize_with = "crate::day::maybe", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "2025-03-20")]
    until: Option<NaiveDate>,
    /// Perché.
    reason: SuspensionReasonWord,
}

impl From<Suspension> for SuspensionBody {
    fn from(suspension: Suspension) -> Self {
        Self { from: suspension.from, until: suspension.until, reason: Word(suspension.reason) }
    }
}

/// The suspensions that were written, as many as there may be; their days are looked at with what they suspend.
pub(crate) fn read(at: &mut Reader<'_>, suspensions: Option<Vec<SuspensionBody>>) -> Vec<Suspension> {
    at.each("suspensions", suspensions.unwrap_or_default(), Suspension::MOST, |one, _| {
        Some(Suspension { from: one.from, until: one.until, reason: one.reason.0 })
    })
}

/// The suspensions, as they are shown.
pub(crate) fn shown(suspensions: Vec<Suspension>) -> Vec<SuspensionBody> {
    suspensions.into_iter().map(SuspensionBody::from).collect()
}
