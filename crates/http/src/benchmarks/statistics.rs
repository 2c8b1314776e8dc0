//! What is told of a group, where one comune stands in it, and how both changed.

use traguardo_documents::Word;
use traguardo_domain::ComuneCode;
use traguardo_domain::benchmark::statistics::METHOD;
use traguardo_domain::benchmark::trend::{TrendPoint, trend};
use traguardo_domain::benchmark::{Ranked, Selection, Suppression};
use traguardo_domain::fact::Grade;
use traguardo_domain::group::GroupRef;
use traguardo_domain::period::Year;
use traguardo_domain::text::Code;
use traguardo_domain::{Violation, Vocabulary as _};
use traguardo_persistence::benchmarks::Found;

use super::answers::{BenchmarkResponse, BenchmarkTrendPoint};
use super::cube::{Cell, Cube, Dimension, Role};
use super::frame::{Asking, Compared, Span};
use super::suppressions::BenchmarkSuppression;
use super::wire::{
    BenchmarkGroup, BenchmarkIndicator, BenchmarkPlace, BenchmarkPublished, BenchmarkStatistics, many,
};
use crate::problem::Problem;

/// What is asked of the statistics of one indicator.
pub(crate) struct StatisticsAsked {
    pub(crate) code: Code,
    pub(crate) group: GroupRef,
    pub(crate) span: Span,
    pub(crate) least: Grade,
    pub(crate) comune: Option<ComuneCode>,
}

/// Tells the statistics of one indicator, to whoever asks: the caller's own comune is placed, unless another one is named.
///
/// # Errors
/// 404 when there is no such indicator, group or comune.
pub(crate) async fn statistics(asking: Asking, asked: StatisticsAsked) -> Result<BenchmarkResponse, Problem> {
    let (keys, grant) = (asking.clone(), asking.grant.clone());
    let work = move |tx: &mut traguardo_persistence::CrossTenantTx<'_>| {
        let compared = Compared::load(tx, &keys, &asked.code, &asked.group, asked.span)?;
        if asked.comune.is_some_and(|comune| compared.frame.registry.find(comune).is_none()) {
            return Err(Violation::NotFound.into());
        }
        Ok((compared, asked))
    };
    let (compared, asked) = asking.app.across(grant, work).await?;
    let own = if compared.lacks_own() {
        asking.own(vec![asked.code.as_str().to_owned()]).await?
    } else {
        Vec::new()
    };
    asking.app.aside(move || told(&compared, &asked, &own)).await
}

fn told(compared: &Compared, asked: &StatisticsAsked, own: &[Found]) -> BenchmarkResponse {
    let frame = &compared.frame;
    let placed = asked.comune.or(frame.viewer.comune());
    let query = frame.query(asked.least);
    let pooling = compared.indicator.facts.definition.pooling;
    let empty = traguardo_domain::benchmark::Pool::new(Vec::new());
    let pool = compared.pools.get(&compared.year).unwrap_or(&empty);
    let outside = compared.outside.get(&compared.year).copied().unwrap_or_default();
    let selection = pool.select(&query, outside);
    let statistics = selection.statistics(pooling);
    let mut suppressed = BenchmarkSuppression::kept_back(selection.kept_back());
    suppressed.extend(BenchmarkSuppression::of_statistics(&statistics));
    let place = placed.and_then(|comune| place(compared, comune, own, &selection));
    if asked.comune.is_some() && place.is_none() {
        suppressed.push(BenchmarkSuppression::of("place", Suppression::NoConsent));
    }
    let value_of = |year: Year, _: &traguardo_domain::benchmark::Pool, _: &Selection<'_>| {
        let (definition, value, _) = compared.value_of(year, placed?, own)?;
        Some((definition, value))
    };
    let several = matches!(asked.span, Span::Between(..));
    let trend = several.then(|| trend(&compared.pools, &compared.outside, &query, pooling, value_of));
    BenchmarkResponse {
        indicator: BenchmarkIndicator::of(&compared.indicator),
        group: BenchmarkGroup::of(frame),
        year: i32::from(compared.year.number()),
        least_grade: Word(asked.least),
        definition: selection.definition(),
        entered: many(selection.entered()),
        anonymous: many(selection.anonymous()),
        coverage: selection.coverage().map(String::from),
        statistics: statistics.as_ref().ok().map(BenchmarkStatistics::of),
        place,
        trend: trend.map(|points| points.iter().map(point).collect()),
        published: BenchmarkPublished::of(&selection),
        suppressed,
        method: METHOD,
    }
}

