//! The indicators of a row of cells: usually one, sometimes several side by side.

use crate::gathered::{Fields, Found};
use crate::profile::Field;

/// What one indicator is made of.
#[derive(Debug, Default)]
pub(super) struct Row<'f> {
    /// What is measured.
    pub(super) names: Vec<&'f Found>,
    /// What is to be reached.
    pub(super) targets: Vec<&'f Found>,
    /// By when.
    pub(super) deadlines: Vec<&'f Found>,
    /// What is either of the two.
    pub(super) either: Vec<&'f Found>,
    /// Which side of performance it shows.
    pub(super) profiles: Vec<&'f Found>,
    /// Anything else.
    pub(super) others: Vec<(Field, &'f Found)>,
}

impl<'f> Row<'f> {
    /// Every value of it.
    pub(super) fn all(&self) -> impl Iterator<Item = (Field, &'f Found)> {
        let of =
            |field: Field, list: &[&'f Found]| list.iter().map(|found| (field, *found)).collect::<Vec<_>>();
        of(Field::Indicator, &self.names)
            .into_iter()
            .chain(of(Field::Target, &self.targets))
            .chain(of(Field::Deadline, &self.deadlines))
            .chain(of(Field::TargetOrDeadline, &self.either))
            .chain(of(Field::Profile, &self.profiles))
            .chain(self.others.clone())
    }

    /// Whether it says which side of performance it would show, and nothing of what.
    pub(super) fn is_profile_alone(&self) -> bool {
        !self.profiles.is_empty() && self.all().all(|(field, _)| field == Field::Profile)
    }
}

/// The indicators some cells make: as many as there are names, each with the values that stand as far along as its own; the
/// last takes what is left over.
pub(super) fn rows<'f>(fields: &'f Fields) -> Vec<Row<'f>> {
    let count = fields.all(Field::Indicator).count().max(1);
    let mut rows: Vec<Row<'f>> = (0..count).map(|_| Row::default()).collect();
    deal(fields, &mut rows, Field::Indicator, |row| &mut row.names);
    deal(fields, &mut rows, Field::Target, |row| &mut row.targets);
    deal(fields, &mut rows, Field::TargetOrDeadline, |row| &mut row.either);
    deal(fields, &mut rows, Field::Profile, |row| &mut row.profiles);
    rows
}

/// Deals the values of a field to the rows, in their order.
fn deal<'f>(
    fields: &'f Fields,
    rows: &mut [Row<'f>],
    field: Field,
    list: for<'r> fn(&'r mut Row<'f>) -> &'r mut Vec<&'f Found>,
) {
    let end = rows.len().saturating_sub(1);
    for (at, found) in fields.all(field).enumerate() {
        if let Some(row) = rows.get_mut(at.min(end)) {
            list(row).push(found);
        }
    }
}
