//! What is asked of a feed, as it travels.

use chrono::NaiveDate;
use serde::Deserialize;
use traguardo_documents::Reader;
use traguardo_domain::feeder::Asked;
use traguardo_domain::measurement::Span;
use traguardo_domain::period::credible;
use traguardo_domain::plan::Plan;
use traguardo_domain::{FaultKind, Faults};
use utoipa::ToSchema;
use validator::Validate;

use crate::problem::Problem;

/// L'alimentazione che si chiede: senza nulla, gli indicatori dell'anno del piano come stanno oggi.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"on": "2026-01-20"}))]
pub(crate) struct NewFeed {
    /// Il giorno da cui si guardano i fatti, se non è oggi: ciò che è datato dopo non è ancora successo.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false, example = "2026-01-20")]
    on: Option<NaiveDate>,
    /// L'ultimo giorno degli indicatori, se non è il 31 dicembre dell'anno del piano; il primo è sempre il 1° gennaio.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false, example = "2025-12-31")]
    to: Option<NaiveDate>,
    /// Se i registri contengono tutto ciò che serve: solo allora, e a periodo finito, un valore è definitivo. Se non si dice, sono
    /// completi quelli scritti dopo la fine del periodo.
    #[schema(nullable = false)]
    complete: Option<bool>,
    /// Se solo provare: si risponde che cosa ne sarebbe, e non si registra nulla.
    #[schema(nullable = false, default = false)]
    dry_run: Option<bool>,
}

impl NewFeed {
    pub(super) const fn complete(&self) -> Option<bool> {
        self.complete
    }

    pub(super) fn is_trial(&self) -> bool {
        self.dry_run.unwrap_or_default()
    }

    /// The days and the day they are seen from, or every fault in them.
    pub(super) fn asked(&self, plan: &Plan, today: NaiveDate) -> Result<Asked, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let year = i32::from(plan.facts.year.number());
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let (from, last) = (day(1, 1), day(12, 31));
        let to = self.to.unwrap_or(last);
        if !(from..=last).contains(&to) {
            at.fault("to", FaultKind::OutOfBounds, "Un giorno dell'anno del piano.");
        }
        let on = at.take("on", credible(self.on.unwrap_or(today)));
        if on.is_some_and(|on| on > today) {
            at.fault("on", FaultKind::OutOfBounds, "I fatti si guardano al più tardi da oggi.");
        }
        let asked = on.map(|on| Asked { period: Span { from, to }, on });
        faults.finish(asked).map_err(Problem::invalid)
    }
}
