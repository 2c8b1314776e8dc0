//! The objectives of a draft.

use std::collections::{BTreeSet, HashMap};

use traguardo_domain::objective::{Objective, ObjectiveFacts, ObjectiveId, ObjectiveKind, Step};
use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;
use traguardo_domain::text::{ExternalId, Line};
use traguardo_domain::unit::{Unit, UnitId};
use traguardo_domain::version::Version;
use traguardo_domain::weight::Weight;

use super::codes::Names;
use super::desk::Desk;
use super::fit::fit;
use super::kinds;
use super::links;
use super::parts;
use super::spill::label;
use super::units::lost;
use super::{assignments, leftovers};
use crate::gathered::{Fields, Found, Gathered, GatheredObjective};
use crate::plan::MOST_OBJECTIVES;
use crate::profile::{Field, Profile};

const MOST_STEPS: usize = 50;
/// How long a number is, in a key made of it.
const NUMBER: usize = 20;

/// What objectives are put together from.
pub(super) struct Making<'m> {
    /// The profile.
    pub(super) profile: &'m Profile,
    /// What was gathered.
    pub(super) gathered: &'m Gathered,
    /// The structures of the plan, each in its place.
    pub(super) units: &'m [Unit],
}

/// The objectives of what was gathered, in their order.
pub(super) fn assemble(desk: &mut Desk<'_>, making: &Making<'_>) -> Vec<Objective> {
    let mut keys = Names::default();
    let mut ordinals: HashMap<String, usize> = HashMap::new();
    let mut objectives = Vec::with_capacity(making.gathered.objectives.len());
    for (at, gathered) in making.gathered.objectives.iter().enumerate() {
        if at >= MOST_OBJECTIVES {
            lost(desk, &gathered.fields, "righe di obiettivi");
            for part in gathered.phases.iter().chain(&gathered.indicators).chain(&gathered.steps) {
                lost(desk, part, "righe di obiettivi");
            }
            continue;
        }
        let prefix = prefix(making, gathered);
        let ordinal = ordinals.entry(prefix.clone()).or_default();
        *ordinal = ordinal.saturating_add(1);
        let number = number(&gathered.fields).unwrap_or_else(|| ordinal.to_string());
        let transversal = gathered.kinds.contains(&ObjectiveKind::Transversal) && gathered.units.len() == 1;
        let mark = if transversal { "T" } else { "" };
        let key = keys.key(&format!("{prefix}-{mark}{number}"));
        objectives.extend(one(desk, making, gathered, at, key));
    }
    objectives
}

/// What the key of an objective begins with: the code of its structure.
fn prefix(making: &Making<'_>, gathered: &GatheredObjective) -> String {
    match gathered.units.as_slice() {
        [] => "COM".to_owned(),
        [only] => making.units.get(*only).map_or("COM", |unit| unit.facts.code.as_str()).to_owned(),
        [..] => "TRASV".to_owned(),
    }
}

/// The number an objective is printed with.
fn number(fields: &Fields) -> Option<String> {
    let printed = fields.get(Field::Number).or_else(|| fields.get(Field::Code))?;
    let digits: String = printed
        .words
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .take(NUMBER)
        .collect();
    (!digits.is_empty()).then_some(digits)
}

fn one(
    desk: &mut Desk<'_>,
    making: &Making<'_>,
    gathered: &GatheredObjective,
    at: usize,
    external_id: Option<ExternalId>,
) -> Option<Objective> {
    let base = format!("/objectives/{at}");
    let fields = &gathered.fields;
    let id = ObjectiveId((desk.fresh)());
    let code = code(desk, fields, &base);
    let title = title(desk, gathered, &base, at)?;
    let member = |name: &str| format!("{base}/{name}");
    let kinds = kinds_of(desk, making.profile, gathered, &title, &base);
    let purpose = desk.joined(fields, Field::Purpose, &member("purpose"));
    let stakeholders = desk.joined(fields, Field::Stakeholders, &member("stakeholders"));
    let expected_impact = desk.joined(fields, Field::Impact, &member("expected_impact"));
    let expected_result = desk.joined(fields, Field::Result, &member("expected_result"));
    let steps = steps(desk, gathered, &base);
    let deadline = desk.only(fields, Field::Deadline, &member("deadline"));
    let deadline = deadline.and_then(|found| desk.deadline(found, &member("deadline")));
    let programmes = links::programmes(desk, fields, &base);
    let dup_objective = desk.one(fields, Field::DupObjective, &member("dup_objective"));
    let strategic_line = desk.one(fields, Field::StrategicLine, &member("strategic_line"));
    let cup = links::cup(desk, fields, &base);
    let assignments = assignments::assemble(desk, making, gathered, &base);
    let phases = parts::phases(desk, gathered, &base);
    let indicators = parts::indicators(desk, gathered, &base);
    leftovers::of_objective(desk, fields, &base);
    let description = desk.joined(fields, Field::Description, &member("description"));
    let notes = desk.pour(None, &member("notes"));
    let description = desk.pour(description, &member("description"));
    desk.tell_spilled(&base);
    let kinds = kinds.into_iter().chain(class_kinds(making.profile, &assignments)).collect();
    let facts = ObjectiveFacts {
        external_id,
        code,
        title,
        kinds,
        description,
        purpose,
        stakeholders,
        expected_impact,
        expected_result,
        steps,
        deadline,
        programmes,
        dup_objective,
        strategic_line,
        cup,
        laws: Vec::new(),
        areas: BTreeSet::new(),
        template: None,
        template_version: None,
        continues: None,
        notes,
        assignments,
        phases,
        indicators,
    };
    Some(Objective { id, facts, version: Version::FIRST })
}

