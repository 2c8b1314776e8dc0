//! What there is to compare, before any value: of which years, for how many comuni, of which quality.

use serde::Serialize;
use traguardo_documents::Word;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::benchmark::Viewer;
use traguardo_domain::consent::Audience;
use traguardo_domain::fact::Grade;
use traguardo_domain::group::GroupRef;
use traguardo_domain::period::Year;
use traguardo_domain::text::Code;
use traguardo_persistence::CrossTenantTx;
use traguardo_persistence::benchmarks::{self, Found};
use utoipa::ToSchema;

use super::frame::{Asking, Compared, Span};
use super::suppressions::BenchmarkSuppression;
use super::wire::{BenchmarkGroup, BenchmarkIndicator, GradeWord, many};
use crate::problem::Problem;

/// Quanti dati hanno una qualità.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"grade": "A", "comuni": 31}))]
pub(crate) struct BenchmarkGradeCount {
    /// La qualità.
    grade: GradeWord,
    /// Quanti comuni.
    #[schema(minimum = 0, maximum = 20_000)]
    comuni: i32,
}

/// Che cosa c'è di un anno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "year": 2025, "definition": 1, "entered": 42, "named": 30, "anonymous": 12, "coverage": "2.796272", "enough": true,
    "grades": [{"grade": "A", "comuni": 31}, {"grade": "B", "comuni": 11}], "own_grade": "A", "suppressed": []
}))]
pub(crate) struct BenchmarkYear {
    /// L'anno.
    #[schema(minimum = 1861, maximum = 2200)]
    year: i32,
    /// La definizione che i dati seguono; assente se non ce ne sono.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    definition: Option<i32>,
    /// Quanti comuni del gruppo entrano in un confronto.
    #[schema(minimum = 0, maximum = 20_000)]
    entered: i32,
    /// Quanti di questi per nome.
    #[schema(minimum = 0, maximum = 20_000)]
    named: i32,
    /// Quanti senza nome.
    #[schema(minimum = 0, maximum = 20_000)]
    anonymous: i32,
    /// Quanti ogni cento comuni del gruppo entrano.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,3}([.][0-9]{1,6})?$")]
    coverage: Option<String>,
    /// Se bastano per una statistica.
    enough: bool,
    /// Quanti di ogni qualità, fra quelli che entrano; vuoto se non bastano.
    #[schema(min_items = 0, max_items = 4)]
    grades: Vec<BenchmarkGradeCount>,
    /// La qualità del dato del comune di chi chiede; assente se non ne ha.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    own_grade: Option<GradeWord>,
    /// Di quanti comuni il dato non entra, e perché.
    #[schema(min_items = 0, max_items = 20)]
    suppressed: Vec<BenchmarkSuppression>,
}

/// Che cosa c'è di un indicatore in un gruppo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "indicator": {"code": "T1.itp", "name": "Indicatore di tempestività dei pagamenti", "measure": "days", "direction": "lower", "definition": 1},
    "group": {"reference": "region:03", "title": "Comuni della regione Lombardia", "version": "registry-1", "comuni": 1502, "audience": "group"},
    "years": []
}))]
pub(crate) struct BenchmarkAvailability {
    /// L'indicatore.
    indicator: BenchmarkIndicator,
    /// Il gruppo.
    group: BenchmarkGroup,
    /// Gli anni di cui ci sono dati, dal primo.
    #[schema(min_items = 0, max_items = 100)]
    years: Vec<BenchmarkYear>,
}

/// Tells what there is of one indicator in a group.
///
/// # Errors
/// 404 when there is no such indicator or group.
pub(crate) async fn availability(
    asking: Asking,
    code: Code,
    group: GroupRef,
) -> Result<BenchmarkAvailability, Problem> {
    let (keys, grant, own_of) = (asking.clone(), asking.grant.clone(), code.as_str().to_owned());
    let work = move |tx: &mut CrossTenantTx<'_>| Compared::load(tx, &keys, &code, &group, Span::All);
    let compared = asking.app.across(grant, work).await?;
    let own = if compared.lacks_own() { asking.own(vec![own_of]).await? } else { Vec::new() };
    asking.app.aside(move || told(&compared, &own)).await
}

