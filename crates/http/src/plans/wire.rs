//! Headers of plans as they travel.

use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_documents::plan::{WeightClassBody, read_scale};
use traguardo_domain::Faults;
use traguardo_domain::period::Year;
use traguardo_domain::plan::{Plan, PlanFacts};
use traguardo_domain::text::{ExternalId, Line};
use traguardo_domain::weight::WeightClass;
use traguardo_persistence::plans;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::call::Key;
use crate::pages::listing;
use crate::problem::Problem;
use crate::words::{PlanKindWord, PlanStateWord, Word};

/// L'intestazione di un piano, come la dice chi lo scrive.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"year": 2025, "kind": "piao_performance", "title": "Piano della performance 2025-2027"}))]
pub(crate) struct NewPlan {
    /// Chiave dell'oggetto nel programma che lo invia, unica nel comune per i piani.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    #[validate(length(min = 1, max = 100))]
    external_id: Option<String>,
    /// Anno del piano, il primo dei tre dell'orizzonte.
    #[schema(minimum = 2009, maximum = 2100, example = 2025)]
    #[validate(range(min = 2009, max = 2100))]
    year: i32,
    /// Natura del piano; il comune ne ha uno per natura e anno.
    kind: PlanKindWord,
    /// Titolo.
    #[schema(
        min_length = 1,
        max_length = 300,
        pattern = "^.*\\S.*$",
        example = "Piano della performance 2025-2027"
    )]
    #[validate(length(min = 1, max = 300))]
    title: String,
    /// Le classi dei pesi, dove non sono percentuali.
    #[schema(nullable = false, min_items = 0, max_items = 20)]
    scale: Option<Vec<WeightClassBody>>,
}

/// L'intestazione di un piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000002", "year": 2025, "horizon_end": 2027, "kind": "piao_performance",
    "title": "Piano della performance 2025-2027", "state": "draft", "version": 1
}))]
pub(crate) struct PlanResponse {
    /// Identificativo.
    id: Uuid,
    /// Chiave dell'oggetto nel programma che lo ha inviato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    external_id: Option<String>,
    /// Anno del piano.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// Ultimo anno dell'orizzonte triennale.
    #[schema(minimum = 2011, maximum = 2102)]
    horizon_end: i32,
    /// Natura del piano.
    kind: PlanKindWord,
    /// Titolo.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    title: String,
    /// Le classi dei pesi, dove non sono percentuali.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, value_type = Vec<WeightClassBody>, min_items = 0, max_items = 20)]
    scale: Vec<WeightClass>,
    /// Stato nel ciclo.
    state: PlanStateWord,
    /// Numero dell'ultima versione approvata; assente se non ce n'è ancora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    sealed_version: Option<i32>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina di piani.
    PlanList of PlanResponse
}

/// In which order to list plans.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
pub(crate) enum PlanSort {
    /// Dal più recente.
    #[default]
    #[serde(rename = "-year")]
    YearDescending,
    /// Dal più antico.
    #[serde(rename = "year")]
    Year,
}

impl PlanSort {
    pub(super) const fn order(self) -> (plans::Order, &'static str) {
        match self {
            Self::Year => (plans::Order::Year, "plans:year"),
            Self::YearDescending => (plans::Order::YearDescending, "plans:-year"),
        }
    }
}

/// Which plans to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PlanQuery {
    /// Solo i piani di questo anno.
    #[param(nullable = false, minimum = 2009, maximum = 2100)]
    pub(super) year: Option<i32>,
    /// Solo i piani di questa natura.
    #[param(nullable = false)]
    pub(super) kind: Option<PlanKindWord>,
    /// Ordinamento.
    #[param(inline, nullable = false)]
    pub(super) sort: Option<PlanSort>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    pub(super) cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<i32>,
}

impl NewPlan {
    pub(super) fn facts(self, path_key: Option<&ExternalId>) -> Result<PlanFacts, Problem> {
        let mut faults = Faults::new();
        let external_id = faults.take("/external_id", Key::agree(path_key, self.external_id.as_deref()));
        let year = faults.take("/year", Year::parse(self.year));
        let title = faults.take("/title", Line::parse(&self.title));
        let Word(kind) = self.kind;
        let scale = read_scale(&mut Reader::new(&mut faults), self.scale);
        let facts =
            (|| Some(PlanFacts { external_id: external_id?, year: year?, kind, title: title?, scale }))();
        faults.finish(facts).map_err(Problem::invalid)
    }
}

impl From<Plan> for PlanResponse {
    fn from(plan: Plan) -> Self {
        Self {
            id: plan.id.0,
            horizon_end: i32::from(plan.horizon_end()),
            external_id: plan.facts.external_id.map(|id| id.as_str().to_owned()),
            year: i32::from(plan.facts.year.number()),
            kind: Word(plan.facts.kind),
            title: plan.facts.title.as_str().to_owned(),
            scale: plan.facts.scale,
            state: Word(plan.state),
            sealed_version: plan.sealed,
            version: plan.version.number(),
        }
    }
}
