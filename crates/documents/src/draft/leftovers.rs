//! What stands in the cells of an objective and belongs to no member of it.

use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;

use super::desk::Desk;
use super::spill::label;
use crate::gathered::{Fields, Found};
use crate::profile::Field;

/// Puts among the notes of an objective what no member of it holds.
pub(super) fn of_objective(desk: &mut Desk<'_>, fields: &Fields, base: &str) {
    for (field, found) in fields.iter() {
        match field {
            Field::Year => year(desk, found, base),
            Field::Qualification
            | Field::Category
            | Field::Posts
            | Field::Women
            | Field::Men
            | Field::Percentage
            | Field::Interim
            | Field::Actual
            | Field::Notes => desk.spill(label(*field), found, false),
            Field::Number
            | Field::Code
            | Field::Title
            | Field::Description
            | Field::Purpose
            | Field::Stakeholders
            | Field::Impact
            | Field::Result
            | Field::Indicator
            | Field::Target
            | Field::Deadline
            | Field::TargetOrDeadline
            | Field::Weight
            | Field::CardWeight
            | Field::SummaryTitle
            | Field::Kind
            | Field::Step
            | Field::StepTimes
            | Field::Profile
            | Field::Programme
            | Field::DupObjective
            | Field::StrategicLine
            | Field::Cup
            | Field::Responsible
            | Field::Delegate
            | Field::Unit
            | Field::Department
            | Field::Area
            | Field::Sector
            | Field::Service
            | Field::Office
            | Field::Ignored => {}
        }
    }
}

/// The year a table says it is of must be the plan's.
pub(super) fn year(desk: &mut Desk<'_>, found: &Found, base: &str) {
    if found.words.trim() == desk.year.to_string() {
        desk.trace(base, found, Confidence::Certain);
    } else {
        let message = format!("La tabella dice di essere del {}, il piano è del {}.", found.words, desk.year);
        desk.unheard(FindingCode::YearOutsideHorizon, base, found, message);
    }
}

/// Whether a field names a structure.
pub(super) const fn names_a_unit(field: Field) -> bool {
    matches!(
        field,
        Field::Unit | Field::Department | Field::Area | Field::Sector | Field::Service | Field::Office
    )
}