fn told(compared: &Compared, own: &[Found]) -> BenchmarkAvailability {
    let query = compared.frame.query(Grade::D);
    let year = |year: &Year| {
        let pool = compared.pools.get(year)?;
        let selection = pool.select(&query, compared.outside.get(year).copied().unwrap_or_default());
        let enough = selection.ranked().is_ok();
        let graded = Grade::all().iter().map(|grade| (*grade, selection.of_grade(*grade)));
        let count = |(grade, comuni)| BenchmarkGradeCount { grade: Word(grade), comuni: many(comuni) };
        let mine = compared.frame.viewer.comune().and_then(|comune| compared.value_of(*year, comune, own));
        Some(BenchmarkYear {
            year: i32::from(year.number()),
            definition: selection.definition(),
            entered: many(selection.entered()),
            named: many(selection.named().len()),
            anonymous: many(selection.anonymous()),
            coverage: selection.coverage().map(String::from),
            enough,
            grades: if enough { graded.map(count).collect() } else { Vec::new() },
            own_grade: mine.map(|(_, _, grade)| Word(grade)),
            suppressed: BenchmarkSuppression::kept_back(selection.kept_back()),
        })
    };
    BenchmarkAvailability {
        indicator: BenchmarkIndicator::of(&compared.indicator),
        group: BenchmarkGroup::of(&compared.frame),
        years: compared.pools.keys().filter_map(year).collect(),
    }
}

/// Quanti comuni hanno un dato che chi chiede può confrontare.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"year": 2025, "comuni": 120}))]
pub(crate) struct BenchmarkYearCount {
    /// L'anno.
    #[schema(minimum = 1861, maximum = 2200)]
    year: i32,
    /// Quanti comuni, per nome o no.
    #[schema(minimum = 0, maximum = 20_000)]
    comuni: i32,
}

/// Un indicatore che si può confrontare.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "indicator": {"code": "T1.itp", "name": "Indicatore di tempestività dei pagamenti", "measure": "days", "direction": "lower", "definition": 1},
    "template": "T1", "years": [{"year": 2025, "comuni": 120}]
}))]
pub(crate) struct BenchmarkSummary {
    /// L'indicatore.
    indicator: BenchmarkIndicator,
    /// L'obiettivo condiviso di cui è.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    template: String,
    /// Gli anni di cui ci sono dati.
    #[schema(min_items = 1, max_items = 100)]
    years: Vec<BenchmarkYearCount>,
}

/// Gli indicatori che si possono confrontare.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"items": [{
    "indicator": {"code": "T1.itp", "name": "Indicatore di tempestività dei pagamenti", "measure": "days", "direction": "lower", "definition": 1},
    "template": "T1", "years": [{"year": 2025, "comuni": 120}]
}]}))]
pub(crate) struct BenchmarkList {
    /// Gli indicatori, per codice.
    #[schema(min_items = 0, max_items = 10_000)]
    items: Vec<BenchmarkSummary>,
}

/// Tells which indicators there are facts of.
///
/// # Errors
/// 503 when the database is away or busy.
pub(crate) async fn list(asking: Asking) -> Result<BenchmarkList, Problem> {
    let audience = match asking.viewer() {
        Viewer::Comune(_) => Audience::Group,
        Viewer::Region => Audience::Region,
        Viewer::Public => Audience::Public,
    };
    let day = asking.app.today();
    let work = move |tx: &mut CrossTenantTx<'_>| {
        let known = benchmarks::all_indicators(tx)?;
        let counted = benchmarks::available(tx, audience, day)?;
        let mut items: Vec<BenchmarkSummary> = Vec::new();
        for of_one in counted.chunk_by(|one, other| one.indicator == other.indicator) {
            let Some(indicator) = of_one.first().and_then(|first| known.get(&first.indicator)) else {
                continue;
            };
            let years = of_one.iter().map(|one| BenchmarkYearCount {
                year: i32::from(one.year),
                comuni: i32::try_from(one.comuni).unwrap_or(i32::MAX),
            });
            items.push(BenchmarkSummary {
                indicator: BenchmarkIndicator::of(indicator),
                template: indicator.template.clone(),
                years: years.collect(),
            });
        }
        Ok(BenchmarkList { items })
    };
    asking.app.across(asking.grant.clone(), work).await
}
