//! The structures of a draft, each with its code, its place in the tree and its staff.

use traguardo_domain::figure::Figure;
use traguardo_domain::period::{Period, Year};
use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;
use traguardo_domain::text::{Line, Text};
use traguardo_domain::unit::{StaffLine, Unit, UnitFacts, UnitId, UnitKind};
use traguardo_domain::version::Version;

use super::codes::{Names, unit_code};
use super::desk::Desk;
use super::leftovers::year;
use super::spill::label;
use super::staff;
use crate::gathered::{Fields, Found, Gathered, GatheredUnit};
use crate::markup::fold;
use crate::plan::MOST_UNITS;
use crate::profile::Field;

/// What the structures of a plan share.
struct Taken {
    /// The days they exist.
    since: Period,
    /// The codes that are taken.
    codes: Names,
    /// The keys that are taken.
    keys: Names,
}

/// The structures of what was gathered, each in its place.
pub(super) fn assemble(desk: &mut Desk<'_>, gathered: &Gathered, year: Year) -> Vec<Unit> {
    let mut taken = Taken { since: Period::since(year), codes: Names::default(), keys: Names::default() };
    let mut units: Vec<Unit> = Vec::new();
    for (at, unit) in gathered.units.iter().enumerate() {
        if at >= MOST_UNITS {
            lost(desk, &unit.fields, "strutture");
            continue;
        }
        let parent = unit.parent.filter(|parent| *parent < at).and_then(|parent| units.get(parent));
        let parent = parent.map(|parent| parent.id);
        units.extend(one(desk, unit, at, parent, &mut taken));
    }
    units
}

/// Tells of words there is no room for in the plan.
pub(super) fn lost(desk: &mut Desk<'_>, fields: &Fields, what: &str) {
    for (field, found) in fields.iter() {
        let message = format!("Il piano ha troppe {what}: «{}» resta fuori.", label(*field));
        desk.remark(FindingCode::ColumnsShifted, "", found, message);
    }
}

fn one(
    desk: &mut Desk<'_>,
    unit: &GatheredUnit,
    at: usize,
    parent: Option<UnitId>,
    taken: &mut Taken,
) -> Option<Unit> {
    let base = format!("/units/{at}");
    let fields = &unit.fields;
    let name = name(desk, unit, at, &base)?;
    let printed = desk.only(fields, Field::Code, &format!("{base}/code"));
    let number = fields.get(Field::Number);
    let words = |found: Option<&Found>| found.map(|found| found.words.clone());
    let code = unit_code(
        words(printed).as_deref(),
        words(number).as_deref(),
        name.as_str(),
        unit.kind,
        &mut taken.codes,
    )?;
    let source = printed.or(number).or_else(|| naming(unit).map(|(_, found)| found));
    if let Some(found) = source {
        let sure = if printed.is_some() { Confidence::Certain } else { Confidence::Likely };
        desk.trace(format!("{base}/code"), found, sure);
    }
    let responsible = desk.one(fields, Field::Responsible, &format!("{base}/responsible"));
    let interim = interim(desk, fields, responsible.as_ref(), &base);
    let staff = staff::assemble(desk, unit, &base);
    homeless(desk, unit, &base);
    let activities = activities(desk, unit, &base);
    desk.tell_spilled(&base);
    let facts = UnitFacts {
        external_id: taken.keys.key(code.as_str()),
        code,
        name,
        kind: unit.kind,
        parent,
        validity: taken.since,
        responsible,
        interim,
        staff,
        activities,
    };
    Some(Unit { id: UnitId((desk.fresh)()), facts, version: Version::FIRST })
}

/// The field a structure of a kind is named in.
pub(super) const fn naming_field(kind: UnitKind) -> Field {
    match kind {
        UnitKind::Department => Field::Department,
        UnitKind::Area => Field::Area,
        UnitKind::Sector => Field::Sector,
        UnitKind::Service => Field::Service,
        UnitKind::Office => Field::Office,
    }
}