/// Where a comune stands: its value, when whoever asks may know it, and its place, when it follows the same definition and
/// there are enough to stand among.
fn place(
    compared: &Compared,
    comune: ComuneCode,
    own: &[Found],
    selection: &Selection<'_>,
) -> Option<BenchmarkPlace> {
    let (definition, value, grade) = compared.value_of(compared.year, comune, own)?;
    let direction = compared.indicator.facts.definition.direction;
    let entered = selection.holds(comune);
    let same = selection.definition() == Some(definition);
    let ranked = selection.ranked().ok().filter(|_| same);
    let stands = ranked.as_ref().and_then(|ranked: &Ranked| ranked.place(value, entered, direction));
    let bare = BenchmarkPlace {
        comune: comune.to_string(),
        name: compared.frame.name(comune),
        value: value.to_string(),
        grade: Word(grade),
        rank: None,
        among: None,
        percentile: None,
        to_median: None,
    };
    Some(bare.with(stands.as_ref()))
}

fn point(point: &TrendPoint) -> BenchmarkTrendPoint {
    let mut suppressed = BenchmarkSuppression::kept_back(&point.kept_back);
    suppressed.extend(BenchmarkSuppression::of_statistics(&point.statistics));
    BenchmarkTrendPoint {
        year: i32::from(point.year.number()),
        definition: point.definition,
        breaks: point.breaks,
        entered: many(point.entered),
        statistics: point.statistics.as_ref().ok().map(BenchmarkStatistics::of),
        value: point.own.map(String::from),
        suppressed,
    }
}

/// The statistics by name, in the order they are told.
pub(super) const STATISTICS: [(&str, &str); 9] = [
    ("n", "Comuni"),
    ("mean", "Media"),
    ("p10", "Decimo percentile"),
    ("p25", "Primo quartile"),
    ("p50", "Mediana"),
    ("p75", "Terzo quartile"),
    ("p90", "Novantesimo percentile"),
    ("min", "Minimo"),
    ("max", "Massimo"),
];

/// The statistics as cells, in the same order.
pub(super) fn cells(
    statistics: Option<&BenchmarkStatistics>,
    suppressed: &[BenchmarkSuppression],
) -> Vec<Cell> {
    let why = |what: &str| {
        let of = suppressed.iter().find(|one| one.is_of(what) || one.is_of("statistics"));
        of.map_or(Cell::Absent, |one| Cell::KeptBack(one.why().word()))
    };
    let Some(told) = statistics else { return STATISTICS.iter().map(|(name, _)| why(name)).collect() };
    let sure = |figure: &String| Cell::Told(figure.clone());
    let maybe = |name: &str, figure: Option<&String>| figure.map_or_else(|| why(name), sure);
    vec![
        Cell::Told(told.n.to_string()),
        maybe("mean", told.mean.as_ref()),
        sure(&told.p10),
        sure(&told.p25),
        sure(&told.p50),
        sure(&told.p75),
        sure(&told.p90),
        maybe("min", told.min.as_ref()),
        maybe("max", told.max.as_ref()),
    ]
}

/// The statistics of an answer, year by year, as a cube.
pub(super) fn cube(response: &BenchmarkResponse) -> Cube {
    let mut years = Vec::new();
    let mut all = Vec::new();
    if let Some(points) = &response.trend {
        for point in points {
            years.push(point.year);
            all.extend(cells(point.statistics.as_ref(), &point.suppressed));
        }
    } else {
        years.push(response.year);
        all.extend(cells(response.statistics.as_ref(), &response.suppressed));
    }
    let year = |year: &i32| (year.to_string(), year.to_string());
    let indicator = (response.indicator.code.clone(), response.indicator.name.clone());
    Cube {
        label: format!("{}. {}", response.indicator.name, response.group.title()),
        updated: response.published.as_ref().map(BenchmarkPublished::last),
        notes: vec![response.group.note(), METHOD.to_owned()],
        dimensions: vec![
            Dimension {
                id: "indicator",
                label: "Indicatore",
                role: Role::Metric,
                categories: vec![indicator],
            },
            Dimension {
                id: "year",
                label: "Anno",
                role: Role::Time,
                categories: years.iter().map(year).collect(),
            },
            of_statistics(),
        ],
        cells: all,
    }
}

/// The dimension of the statistics.
pub(super) fn of_statistics() -> Dimension {
    let categories = STATISTICS.map(|(code, label)| (code.to_owned(), label.to_owned())).to_vec();
    Dimension { id: "statistic", label: "Statistica", role: Role::Metric, categories }
}
