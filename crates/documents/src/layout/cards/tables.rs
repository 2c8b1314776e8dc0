//! The tables of a structure: its staff, and the summary of its objectives with their weights.

use super::cells::placed;
use super::echo::Echo;
use super::headers::Header;
use super::lines::Line;
use super::names::Names;
use crate::gathered::{Fields, Found, GatheredUnit, Use};
use crate::profile::{Field, Holds};

/// What a row of a table of a structure came to; `None` when it is no row of it.
pub(super) fn add(
    names: &Names<'_>,
    echo: &Echo,
    unit: &mut GatheredUnit,
    header: &Header,
    line: &Line,
) -> Option<Use> {
    let table = names.table(header.table)?;
    let first = line.cells.first()?;
    let (placed, _) = placed(names, echo, header, line);
    let cells = placed.into_iter().filter_map(|(at, found)| Some((table.columns.get(at)?.field, found)));
    let mut row = Fields::default();
    cells.for_each(|(field, found)| row.add(field, found));
    let total = table.total.as_ref().is_some_and(|total| total.start(&first.words).is_some());
    match table.holds {
        Holds::Staff => staff(unit, row, total),
        Holds::Summary => summary(unit, row, total),
        Holds::Objectives | Holds::Indicators | Holds::Card | Holds::Narrative => None,
    }
}

fn staff(unit: &mut GatheredUnit, row: Fields, total: bool) -> Option<Use> {
    if total {
        unit.staff_total = row.get(Field::Posts).cloned();
        return Some(Use::Total);
    }
    let alone = row.get(Field::Posts).is_none() && row.get(Field::Category).is_none();
    match (unit.staff.last_mut(), row.get(Field::Qualification)) {
        (Some(last), Some(more)) if alone => last.add_or_join(Field::Qualification, more.clone()),
        (_, None) => return None,
        (_, Some(_)) => unit.staff.push(row),
    }
    Some(Use::Value)
}

/// A row without a weight goes on with the title above; one without a title gives its weight to it. The first rows may have
/// only a title, and the weight comes with the last of them.
fn summary(unit: &mut GatheredUnit, row: Fields, total: bool) -> Option<Use> {
    if total {
        unit.summary_total = row.get(Field::Weight).cloned();
        return Some(Use::Total);
    }
    let (title, weight) = (row.get(Field::SummaryTitle).cloned(), row.get(Field::Weight).cloned());
    let numbered = row.get(Field::Number).is_some() || row.get(Field::Code).is_some();
    let open = unit.summary.last().is_some_and(|last| last.get(Field::Weight).is_none());
    let more = weight.is_none() || title.is_none() || open;
    match (unit.summary.last_mut(), &title, &weight) {
        (_, None, None) => return None,
        (Some(last), _, _) if more && !numbered => go_on(last, title, weight),
        (Some(_) | None, _, _) => unit.summary.push(row),
    }
    Some(Use::Value)
}

fn go_on(last: &mut Fields, title: Option<Found>, weight: Option<Found>) {
    if let Some(title) = title {
        last.add_or_join(Field::SummaryTitle, title);
    }
    if let Some(weight) = weight {
        last.add_or_join(Field::Weight, weight);
    }
}
