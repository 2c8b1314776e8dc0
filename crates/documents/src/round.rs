//! Rounds as they are written.

use serde::Deserialize;
use traguardo_domain::plan::Plan;
use traguardo_domain::round::RoundFacts;
use traguardo_domain::text::{ExternalId, Line};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::context::Address;
use crate::reader::Reader;
use crate::span::SpanBody;

/// Una raccolta di valori: i giorni di cui si raccolgono, e quelli in cui si possono inviare.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = Round, example = json!({
    "external_id": "PRIMO-SEMESTRE", "title": "Monitoraggio del primo semestre",
    "period": {"from": "2025-01-01", "to": "2025-06-30"}, "window": {"from": "2025-07-01", "to": "2025-07-31"}
}))]
pub struct RoundBody {
    /// Identificativo; lo assegna il servizio. Scritto di nuovo, dice quale raccolta è.
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// Chiave nel programma che la invia, unica nel piano.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    external_id: Option<String>,
    /// Titolo.
    #[schema(min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    title: String,
    /// I giorni a cui si riferiscono i valori.
    period: SpanBody,
    /// I giorni in cui si raccolgono.
    window: SpanBody,
    /// Versione, la stessa dell'`ETag`; se è scritta non conta: per cambiare una raccolta serve `If-Match`.
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    version: Option<i32>,
}

impl RoundBody {
    /// Brings it under the name it was addressed by.
    pub fn addressed(&mut self, at: &mut Reader<'_>, address: &Address) {
        address.settle(at, &mut self.id, &mut self.external_id);
    }

    /// The id written with it.
    #[must_use]
    pub const fn id(&self) -> Option<Uuid> {
        self.id
    }

    /// Reads what it says of a round of a plan.
    pub fn read(self, at: &mut Reader<'_>, plan: &Plan) -> Option<RoundFacts> {
        at.version(self.version);
        let external_id = at.maybe("external_id", self.external_id.as_ref(), ExternalId::parse);
        let title = at.take("title", Line::parse(&self.title));
        let period = self.period.read(&mut at.member("period"));
        let window = self.window.read(&mut at.member("window"));
        let facts = RoundFacts { external_id, title: title?, period: period?, window: window? };
        for fault in facts.faults(plan) {
            at.fault(fault.pointer.trim_start_matches('/'), fault.kind, &fault.detail);
        }
        Some(facts)
    }
}
