//! A comparison over years, which breaks where the definition of the indicator changed.

use std::collections::BTreeMap;

use super::statistics::Statistics;
use super::{KeptBack, Outside, Pool, Query, Selection, Suppression};
use crate::figure::Figure;
use crate::period::Year;
use crate::template::Pooling;

/// What is told of one year.
#[derive(Debug, Clone)]
pub struct TrendPoint {
    /// Which.
    pub year: Year,
    /// The definition its values follow: that of most.
    pub definition: i32,
    /// Whether the definition is another than in the year before: the two are not to be compared.
    pub breaks: bool,
    /// How many comuni entered.
    pub entered: usize,
    /// What is told of the group.
    pub statistics: Result<Statistics, Suppression>,
    /// The value of the comune that looks, by the same definition.
    pub own: Option<Figure>,
    /// What is kept back.
    pub kept_back: Vec<KeptBack>,
}

/// A comparison over the years there are values of, in order. `own` finds the value of the comune that is placed, in what a
/// selection entered of a year.
#[must_use]
pub fn trend(
    pools: &BTreeMap<Year, Pool>,
    outside: &BTreeMap<Year, Outside>,
    query: &Query<'_>,
    pooling: Pooling,
    own: impl Fn(Year, &Pool, &Selection<'_>) -> Option<(i32, Figure)>,
) -> Vec<TrendPoint> {
    let mut before = None;
    let mut points = Vec::new();
    for (year, pool) in pools {
        let Some(definition) = query.definition.or(pool.definition()) else { continue };
        let selection = pool.select(query, outside.get(year).copied().unwrap_or_default());
        let own = own(*year, pool, &selection);
        points.push(TrendPoint {
            year: *year,
            definition,
            breaks: before.is_some_and(|before| before != definition),
            entered: selection.entered(),
            statistics: selection.statistics(pooling),
            own: own.filter(|(by, _)| *by == definition).map(|(_, value)| value),
            kept_back: selection.kept_back().to_vec(),
        });
        before = Some(definition);
    }
    points
}
