//! Which objectives to list, and the query that finds them.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date, Text};
use traguardo_domain::Vocabulary as _;
use traguardo_domain::objective::{ObjectiveId, ObjectiveKind};
use traguardo_domain::plan::PlanId;
use traguardo_domain::text::Code;
use traguardo_domain::unit::UnitId;
use uuid::Uuid;

use crate::schema::{assignments, objectives};

/// A query on objectives, grown filter by filter.
type Boxed<'q> = objectives::BoxedQuery<'q, Pg>;

/// Which objectives to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of these plans only; of the whole comune otherwise.
    pub plan: Option<PlanId>,
    /// Assigned to one of these units.
    pub units: Option<Vec<UnitId>>,
    /// Of this kind, perhaps among others.
    pub kind: Option<ObjectiveKind>,
    /// Drawing on this programme, or on one of this mission when it ends with a point.
    pub programme: Option<String>,
    /// With something due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// With something due on this day or earlier.
    pub due_to: Option<NaiveDate>,
    /// Following this shared objective.
    pub template: Option<Code>,
    /// With this role answering for it.
    pub responsible: Option<String>,
    /// With these words, in Italian, in any form.
    pub words: Option<String>,
    /// Among these.
    pub ids: Option<Vec<ObjectiveId>>,
}

/// The objectives of a comune that pass a filter.
pub(super) fn narrow<'q>(mut query: Boxed<'q>, filter: &'q Filter, comune: &str) -> Boxed<'q> {
    query = query.filter(objectives::comune.eq(comune.to_owned()));
    if let Some(plan) = filter.plan {
        query = query.filter(objectives::plan.eq(plan.0));
    }
    if let Some(units) = &filter.units {
        let units: Vec<Uuid> = units.iter().map(|unit| unit.0).collect();
        let mut assigned = assignments::table
            .filter(assignments::comune.eq(comune.to_owned()))
            .filter(assignments::unit.eq_any(units))
            .select(assignments::objective)
            .into_boxed();
        if let Some(plan) = filter.plan {
            assigned = assigned.filter(assignments::plan.eq(plan.0));
        }
        query = query.filter(objectives::id.eq_any(assigned));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(objectives::kinds.contains(vec![kind.word()]));
    }
    if let Some(programme) = &filter.programme {
        query = match programme.strip_suffix('.') {
            None => query.filter(objectives::programmes.contains(vec![programme.as_str()])),
            Some(mission) => {
                let any = diesel::dsl::sql::<Bool>(
                    "exists (select from unnest(programmes) as code where code like ",
                )
                .bind::<Text, _>(format!("{mission}.%"))
                .sql(")");
                query.filter(any)
            }
        };
    }
    if filter.due_from.is_some() || filter.due_to.is_some() {
        // The same stretch must reach into the window asked from both sides.
        let within = diesel::dsl::sql::<Bool>(
            "exists (select from unnest(due_from, due_to) as due (first, last) where last >= ",
        )
        .bind::<Date, _>(filter.due_from.unwrap_or_else(first_day))
        .sql(" and first <= ")
        .bind::<Date, _>(filter.due_to.unwrap_or_else(last_day))
        .sql(")");
        query = query.filter(within);
    }
    if let Some(template) = &filter.template {
        query = query.filter(objectives::template.eq(template.as_str()));
    }
    if let Some(role) = &filter.responsible {
        query = query.filter(objectives::responsibles.contains(vec![role.as_str()]));
    }
    if let Some(words) = &filter.words {
        let found =
            diesel::dsl::sql::<Bool>("to_tsvector('italian', words) @@ websearch_to_tsquery('italian', ")
                .bind::<Text, _>(words.clone())
                .sql(")");
        query = query.filter(found);
    }
    if let Some(ids) = &filter.ids {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        query = query.filter(objectives::id.eq_any(ids));
    }
    query
}

/// A day before any a plan names, and one after.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or_default()
}

fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or_default()
}
