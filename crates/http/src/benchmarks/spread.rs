//! How the values of a group are spread, and those that are told by name.

use traguardo_documents::Word;
use traguardo_domain::benchmark::{Outside, Pool, Selection};
use traguardo_domain::fact::Grade;
use traguardo_domain::group::GroupRef;
use traguardo_domain::text::Code;
use traguardo_persistence::CrossTenantTx;

use super::answers::{BenchmarkBin, BenchmarkDistribution, BenchmarkMember, BenchmarkMembers};
use super::cube::{Cell, Cube, Dimension, Role};
use super::frame::{Asking, Compared, Span};
use super::suppressions::BenchmarkSuppression;
use super::wire::{BenchmarkGroup, BenchmarkIndicator, BenchmarkPublished, many};
use crate::problem::Problem;

const METHOD: &str = "Fasce di ampiezza uguale fra numeri tondi, unite da sinistra finché ciascuna ha almeno cinque comuni; \
l'ultima comprende il suo estremo.";

/// What is asked of the facts of one year.
pub(crate) struct YearAsked {
    pub(crate) code: Code,
    pub(crate) group: GroupRef,
    pub(crate) span: Span,
    pub(crate) least: Grade,
}

/// Loads what is asked, and hands `tell` what entered.
///
/// # Errors
/// 404 when there is no such indicator or group.
async fn selected<T: Send + 'static>(
    asking: Asking,
    asked: YearAsked,
    tell: impl FnOnce(&Compared, &Selection<'_>) -> T + Send + 'static,
) -> Result<T, Problem> {
    let (keys, grant, least) = (asking.clone(), asking.grant.clone(), asked.least);
    let work =
        move |tx: &mut CrossTenantTx<'_>| Compared::load(tx, &keys, &asked.code, &asked.group, asked.span);
    let compared = asking.app.across(grant, work).await?;
    let told = move || {
        let empty = Pool::new(Vec::new());
        let pool = compared.pools.get(&compared.year).unwrap_or(&empty);
        let outside: Outside = compared.outside.get(&compared.year).copied().unwrap_or_default();
        tell(&compared, &pool.select(&compared.frame.query(least), outside))
    };
    asking.app.aside(told).await
}

/// Tells how the values of a group are spread.
///
/// # Errors
/// As for the statistics.
pub(crate) async fn distribution(asking: Asking, asked: YearAsked) -> Result<BenchmarkDistribution, Problem> {
    selected(asking, asked, |compared, selection| {
        let ranked = selection.ranked();
        let mut suppressed = BenchmarkSuppression::kept_back(selection.kept_back());
        suppressed.extend(ranked.as_ref().err().map(|why| BenchmarkSuppression::of("distribution", *why)));
        let bins = ranked.as_ref().map(traguardo_domain::benchmark::Ranked::bins).unwrap_or_default();
        let bin = |bin: &traguardo_domain::benchmark::distribution::Bin| BenchmarkBin {
            from: bin.from.to_string(),
            to: bin.to.to_string(),
            comuni: many(bin.comuni),
        };
        BenchmarkDistribution {
            indicator: BenchmarkIndicator::of(&compared.indicator),
            group: BenchmarkGroup::of(&compared.frame),
            year: i32::from(compared.year.number()),
            entered: many(selection.entered()),
            bins: bins.iter().map(bin).collect(),
            published: BenchmarkPublished::of(selection),
            suppressed,
            method: METHOD,
        }
    })
    .await
}

/// Tells those of a group that are shown by name.
///
/// # Errors
/// As for the statistics.
pub(crate) async fn members(asking: Asking, asked: YearAsked) -> Result<BenchmarkMembers, Problem> {
    selected(asking, asked, |compared, selection| {
        let item = |one: &&traguardo_domain::benchmark::Contribution| BenchmarkMember {
            comune: one.comune.to_string(),
            name: compared.frame.name(one.comune),
            value: one.value.to_string(),
            score: one.score.map(String::from),
            grade: Word(one.grade),
            published_at: one.published_at,
        };
        let mut suppressed = BenchmarkSuppression::kept_back(selection.kept_back());
        suppressed.extend(BenchmarkSuppression::unnamed(selection.anonymous()));
        BenchmarkMembers {
            indicator: BenchmarkIndicator::of(&compared.indicator),
            group: BenchmarkGroup::of(&compared.frame),
            year: i32::from(compared.year.number()),
            items: selection.named().iter().map(item).collect(),
            suppressed,
        }
    })
    .await
}

/// The members of an answer as a cube.
pub(super) fn cube(members: &BenchmarkMembers) -> Cube {
    let year = members.year.to_string();
    let indicator = (members.indicator.code.clone(), members.indicator.name.clone());
    let comuni = members.items.iter().map(|one| (one.comune.clone(), one.name.clone())).collect();
    Cube {
        label: format!("{}. {}", members.indicator.name, members.group.title()),
        updated: None,
        notes: vec![members.group.note()],
        dimensions: vec![
            Dimension {
                id: "indicator",
                label: "Indicatore",
                role: Role::Metric,
                categories: vec![indicator],
            },
            Dimension { id: "year", label: "Anno", role: Role::Time, categories: vec![(year.clone(), year)] },
            Dimension { id: "comune", label: "Comune", role: Role::Geo, categories: comuni },
        ],
        cells: members.items.iter().map(|one| Cell::Told(one.value.clone())).collect(),
    }
}
