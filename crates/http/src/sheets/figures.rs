//! The figures of the sheets of a year, for whoever reads results: groups, never persons.

use actix_web::get;
use serde::{Deserialize, Serialize};
use traguardo_documents::Word;
use traguardo_domain::access::Action;
use traguardo_domain::period::Year;
use traguardo_domain::sheet::statistics::LEAST_GROUP;
use traguardo_domain::sheet::{Figures, Group, statistics};
use traguardo_persistence::sheets;
use utoipa::{IntoParams, ToSchema};

use super::answer::SheetPercent;
use crate::answer::Answer;
use crate::call::{Call, ComunePath};
use crate::problem::Problem;
use crate::query::refused;
use crate::words::SheetCategoryWord;

/// Quante schede cadono in una fascia.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"band": "A", "count": 4, "share": {"percent": "40", "shown": "40.00"}}))]
pub(crate) struct SheetBandShare {
    /// Il codice della fascia.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    band: String,
    /// Quante.
    #[schema(minimum = 1, maximum = 10_000)]
    count: i32,
    /// Quale parte.
    share: SheetPercent,
}

/// I numeri di una categoria; di meno di cinque persone, nessuno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"category": "segretario", "withheld": true, "reason": "Meno di 5 persone."}))]
pub(crate) struct SheetGroup {
    /// La categoria.
    category: SheetCategoryWord,
    /// Se i numeri non si dicono.
    withheld: bool,
    /// Perché non si dicono.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, pattern = "^.+$")]
    reason: Option<String>,
    /// Quante schede definitive.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 5, maximum = 10_000)]
    count: Option<i32>,
    /// La media dei totali.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    mean: Option<SheetPercent>,
    /// Lo scarto quadratico medio dei totali (di popolazione), con sei decimali al massimo, arrotondato a metà per eccesso.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$")]
    standard_deviation: Option<String>,
    /// La parte nella fascia più alta; assente se le schede non hanno fasce.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    top_share: Option<SheetPercent>,
    /// Il grado di differenziazione: cento volte uno meno la somma dei quadrati delle parti di ciascuna fascia. 0 quando sono tutte nella stessa.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    differentiation: Option<SheetPercent>,
    /// La distribuzione nelle fasce.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, min_items = 0, max_items = 1000)]
    bands: Vec<SheetBandShare>,
}

/// I numeri delle schede definitive di un anno, che non nominano nessuno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"year": 2025, "groups": [{"category": "segretario", "withheld": true, "reason": "Meno di 5 persone."}]}))]
pub(crate) struct SheetStatistics {
    /// L'anno.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// Le categorie che hanno schede definitive.
    #[schema(min_items = 0, max_items = 3)]
    groups: Vec<SheetGroup>,
}

/// Of which year.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct StatisticsQuery {
    /// L'anno.
    #[param(minimum = 2009, maximum = 2100, example = 2025)]
    year: i32,
}

impl SheetGroup {
    fn of(group: Group) -> Self {
        let nothing = |category| Self {
            category: Word(category),
            withheld: true,
            reason: Some(format!("Meno di {LEAST_GROUP} persone.")),
            count: None,
            mean: None,
            standard_deviation: None,
            top_share: None,
            differentiation: None,
            bands: Vec::new(),
        };
        match group {
            Group::Withheld(category) => nothing(category),
            Group::Told(category, figures) => {
                let Figures { count, mean, deviation, top_share, bands, differentiation } = figures;
                let number = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
                let spread = bands.into_iter().map(|one| SheetBandShare {
                    band: one.band.into(),
                    count: number(one.count),
                    share: one.share.into(),
                });
                Self {
                    category: Word(category),
                    withheld: false,
                    reason: None,
                    count: Some(number(count)),
                    mean: Some(mean.into()),
                    standard_deviation: Some(deviation.to_string()),
                    top_share: top_share.map(SheetPercent::from),
                    differentiation: differentiation.map(SheetPercent::from),
                    bands: spread.collect(),
                }
            }
        }
    }
}

/// Legge i numeri delle schede
///
/// Delle schede definitive di un anno, per categoria: media, scarto, distribuzione nelle fasce, grado di differenziazione. Di meno
/// di cinque persone non si dice nulla, e di una persona mai.
#[utoipa::path(tag = "sheets", params(ComunePath, StatisticsQuery), responses(
    (status = 200, description = "I numeri.", body = SheetStatistics),
))]
#[get("/sheet-statistics")]
pub(crate) async fn read_sheet_statistics(
    call: Call<ComunePath, StatisticsQuery>,
) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let asked = Year::parse(permit.query.year);
    let year = asked.map_err(|error| refused(error.kind, "year", &error.detail))?;
    let (rated, withheld) = permit.tenant(move |tx| Ok(sheets::figures(tx, year)?)).await?;
    let groups = statistics(&rated, &withheld).into_iter().map(SheetGroup::of).collect();
    Answer::ok(&SheetStatistics { year: year.number().into(), groups })
}
