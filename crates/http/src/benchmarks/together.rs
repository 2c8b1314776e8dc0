//! How two indicators go together, and which comuni are most like one.

use serde::Serialize;
use traguardo_domain::benchmark::correlation::{correlation, pairs};
use traguardo_domain::benchmark::{Outside, Pool};
use traguardo_domain::fact::Grade;
use traguardo_domain::group::GroupRef;
use traguardo_domain::text::Code;
use traguardo_domain::{ComuneCode, Violation};
use traguardo_persistence::CrossTenantTx;
use utoipa::ToSchema;

use super::frame::{Asking, Compared, Span};
use super::suppressions::BenchmarkSuppression;
use super::wire::{BenchmarkGroup, BenchmarkIndicator, many};
use crate::problem::Problem;

const METHOD: &str = "Coefficienti di Pearson e di Spearman sui comuni che si mostrano per nome in entrambi gli indicatori, almeno cinque; \
nei ranghi i pari hanno la media dei loro posti. Si arrotonda alla sesta cifra decimale.";

/// Come vanno insieme due indicatori.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "first": {"code": "T1.itp", "name": "Indicatore di tempestività dei pagamenti", "measure": "days", "direction": "lower", "definition": 1},
    "second": {"code": "T1.tmp", "name": "Tempo medio di pagamento", "measure": "days", "direction": "lower", "definition": 1},
    "group": {"reference": "region:03", "title": "Comuni della regione Lombardia", "version": "registry-1", "comuni": 1502, "audience": "group"},
    "year": 2025, "n": 30, "pearson": "0.942809", "spearman": "0.948683", "suppressed": [],
    "method": "Coefficienti di Pearson e di Spearman sui comuni che si mostrano per nome in entrambi gli indicatori."
}))]
pub(crate) struct BenchmarkCorrelation {
    /// Il primo.
    first: BenchmarkIndicator,
    /// Il secondo.
    second: BenchmarkIndicator,
    /// Il gruppo.
    group: BenchmarkGroup,
    /// L'anno.
    #[schema(minimum = 1861, maximum = 2200)]
    year: i32,
    /// Quanti comuni si mostrano per nome in entrambi.
    #[schema(minimum = 0, maximum = 20_000)]
    n: i32,
    /// Coefficiente di Pearson; assente se sono troppo pochi o uno dei due è uguale ovunque.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 9, pattern = "^-?[01]([.][0-9]{1,6})?$")]
    pearson: Option<String>,
    /// Coefficiente di Spearman, sui ranghi.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 9, pattern = "^-?[01]([.][0-9]{1,6})?$")]
    spearman: Option<String>,
    /// Che cosa non si dice, e perché.
    #[schema(min_items = 0, max_items = 20)]
    suppressed: Vec<BenchmarkSuppression>,
    /// Come si è calcolato.
    #[schema(max_length = 1000, pattern = "^.+$")]
    method: &'static str,
}

/// What is asked of two indicators.
pub(crate) struct CorrelationAsked {
    pub(crate) first: Code,
    pub(crate) second: Code,
    pub(crate) group: GroupRef,
    pub(crate) span: Span,
    pub(crate) least: Grade,
}

/// Tells how two indicators go together in a year: the one asked, or the last there are facts of the first of.
///
/// # Errors
/// 404 when there is no such indicator or group.
pub(crate) async fn correlated(
    asking: Asking,
    asked: CorrelationAsked,
) -> Result<BenchmarkCorrelation, Problem> {
    let (keys, grant, least) = (asking.clone(), asking.grant.clone(), asked.least);
    let work = move |tx: &mut CrossTenantTx<'_>| {
        let first = Compared::load(tx, &keys, &asked.first, &asked.group, asked.span)?;
        let same_year = Span::One(first.year);
        let second = Compared::load(tx, &keys, &asked.second, &asked.group, same_year)?;
        Ok((first, second))
    };
    let (first, second) = asking.app.across(grant, work).await?;
    asking.app.aside(move || told(&first, &second, least)).await
}

