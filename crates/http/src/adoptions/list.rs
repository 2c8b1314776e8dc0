//! What a plan follows, as it travels.

use std::collections::HashMap;

use serde::Serialize;
use traguardo_documents::Word;
use traguardo_domain::figure::Figure;
use traguardo_domain::plan::Plan;
use traguardo_domain::template::Field;
use traguardo_domain::template::deviation::{Deviation, deviations};
use traguardo_persistence::adoptions::followed;
use traguardo_persistence::{TenantTx, objectives, templates};
use utoipa::ToSchema;
use uuid::Uuid;

use super::followed::Followed;
use crate::problem::Problem;

/// A field of a template.
pub(super) type FieldWord = Word<Field>;

/// Dove un obiettivo dice altro da ciò che segue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AdoptionDeviation, example = json!({"field": "weight", "locked": false, "template": "30", "objective": "20"}))]
pub(super) struct DeviationResponse {
    /// Quale campo.
    field: FieldWord,
    /// Di quale indicatore condiviso, se è di un indicatore.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 40,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$",
        example = "T1.itp"
    )]
    indicator: Option<String>,
    /// Se è bloccato: era così quando l'obiettivo è stato legato.
    locked: bool,
    /// La cifra dell'obiettivo condiviso, dove è una cifra.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", value_type = Option<String>)]
    template: Option<Figure>,
    /// La cifra del piano, dove è una cifra.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", value_type = Option<String>)]
    objective: Option<Figure>,
}

/// Un obiettivo e ciò che segue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Adoption, example = json!({
    "objective": "0193a5c0-0000-7000-8000-000000000004", "title": "Rispettare i tempi di pagamento", "template": "T1",
    "template_version": 1, "current": 2, "units": 3, "deviations": [{"field": "weight", "locked": false, "template": "30", "objective": "20"}]
}))]
pub(super) struct AdoptionResponse {
    /// L'obiettivo.
    objective: Uuid,
    /// Il suo titolo.
    #[schema(max_length = 1000, pattern = "^.*\\S.*$")]
    title: String,
    /// Il codice dell'obiettivo condiviso.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1")]
    template: String,
    /// La versione che segue.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    template_version: i32,
    /// L'ultima che c'è.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    current: i32,
    /// A quante strutture è assegnato.
    #[schema(minimum = 0, maximum = 200)]
    units: i32,
    /// Dove dice altro.
    #[schema(min_items = 0, max_items = 500)]
    deviations: Vec<DeviationResponse>,
}

/// Che cosa segue un piano, nell'ordine dei suoi obiettivi.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Adoptions, example = json!({"items": []}))]
pub(super) struct AdoptionList {
    /// Gli obiettivi che seguono qualcosa.
    #[schema(min_items = 0, max_items = 2_000)]
    items: Vec<AdoptionResponse>,
}

impl From<Deviation> for DeviationResponse {
    fn from(one: Deviation) -> Self {
        Self {
            field: Word(one.field),
            indicator: one.indicator.map(String::from),
            locked: one.locked,
            template: one.template,
            objective: one.objective,
        }
    }
}

impl AdoptionList {
    /// What a plan follows now.
    pub(super) fn of(tx: &mut TenantTx<'_>, plan: &Plan) -> Result<Self, Problem> {
        let all = objectives::all(tx, plan.id)?;
        let bound: Vec<_> = all.into_iter().map(|placed| placed.objective).collect();
        let bound: Vec<_> = bound.into_iter().filter(|one| one.facts.template_version.is_some()).collect();
        if bound.is_empty() {
            return Ok(Self { items: Vec::new() });
        }
        let known = Followed::load(tx, bound.iter().filter_map(followed))?;
        let current = templates::current(tx)?.into_iter();
        let current: HashMap<_, _> = current.map(|template| (template.code, template.number)).collect();
        let items = bound.iter().filter_map(|objective| {
            let template = known.of(&objective.facts)?;
            let told = deviations(&objective.facts, template, plan.facts.year);
            Some(AdoptionResponse {
                objective: objective.id.0,
                title: objective.facts.title.as_str().to_owned(),
                template: template.code.as_str().to_owned(),
                template_version: template.number,
                current: current.get(&template.code).copied().unwrap_or(template.number),
                units: i32::try_from(objective.facts.assignments.len()).unwrap_or(i32::MAX),
                deviations: told.into_iter().map(DeviationResponse::from).collect(),
            })
        });
        Ok(Self { items: items.collect() })
    }
}
