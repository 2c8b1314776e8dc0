//! What is asked of sheets: a new one, or a step of one.

use serde::Deserialize;
use traguardo_documents::{Reader, Word};
use traguardo_domain::fault::Refused;
use traguardo_domain::member::{Member, MemberKind};
use traguardo_domain::plan::Plan;
use traguardo_domain::said::Words;
use traguardo_domain::sheet::{Content, Move, SheetMove};
use traguardo_domain::{FaultKind, Faults};
use traguardo_persistence::{TenantTx, units};
use utoipa::ToSchema;
use validator::Validate;

use super::content::{SheetChange, SheetContent};
use crate::call::Key;
use crate::problem::Problem;
use crate::words::SheetMoveWord;
use crate::{members, plans};

/// Una scheda da scrivere: per chi, per quale piano, e che cosa dice.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "plan": "ext:PIANO-2025", "person": "ext:M-102",
    "content": {"category": "staff", "scheme": {"name": "Personale"}, "components": [
        {"code": "STR", "kind": "unit", "title": "La struttura", "weight": "100", "points": "90"}
    ]}
}))]
pub(crate) struct NewSheet {
    /// Il piano dell'anno, approvato: identificativo, oppure `ext:` seguito dalla chiave esterna.
    #[schema(min_length = 5, max_length = 104, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$")]
    #[validate(length(min = 5, max = 104))]
    plan: String,
    /// La persona valutata: l'identificativo del membro, oppure `ext:` seguito dalla chiave esterna.
    #[schema(min_length = 5, max_length = 104, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$")]
    #[validate(length(min = 5, max = 104))]
    person: String,
    /// Ciò che la scheda dice.
    #[serde(deserialize_with = "crate::object::one")]
    #[validate(nested)]
    pub(super) content: SheetContent,
}

/// Un passo di una scheda.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"move": "share"}))]
pub(crate) struct NewSheetStep {
    /// Il passo.
    #[serde(rename = "move")]
    made: SheetMoveWord,
    /// Il motivo: serve per contestare e per rispondere.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    #[validate(length(min = 1, max = 4000))]
    reason: Option<String>,
    /// I punti che la risposta cambia; senza, ciò che è stato condiviso è confermato.
    #[serde(default, deserialize_with = "crate::object::list")]
    #[schema(required = false, min_items = 0, max_items = 70)]
    #[validate(length(max = 70), nested)]
    changes: Vec<SheetChange>,
}

/// The refusal of one value.
pub(super) fn wrong(pointer: &str, kind: FaultKind, detail: &str) -> Problem {
    Problem::invalid(vec![Refused::new(kind, detail).at(pointer)])
}

impl NewSheet {
    /// The plan and the person it names.
    pub(super) fn subject(&self, tx: &mut TenantTx<'_>) -> Result<(Plan, Member), Problem> {
        let plan = Key::parse(&self.plan).map(|key| plans::look_up(tx, &key)).transpose()?.flatten();
        let person = Key::parse(&self.person).map(|key| members::look_up(tx, &key)).transpose()?.flatten();
        let mut faults = Faults::new();
        let unknown = |detail: &str| Refused::new(FaultKind::UnknownReference, detail);
        let sealed = |plan: Plan| {
            let unsealed = Refused::new(FaultKind::Inconsistent, "Il piano non è stato ancora approvato.");
            if plan.sealed.is_some() { Ok(plan) } else { Err(unsealed) }
        };
        let plan = faults.take(
            "/plan",
            plan.ok_or_else(|| unknown("Il piano non esiste in questo comune.")).and_then(sealed),
        );
        let person = person.filter(|member| member.facts.kind == MemberKind::Person);
        let person =
            faults.take("/person", person.ok_or_else(|| unknown("Nessuna persona con questo riferimento.")));
        faults.finish(plan.zip(person)).map_err(Problem::invalid)
    }
}

/// The unit a content names must be of the comune.
pub(super) fn check_unit(tx: &mut TenantTx<'_>, content: &Content, pointer: &str) -> Result<(), Problem> {
    let Some(unit) = content.unit else { return Ok(()) };
    match units::look_up(tx, unit)? {
        Some(_) => Ok(()),
        None => Err(wrong(pointer, FaultKind::UnknownReference, "L'unità non esiste in questo comune.")),
    }
}

impl NewSheetStep {
    /// The move it asks for, with what the move needs and nothing else.
    pub(super) fn read(self) -> Result<Move, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let reason = at.maybe("reason", self.reason.as_ref(), Words::parse);
        let changes = at.each("changes", self.changes, 70, SheetChange::read);
        let Word(kind) = self.made;
        let speaks = matches!(kind, SheetMove::Object | SheetMove::Answer);
        if speaks && self.reason.is_none() {
            at.fault("reason", FaultKind::Missing, "Serve il motivo.");
        }
        if !speaks && self.reason.is_some() {
            at.fault("reason", FaultKind::Inconsistent, "Questo passo non ha un motivo.");
        }
        if kind != SheetMove::Answer && !changes.is_empty() {
            at.fault(
                "changes",
                FaultKind::Inconsistent,
                "Solo la risposta a una contestazione cambia dei punti.",
            );
        }
        let made = match (kind, reason) {
            (SheetMove::Share, _) => Some(Move::Share),
            (SheetMove::Accept, _) => Some(Move::Accept),
            (SheetMove::Finish, _) => Some(Move::Finish),
            (SheetMove::Object, Some(reason)) => Some(Move::Object { reason }),
            (SheetMove::Answer, Some(reason)) => Some(Move::Answer { reason, changes }),
            (SheetMove::Object | SheetMove::Answer, None) => None,
        };
        faults.finish(made).map_err(Problem::invalid)
    }
}