fn told(first: &Compared, second: &Compared, least: Grade) -> BenchmarkCorrelation {
    let empty = Pool::new(Vec::new());
    let query = first.frame.query(least);
    let one = first.pools.get(&first.year).unwrap_or(&empty).select(&query, Outside::default());
    let other = second.pools.get(&first.year).unwrap_or(&empty).select(&query, Outside::default());
    let pairs = pairs(&one, &other);
    let told = correlation(&pairs);
    let text = |figure: Option<traguardo_domain::figure::Figure>| figure.map(String::from);
    BenchmarkCorrelation {
        first: BenchmarkIndicator::of(&first.indicator),
        second: BenchmarkIndicator::of(&second.indicator),
        group: BenchmarkGroup::of(&first.frame),
        year: i32::from(first.year.number()),
        n: many(pairs.len()),
        pearson: told.as_ref().ok().and_then(|told| text(told.pearson)),
        spearman: told.as_ref().ok().and_then(|told| text(told.spearman)),
        suppressed: told.err().map(|why| BenchmarkSuppression::of("correlation", why)).into_iter().collect(),
        method: METHOD,
    }
}

/// Un comune simile.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"code": "G004", "name": "Offanengo", "distance": 41}))]
pub(crate) struct ComparableComune {
    /// Codice catastale.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    code: String,
    /// Nome.
    #[schema(max_length = 100, pattern = "^.+$")]
    name: String,
    /// Quanto è lontano: da 0, uguale, a 1000, niente in comune.
    #[schema(minimum = 0, maximum = 1_000)]
    distance: i32,
}

/// I comuni più simili a uno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "L454", "name": "Truccazzano", "registry": "registry-1", "items": [{"code": "G004", "name": "Offanengo", "distance": 41}],
    "method": "Media pesata di abitanti (5), densità (2), zona altimetrica (2) e regione (1)."
}))]
pub(crate) struct ComparableComuni {
    /// Codice catastale del comune.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    code: String,
    /// Nome.
    #[schema(max_length = 100, pattern = "^.+$")]
    name: String,
    /// L'edizione del registro dei comuni.
    #[schema(max_length = 40, pattern = "^registry-[0-9]+$")]
    registry: String,
    /// I più simili, dal più simile.
    #[schema(min_items = 0, max_items = 500)]
    items: Vec<ComparableComune>,
    /// Come si è calcolato.
    #[schema(max_length = 1000, pattern = "^.+$")]
    method: &'static str,
}

const ALIKE: &str = "Media pesata di abitanti (5), densità (2), zona altimetrica (2) e regione (1), ciascuna da 0 a 1000; \
ciò che non si conosce conta come il più lontano.";

/// Tells which comuni are most like one.
///
/// # Errors
/// 404 when the registry has no such comune today.
pub(crate) async fn comparable(
    asking: Asking,
    code: ComuneCode,
    most: u16,
) -> Result<ComparableComuni, Problem> {
    let keys = asking.clone();
    let work = move |tx: &mut CrossTenantTx<'_>| keys.app.registry().at(tx);
    let registry = asking.app.across(asking.grant.clone(), work).await?;
    let day = asking.app.today();
    let entry = registry.find_on(code, day).ok_or(Violation::NotFound)?;
    let alike = registry.most_like(code, most, day).ok_or(Violation::NotFound)?;
    let one = |like: &traguardo_domain::registry::Like| ComparableComune {
        code: like.code.to_string(),
        name: registry.find_on(like.code, day).map_or_else(String::new, |entry| entry.name.to_string()),
        distance: i32::try_from(like.distance).unwrap_or(i32::MAX),
    };
    Ok(ComparableComuni {
        code: code.to_string(),
        name: entry.name.to_string(),
        registry: format!("registry-{}", registry.number()),
        items: alike.iter().map(one).collect(),
        method: ALIKE,
    })
}