/// The words a structure is named by.
pub(super) fn naming(unit: &GatheredUnit) -> Option<(Field, &Found)> {
    let fields = [
        naming_field(unit.kind),
        Field::Unit,
        Field::Title,
        Field::Office,
        Field::Service,
        Field::Sector,
        Field::Area,
        Field::Department,
    ];
    fields.into_iter().find_map(|field| Some((field, unit.fields.get(field)?)))
}

/// Its name, with its number where the words leave that out: `Area 3 - Lavori pubblici`.
fn name(desk: &mut Desk<'_>, unit: &GatheredUnit, at: usize, base: &str) -> Option<Line<200>> {
    let kind = label(naming_field(unit.kind));
    let pointer = format!("{base}/name");
    let number = unit.fields.get(Field::Number).map(|found| found.words.trim_end_matches('.').trim());
    let number = number.filter(|number| !number.is_empty() && number.chars().count() <= 10);
    let Some((field, found)) = naming(unit) else {
        if let Some(found) = unit.fields.get(Field::Number).or_else(|| unit.fields.get(Field::Code)) {
            let wording = format!("{kind} {}", found.words);
            let named = Found { words: wording, ..found.clone() }.with(Confidence::Likely);
            return desk.text(Field::Number, &named, &pointer);
        }
        return Line::parse(&format!("{kind} n. {} senza nome", at.saturating_add(1))).ok();
    };
    let others: Vec<&Found> = unit.fields.all(field).skip(1).collect();
    desk.surplus(field, Some(found), &others, &pointer);
    let has_number = |number: &str| {
        fold(&found.words)
            .as_str()
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == fold(number).as_str())
    };
    let numbered = number.filter(|number| !has_number(number));
    let words = match numbered {
        Some(number) => format!("{kind} {number} - {}", found.words),
        None => found.words.clone(),
    };
    let named = desk.text(field, &Found { words, ..found.clone() }, &pointer);
    named.or_else(|| Line::parse(&format!("{kind} n. {} senza nome", at.saturating_add(1))).ok())
}

fn interim(desk: &mut Desk<'_>, fields: &Fields, responsible: Option<&Line<200>>, base: &str) -> bool {
    let pointer = format!("{base}/interim");
    let said = desk.only(fields, Field::Interim, &pointer);
    let yes = said.is_some_and(|found| !matches!(fold(&found.words).as_str(), "no" | "-" | "n" | ""));
    match said {
        Some(found) if yes => desk.trace(pointer, found, Confidence::Certain),
        Some(found) => desk.spill(label(Field::Interim), found, false),
        None => {}
    }
    yes || responsible.is_some_and(|role| fold(role.as_str()).as_str().contains("interim"))
}

/// What was said of a structure that no member of it holds.
fn homeless(desk: &mut Desk<'_>, unit: &GatheredUnit, base: &str) {
    let named = naming(unit).map(|(field, _)| field);
    for (field, found) in unit.fields.iter() {
        let held = matches!(field, Field::Code | Field::Responsible | Field::Interim | Field::Ignored);
        if held || Some(*field) == named {
            continue;
        }
        if *field == Field::Number {
            desk.trace(format!("{base}/name"), found, Confidence::Certain);
        } else if *field == Field::Year {
            year(desk, found, base);
        } else {
            desk.spill(label(*field), found, false);
        }
    }
}

fn activities(desk: &mut Desk<'_>, unit: &GatheredUnit, base: &str) -> Option<Text<20_000>> {
    let mut fields = Fields::default();
    for line in &unit.activities {
        fields.add(Field::Description, line.clone());
    }
    let pointer = format!("{base}/activities");
    let text = desk.joined(&fields, Field::Description, &pointer);
    desk.pour(text, &pointer)
}

/// A figure as people write it: `1`, `0,5`.
pub(super) fn figure(words: &str) -> Option<Figure> {
    Figure::parse(&words.trim().replace(',', ".")).ok()
}

/// One line of a staff table.
pub(super) fn staff_line(qualification: Line<200>, posts: Figure) -> StaffLine {
    StaffLine { qualification, category: None, posts, women: None, men: None }
}
