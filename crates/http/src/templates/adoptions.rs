//! Who follows a shared objective, for whoever wrote it: fields and figures, and nothing else of anybody's plan.

use actix_web::get;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use traguardo_documents::template::FieldWord;
use traguardo_domain::access::Action;
use traguardo_domain::period::Year;
use traguardo_domain::{FaultKind, Violation};
use traguardo_persistence::templates::{AdoptionFilter, SealedAdoption};
use traguardo_persistence::{CrossTenantTx, TenantTx, templates};
use utoipa::ToSchema;

use super::names::{TemplateAdoptionQuery, TemplatePath};
use super::serves;
use crate::answer::Answer;
use crate::call::Call;
use crate::pages::{Asked, listing};
use crate::problem::{Kind, Problem};
use crate::query::refused;

/// Un campo in cui un piano dice altro dalla versione che segue. Le cifre, dove sono cifre; mai le parole del piano.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"field": "target", "indicator": "T7.hours", "locked": false, "template": "40", "objective": "24"}))]
pub(crate) struct AdoptionDeviation {
    /// Quale campo.
    field: FieldWord,
    /// Di quale indicatore; assente se è dell'obiettivo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    indicator: Option<String>,
    /// Se la versione lo blocca: era così quando l'obiettivo vi è stato legato.
    locked: bool,
    /// La cifra della versione, dove è una.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    template: Option<String>,
    /// La cifra del piano, dove è una.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$")]
    objective: Option<String>,
}

/// L'adozione di una versione in un piano approvato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "comune": "L454", "number": 1, "year": 2025, "objectives": 1, "units": 4, "deviations": [], "sealed_at": "2025-01-28T09:00:00Z"
}))]
pub(crate) struct TemplateAdoption {
    /// Il comune.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    comune: String,
    /// La versione adottata.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// L'anno del piano.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// In quanti obiettivi.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    objectives: i32,
    /// Per quante strutture.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    units: i32,
    /// Dove il piano dice altro.
    #[schema(min_items = 0, max_items = 10_000)]
    deviations: Vec<AdoptionDeviation>,
    /// Quando il piano è stato sigillato.
    sealed_at: DateTime<Utc>,
}

listing! {
    /// Una pagina di adozioni, per comune.
    TemplateAdoptionList of TemplateAdoption
}

impl TryFrom<SealedAdoption> for TemplateAdoption {
    type Error = Problem;

    fn try_from(sealed: SealedAdoption) -> Result<Self, Problem> {
        let deviations = serde_json::from_str(sealed.deviations.as_str()).map_err(|error| {
            log::error!("deviations cannot be read back: {error}");
            Problem::of(Kind::Internal)
        })?;
        Ok(Self {
            comune: sealed.comune.to_string(),
            number: sealed.number,
            year: sealed.year.number().into(),
            objectives: sealed.objectives,
            units: sealed.units,
            deviations,
            sealed_at: sealed.sealed_at,
        })
    }
}

/// Elenca chi ha adottato un obiettivo condiviso
///
/// Per chi pubblica per il suo autore: quali comuni seguono quale versione nei piani approvati, e in quali campi dicono altro. Dei piani non si vede
/// altro.
#[utoipa::path(tag = "templates", params(TemplatePath, TemplateAdoptionQuery), responses(
    (status = 200, description = "Una pagina di adozioni.", body = TemplateAdoptionList),
))]
#[get("/{template}/adoptions")]
pub(crate) async fn list_template_adoptions(
    call: Call<TemplatePath, TemplateAdoptionQuery>,
) -> Result<Answer, Problem> {
    let across = call.actor().authorize_across(Action::ReadAdoptions)?;
    let permit = call.authorize_at_home(Action::ReadAdoptions)?;
    let list = "template-adoptions:comune";
    let asked = Asked { list, cursor: permit.query.cursor.as_ref(), limit: permit.query.limit };
    let request = asked.page(())?;
    let filter = permit.query.filter()?;
    // Who publishes for whom is the platform's own to know; what comuni adopted is read across them.
    let code = permit.path.template.clone();
    let own = move |tx: &mut TenantTx<'_>| {
        let kept = templates::look_up(tx, &code, None)?.ok_or(Violation::NotFound)?;
        let author = kept.template.author.clone();
        serves(tx, &author, Some(&kept))
    };
    permit.tenant(own).await?;
    let code = permit.path.template.clone();
    let work = move |tx: &mut CrossTenantTx<'_>| Ok(templates::adoptions(tx, &code, filter, &request)?);
    let page = permit.app.across(across, work).await?;
    let (items, next) = (page.items.into_iter().map(TemplateAdoption::try_from), page.next);
    let page = traguardo_persistence::Page { items: items.collect::<Result<Vec<_>, _>>()?, next };
    Answer::ok(&TemplateAdoptionList::from(asked.answer(&permit.app, &permit.request, page, |one| one)))
}

impl TemplateAdoptionQuery {
    fn filter(&self) -> Result<AdoptionFilter, Problem> {
        let year = self.year.map(Year::parse).transpose();
        let year = year.map_err(|error| refused(error.kind, "year", &error.detail))?;
        if self.number.is_some_and(|number| number < 1) {
            return Err(refused(FaultKind::OutOfBounds, "number", "Almeno 1."));
        }
        Ok(AdoptionFilter { year, number: self.number })
    }
}
