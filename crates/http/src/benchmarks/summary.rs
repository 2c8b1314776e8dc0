//! The statistics of many indicators in one group.

use std::collections::{BTreeMap, HashMap};

use traguardo_domain::benchmark::{Outside, Pool};
use traguardo_persistence::benchmarks::{Found, Indicator, Withheld};

use super::frame::Frame;
use super::question::{Figures, Question};
use super::statistics::cells;
use super::suppressions::BenchmarkSuppression;
use super::tables::BenchmarkTable;
use super::wire::{BenchmarkGroup, BenchmarkStatistics};

/// Tells them: for each indicator and year, in the order asked, the statistics of the group.
pub(super) fn told(
    indicators: &[Indicator],
    frame: Option<&Frame>,
    question: &Question,
    found: Vec<Found>,
    withheld: &[Withheld],
) -> BenchmarkTable {
    let bare = BenchmarkTable::empty(Figures::Statistics, indicators, question);
    let Some(frame) = frame else { return bare };
    let mut gathered: HashMap<(String, i16), Vec<_>> = HashMap::new();
    for one in found {
        gathered.entry((one.indicator, one.year.number())).or_default().push(one.contribution);
    }
    let mut outside: BTreeMap<(&str, i16), Outside> = BTreeMap::new();
    for one in withheld {
        if one.comune().is_ok_and(|comune| frame.group.members.contains(&comune)) {
            let kept = outside.entry((one.indicator.as_str(), one.year)).or_default();
            kept.no_consent = kept.no_consent.saturating_add(1);
        }
    }
    let query = frame.query(question.least);
    let mut all = Vec::new();
    for indicator in indicators {
        let code = indicator.facts.code.as_str();
        for year in &question.years {
            let of_year = gathered.remove(&(code.to_owned(), year.number())).unwrap_or_default();
            let pool = Pool::new(of_year);
            let kept = outside.get(&(code, year.number())).copied().unwrap_or_default();
            let statistics = pool.select(&query, kept).statistics(indicator.facts.definition.pooling);
            let suppressed = BenchmarkSuppression::of_statistics(&statistics);
            let wire = statistics.as_ref().ok().map(BenchmarkStatistics::of);
            all.extend(cells(wire.as_ref(), &suppressed));
        }
    }
    bare.with_statistics(Some(BenchmarkGroup::of(frame)), all)
}