/// The printed code, or the number where there is none; a number the code says already is not said again.
fn code(desk: &mut Desk<'_>, fields: &Fields, base: &str) -> Option<Line<60>> {
    let pointer = format!("{base}/code");
    let Some(printed) = fields.get(Field::Code) else {
        return desk.one(fields, Field::Number, &pointer);
    };
    for number in fields.all(Field::Number) {
        if printed.words.contains(number.words.trim_end_matches('.')) {
            desk.trace(pointer.as_str(), number, Confidence::Certain);
        } else {
            desk.spill(label(Field::Number), number, false);
        }
    }
    desk.one(fields, Field::Code, &pointer)
}

/// Its title, or what can stand for one.
fn title(desk: &mut Desk<'_>, gathered: &GatheredObjective, base: &str, at: usize) -> Option<Line<1000>> {
    let pointer = format!("{base}/title");
    if let Some(title) = desk.one(&gathered.fields, Field::Title, &pointer) {
        return Some(title);
    }
    let inside =
        gathered.indicators.iter().chain(&gathered.phases).find_map(|part| part.get(Field::Indicator));
    let stand_ins = [Field::SummaryTitle, Field::Purpose, Field::Indicator];
    let stand_in = stand_ins.into_iter().find_map(|field| gathered.fields.get(field)).or(inside);
    let fitted = stand_in.and_then(|found| Some((found, fit::<Line<1000>>(&found.words).value?)));
    if let Some((found, title)) = fitted {
        desk.trace(pointer.as_str(), &found.clone().with(Confidence::Guess), Confidence::Guess);
        let message =
            "L'obiettivo non ha titolo: al suo posto ci sono le parole di un altro campo.".to_owned();
        desk.remark(FindingCode::ColumnsShifted, &pointer, found, message);
        return Some(title);
    }
    let number = number(&gathered.fields).unwrap_or_else(|| at.saturating_add(1).to_string());
    let words = format!("Obiettivo n. {number} senza titolo");
    if let Some((_, found)) = gathered.fields.iter().next() {
        let message = "L'obiettivo non ha titolo.".to_owned();
        desk.remark(FindingCode::ColumnsShifted, &pointer, found, message);
    }
    Line::parse(&words).ok()
}

fn kinds_of(
    desk: &mut Desk<'_>,
    profile: &Profile,
    gathered: &GatheredObjective,
    title: &Line<1000>,
    base: &str,
) -> BTreeSet<ObjectiveKind> {
    let mut all: BTreeSet<ObjectiveKind> = gathered.kinds.iter().copied().collect();
    if let Some(marker) = kinds::of_title(profile, title.as_str()) {
        all.extend(&marker.kinds);
    }
    for found in gathered.fields.all(Field::Kind) {
        let named = kinds::named(&found.words);
        if named.is_empty() {
            desk.spill(label(Field::Kind), found, false);
        } else {
            desk.trace(format!("{base}/kinds"), found, Confidence::Certain);
            all.extend(named);
        }
    }
    all
}

/// The kinds that go with the classes an objective weighs by.
fn class_kinds<'p>(
    profile: &'p Profile,
    assignments: &'p [traguardo_domain::assignment::Assignment],
) -> impl Iterator<Item = ObjectiveKind> + 'p {
    let of = |weight: &Weight| match weight {
        Weight::Class { class } => {
            profile.scale.iter().find(|known| known.code == class.as_str()).and_then(|known| known.kind)
        }
        Weight::Percent { .. } | Weight::Unclear => None,
    };
    assignments.iter().filter_map(move |one| of(&one.facts.weight.as_ref()?.value))
}

fn steps(desk: &mut Desk<'_>, gathered: &GatheredObjective, base: &str) -> Vec<Step> {
    let mut rows: Vec<(Option<Found>, Option<Found>)> = Vec::new();
    for fields in std::iter::once(&gathered.fields).chain(&gathered.steps) {
        let (mut how, mut when) = (fields.all(Field::Step), fields.all(Field::StepTimes));
        loop {
            let row = (how.next().cloned(), when.next().cloned());
            if row.0.is_none() && row.1.is_none() {
                break;
            }
            rows.push(row);
        }
    }
    for fields in &gathered.steps {
        let others = fields
            .iter()
            .filter(|(field, _)| !matches!(field, Field::Step | Field::StepTimes | Field::Ignored));
        others.for_each(|(field, found)| desk.spill(label(*field), found, false));
    }
    let mut steps = Vec::new();
    for (how, when) in rows {
        if steps.len() >= MOST_STEPS {
            for (field, found) in [(Field::Step, &how), (Field::StepTimes, &when)] {
                if let Some(found) = found {
                    desk.spill(label(field), found, false);
                }
            }
            continue;
        }
        let pointer = format!("{base}/steps/{}", steps.len());
        // An empty cell may stand beside one that says when: the step is then called by its time.
        let text = [&how, &when]
            .into_iter()
            .flatten()
            .find_map(|found| desk.text(Field::Step, found, &format!("{pointer}/how")));
        let Some(text) = text else { continue };
        let when = when.and_then(|found| desk.deadline(&found, &format!("{pointer}/when")));
        steps.push(Step { how: text, when });
    }
    steps
}

/// The units of an objective that are there, each once.
pub(super) fn units_of(making: &Making<'_>, gathered: &GatheredObjective) -> Vec<(usize, UnitId)> {
    let mut units: Vec<(usize, UnitId)> = Vec::new();
    for at in &gathered.units {
        if let Some(unit) = making.units.get(*at)
            && !units.iter().any(|(known, _)| known == at)
        {
            units.push((*at, unit.id));
        }
    }
    units
}
