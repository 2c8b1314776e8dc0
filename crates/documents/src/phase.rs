//! Phases as they are written.

use serde::Deserialize;
use traguardo_domain::phase::{Phase, PhaseFacts, PhaseId};
use traguardo_domain::text::{ExternalId, Line, Text};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::context::{Address, Context, Known};
use crate::indicator::{self, IndicatorBody};
use crate::reader::Reader;
use crate::said::{SaidDeadline, SaidWeight};

/// The most indicators beside each other.
pub(crate) const MOST_INDICATORS: usize = 100;

/// Una fase di un obiettivo.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = Phase, example = json!({
    "external_id": "F1", "code": "1.1", "title": "Ricognizione dei documenti", "weight": {"words": "50%"}, "deadline": {"words": "31/01/2025"}
}))]
pub struct PhaseBody {
    /// Identificativo; lo assegna il servizio. Scritto di nuovo, dice quale fase è.
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// Chiave nel programma che la invia, unica nell'obiettivo.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    external_id: Option<String>,
    /// Il numero o codice stampato.
    #[schema(nullable = false, min_length = 1, max_length = 60, pattern = "^.*\\S.*$", example = "1.1")]
    code: Option<String>,
    /// Che cosa si fa.
    #[schema(min_length = 1, max_length = 2000, pattern = "^[\\s\\S]+$")]
    title: String,
    /// Quanto pesa nell'obiettivo.
    #[schema(nullable = false)]
    weight: Option<SaidWeight>,
    /// Entro quando.
    #[schema(nullable = false)]
    deadline: Option<SaidDeadline>,
    /// Che cosa deve portare.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    expected_result: Option<String>,
    /// Altro da dire.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    notes: Option<String>,
    /// Che cosa se ne misura.
    #[schema(nullable = false, min_items = 0, max_items = 100)]
    indicators: Option<Vec<IndicatorBody>>,
}

impl PhaseBody {
    /// Brings it under the name it was addressed by.
    pub fn addressed(&mut self, at: &mut Reader<'_>, address: &Address) {
        address.settle(at, &mut self.id, &mut self.external_id);
    }

    /// The same, saying that a list it leaves out is empty.
    #[must_use]
    pub fn saying_every_list(self) -> Self {
        Self { indicators: Some(self.indicators.unwrap_or_default()), ..self }
    }

    /// Reads it; what it does not say of its indicators stays as in `before`.
    pub fn read(
        self,
        at: &mut Reader<'_>,
        known: &mut Known,
        before: &[Phase],
        context: &mut Context<'_>,
    ) -> Option<Phase> {
        let external_id = at.maybe("external_id", self.external_id.as_ref(), ExternalId::parse);
        let id = at.take("id", known.identify(self.id, external_id.as_ref(), context)).map(PhaseId);
        let code = at.maybe("code", self.code.as_ref(), Line::parse);
        let title = at.take("title", Text::parse(&self.title));
        let weight = self.weight.and_then(|written| written.read(&mut at.member("weight"), context));
        let deadline = self.deadline.and_then(|written| written.read(&mut at.member("deadline"), context));
        let expected_result = at.maybe("expected_result", self.expected_result.as_ref(), Text::parse);
        let notes = at.maybe("notes", self.notes.as_ref(), Text::parse);
        let had =
            before.iter().find(|phase| Some(phase.id) == id).map(|phase| phase.facts.indicators.as_slice());
        let indicators = match self.indicators {
            None => had.unwrap_or_default().to_vec(),
            Some(written) => {
                let mut known = indicator::known(had.unwrap_or_default());
                at.each("indicators", written, MOST_INDICATORS, |one, at| one.read(at, &mut known, context))
            }
        };
        let facts = PhaseFacts {
            external_id,
            code,
            title: title?,
            weight,
            deadline,
            expected_result,
            notes,
            indicators,
        };
        Some(Phase { id: id?, facts })
    }
}

/// The identities of phases that are there already.
#[must_use]
pub fn known(phases: &[Phase]) -> Known {
    Known::new(phases.iter().map(|phase| (phase.id.0, phase.facts.external_id.as_ref())))
}
