//! Assignments as they are written.

use serde::Deserialize;
use traguardo_domain::FaultKind;
use traguardo_domain::assignment::{Assignment, AssignmentFacts, AssignmentId};
use traguardo_domain::text::{ExternalId, Line, Text};
use traguardo_domain::unit::UnitId;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::context::{Address, Context, Known};
use crate::reader::Reader;
use crate::said::SaidWeight;

/// L'assegnazione di un obiettivo a una struttura.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = Assignment, example = json!({"unit_code": "SA", "weight": {"words": "10%"}, "responsible": "Responsabile del settore"}))]
pub struct AssignmentBody {
    /// Identificativo; lo assegna il servizio. Scritto di nuovo, dice quale assegnazione è.
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
    /// La struttura: identificativo, oppure `ext:` e la sua chiave esterna. Una per struttura.
    #[schema(nullable = false, max_length = 104, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$")]
    unit: Option<String>,
    /// La struttura per codice, al posto di `unit`.
    #[schema(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "SA")]
    unit_code: Option<String>,
    /// Quanto pesa lì.
    #[schema(nullable = false)]
    weight: Option<SaidWeight>,
    /// Quanto pesa sulla scheda, dove il piano stampa i pesi due volte.
    #[schema(nullable = false)]
    card_weight: Option<SaidWeight>,
    /// Il titolo nel riepilogo della struttura, dove è diverso da quello della scheda.
    #[schema(nullable = false, min_length = 1, max_length = 500, pattern = "^.*\\S.*$")]
    summary_title: Option<String>,
    /// Chi ne risponde: un ruolo, mai il nome di una persona.
    #[schema(nullable = false, min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    responsible: Option<String>,
    /// Chi ha l'incarico di elevata qualificazione: un ruolo, `tutte le EQ`, o nessuno.
    #[schema(nullable = false, min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    delegate: Option<String>,
    /// Altro da dire.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    notes: Option<String>,
}

impl AssignmentBody {
    /// Brings it under the name it was addressed by.
    pub fn addressed(&mut self, at: &mut Reader<'_>, address: &Address) {
        address.settle(at, &mut self.id, &mut self.external_id);
    }

    /// Reads it, among those that are known already.
    pub fn read(
        self,
        at: &mut Reader<'_>,
        known: &mut Known,
        context: &mut Context<'_>,
    ) -> Option<Assignment> {
        let external_id = at.maybe("external_id", self.external_id.as_ref(), ExternalId::parse);
        let id = at.take("id", known.identify(self.id, external_id.as_ref(), context));
        let unit = self.unit(at, context);
        let weight = self.weight.and_then(|written| written.read(&mut at.member("weight"), context));
        let card_weight =
            self.card_weight.and_then(|written| written.read(&mut at.member("card_weight"), context));
        let summary_title = at.maybe("summary_title", self.summary_title.as_ref(), Line::parse);
        let responsible = at.maybe("responsible", self.responsible.as_ref(), Line::parse);
        let delegate = at.maybe("delegate", self.delegate.as_ref(), Line::parse);
        let notes = at.maybe("notes", self.notes.as_ref(), Text::parse);
        let facts = AssignmentFacts {
            external_id,
            unit: unit?,
            weight,
            card_weight,
            summary_title,
            responsible,
            delegate,
            notes,
        };
        Some(Assignment { id: AssignmentId(id?), facts })
    }

    fn unit(&self, at: &mut Reader<'_>, context: &Context<'_>) -> Option<UnitId> {
        match (&self.unit, &self.unit_code) {
            (Some(_), Some(_)) => {
                for member in ["unit", "unit_code"] {
                    at.fault(member, FaultKind::Inconsistent, "O unit o unit_code, non entrambi.");
                }
                None
            }
            (Some(unit), None) => at.take("unit", context.units.named(unit)),
            (None, Some(code)) => at.take("unit_code", context.units.coded(code)),
            (None, None) => {
                at.fault("unit", FaultKind::Missing, "Serve la struttura: unit o unit_code.");
                None
            }
        }
    }
}

/// The identities of assignments that are there already.
#[must_use]
pub fn known(assignments: &[Assignment]) -> Known {
    Known::new(assignments.iter().map(|one| (one.id.0, one.facts.external_id.as_ref())))
}
