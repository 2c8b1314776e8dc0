//! The phases and the indicators of an objective.

use traguardo_domain::indicator::{Indicator, IndicatorFacts, IndicatorId, Profile};
use traguardo_domain::phase::{Phase, PhaseFacts, PhaseId};
use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;
use traguardo_domain::text::{ExternalId, Text};

use super::desk::{Desk, is_deadline};
use super::rows::{Row, rows};
use super::spill::label;
use crate::gathered::{Fields, Found, GatheredObjective};
use crate::markup::fold;
use crate::phase::MOST_INDICATORS;
use crate::profile::Field;

const MOST_PHASES: usize = 100;

/// Where indicators stand.
struct Holder<'h> {
    /// Pointer to their list.
    pointer: String,
    /// What their keys begin with.
    prefix: String,
    /// What can be called by its name when an indicator has none.
    title: Option<&'h Found>,
}

/// The phases of an objective.
pub(super) fn phases(desk: &mut Desk<'_>, gathered: &GatheredObjective, base: &str) -> Vec<Phase> {
    let mut phases = Vec::with_capacity(gathered.phases.len());
    for fields in &gathered.phases {
        if phases.len() >= MOST_PHASES {
            fields.iter().for_each(|(field, found)| desk.spill(label(*field), found, false));
            continue;
        }
        phases.extend(phase(desk, fields, phases.len(), base));
    }
    phases
}

fn phase(desk: &mut Desk<'_>, fields: &Fields, at: usize, base: &str) -> Option<Phase> {
    let base = format!("{base}/phases/{at}");
    let member = |name: &str| format!("{base}/{name}");
    let outer = desk.enter();
    let number = at.saturating_add(1);
    let id = PhaseId((desk.fresh)());
    let code = desk.one(fields, phase_code(fields), &member("code"));
    let title = phase_title(desk, fields, number, &member("title"))?;
    let weight = desk.only(fields, Field::Weight, &member("weight"));
    let weight = weight.and_then(|found| desk.weight(found, &member("weight")));
    let deadline = desk.only(fields, Field::Deadline, &member("deadline"));
    let deadline = deadline.and_then(|found| desk.deadline(found, &member("deadline")));
    let expected_result = desk.joined(fields, Field::Result, &member("expected_result"));
    let holder = Holder {
        pointer: member("indicators"),
        prefix: format!("F{number}-I"),
        title: fields.get(Field::Title),
    };
    let mut indicators = Vec::new();
    within(desk, fields, &holder, &mut indicators);
    for (field, found) in fields.iter() {
        let held =
            [Field::Title, Field::Weight, Field::Deadline, Field::Result, Field::Ignored, phase_code(fields)];
        if !held.contains(field) && !is_measuring(*field) {
            desk.spill(label(*field), found, false);
        }
    }
    let notes = desk.pour(None, &member("notes"));
    desk.leave(outer);
    let external_id = ExternalId::parse(&format!("F{number}")).ok();
    let facts = PhaseFacts { external_id, code, title, weight, deadline, expected_result, notes, indicators };
    Some(Phase { id, facts })
}

/// The field a phase is numbered in.
fn phase_code(fields: &Fields) -> Field {
    if fields.get(Field::Code).is_some() { Field::Code } else { Field::Number }
}

/// The title of a phase, or what can stand for one.
fn phase_title(desk: &mut Desk<'_>, fields: &Fields, number: usize, pointer: &str) -> Option<Text<2000>> {
    if let Some(title) = desk.one(fields, Field::Title, pointer) {
        return Some(title);
    }
    let stand_in =
        [Field::Description, Field::Indicator, Field::Result].into_iter().find_map(|field| fields.get(field));
    let titled = stand_in.and_then(|found| {
        let found = found.clone().with(Confidence::Guess);
        let outer = desk.enter();
        let title = desk.text(Field::Indicator, &found, pointer);
        desk.forget(outer);
        title
    });
    if let Some((_, found)) = fields.iter().next() {
        let message = "La fase non ha titolo.".to_owned();
        desk.remark(FindingCode::ColumnsShifted, pointer, found, message);
    }
    titled.or_else(|| Text::parse(&format!("Fase n. {number} senza titolo")).ok())
}

/// The indicators of an objective as a whole: those in cells of its own, then those with rows of theirs.
pub(super) fn indicators(desk: &mut Desk<'_>, gathered: &GatheredObjective, base: &str) -> Vec<Indicator> {
    let holder = Holder {
        pointer: format!("{base}/indicators"),
        prefix: "I".to_owned(),
        title: gathered.fields.get(Field::Title),
    };
    let mut indicators = Vec::new();
    within(desk, &gathered.fields, &holder, &mut indicators);
    for fields in &gathered.indicators {
        let mut all: Vec<Row<'_>> = rows(fields);
        let deadlines: Vec<&Found> = fields.all(Field::Deadline).collect();
        let (first, others) =
            all.split_first_mut().map_or((None, [].as_mut_slice()), |(first, others)| (Some(first), others));
        let mut deadlines = deadlines.into_iter();
        if let Some(first) = first {
            first.deadlines.extend(deadlines.next());
            for row in others {
                row.deadlines.extend(deadlines.next());
            }
            first.deadlines.extend(deadlines);
            let held =
                |field: &Field| is_measuring(*field) || matches!(field, Field::Deadline | Field::Ignored);
            first.others = fields
                .iter()
                .filter(|(field, _)| !held(field))
                .map(|(field, found)| (*field, found))
                .collect();
        }
        for row in &all {
            indicators.extend(indicator(desk, row, &holder, indicators.len()));
        }
    }
    indicators
}

/// Whether a field says what is measured, wherever it stands.
const fn is_measuring(field: Field) -> bool {
    matches!(field, Field::Indicator | Field::Target | Field::TargetOrDeadline | Field::Profile)
}

/// The indicators in the cells of an objective or of a phase.
fn within(desk: &mut Desk<'_>, fields: &Fields, holder: &Holder<'_>, indicators: &mut Vec<Indicator>) {
    if fields.iter().any(|(field, _)| is_measuring(*field)) {
        for row in rows(fields) {
            indicators.extend(indicator(desk, &row, holder, indicators.len()));
        }
    }
}

fn indicator(desk: &mut Desk<'_>, row: &Row<'_>, holder: &Holder<'_>, at: usize) -> Option<Indicator> {
    let base = format!("{}/{at}", holder.pointer);
    if row.is_profile_alone() || at >= MOST_INDICATORS {
        for (field, found) in row.all() {
            let message = format!("La riga dell'indicatore è vuota: c'è solo «{}».", found.words);
            let parent = holder.pointer.trim_end_matches("/indicators");
            desk.notice(FindingCode::NotMeasurable, parent, found, message);
            if at >= MOST_INDICATORS {
                desk.spill(label(field), found, true);
            }
        }
        return None;
    }
    let member = |name: &str| format!("{base}/{name}");
    let outer = desk.enter();
    let id = IndicatorId((desk.fresh)());
    let name = indicator_name(desk, row, holder, &member("name"), at)?;
    let profile = profile(desk, row, &member("profile"));
    let (times, mut targets): (Vec<&Found>, Vec<&Found>) =
        row.either.iter().partition(|found| row.deadlines.is_empty() && is_deadline(&found.words, desk.year));
    targets.splice(0..0, row.targets.iter().copied());
    let times: Vec<&Found> = row.deadlines.iter().copied().chain(times).collect();
    let target = first_of(desk, Field::Target, &targets, &member("target"));
    let target = target.and_then(|found| desk.target(found, &member("target")));
    let deadline = first_of(desk, Field::Deadline, &times, &member("deadline"));
    let deadline = deadline.and_then(|found| desk.deadline(found, &member("deadline")));
    let mut weight = None;
    for (field, found) in &row.others {
        match (field, &weight) {
            (Field::Weight, None) => weight = desk.weight(found, &member("weight")),
            (Field::Number | Field::Code, _) => desk.trace(member("name"), found, Confidence::Certain),
            (field, _) => desk.spill(label(*field), found, false),
        }
    }
    let notes = desk.pour(None, &member("notes"));
    desk.leave(outer);
    let external_id = ExternalId::parse(&format!("{}{}", holder.prefix, at.saturating_add(1))).ok();
    let facts = IndicatorFacts {
        external_id,
        name,
        profile,
        family: None,
        measure: None,
        direction: None,
        formula: None,
        formula_words: None,
        baseline: None,
        source: None,
        target,
        deadline,
        weight,
        template_indicator: None,
        notes,
    };
    Some(Indicator { id, facts })
}

/// The first of some values; the others are told.
fn first_of<'f>(desk: &mut Desk<'_>, field: Field, all: &[&'f Found], pointer: &str) -> Option<&'f Found> {
    let (first, others) = all.split_first()?;
    desk.surplus(field, Some(first), others, pointer);
    Some(first)
}

/// What is measured, or what can stand for its name.
fn indicator_name(
    desk: &mut Desk<'_>,
    row: &Row<'_>,
    holder: &Holder<'_>,
    pointer: &str,
    at: usize,
) -> Option<Text<2000>> {
    let named = first_of(desk, Field::Indicator, &row.names, pointer);
    if let Some(name) = named.and_then(|found| desk.text(Field::Indicator, found, pointer)) {
        return Some(name);
    }
    if let Some((_, found)) = row.all().next() {
        let message = "Non è scritto che cosa si misura: al posto dell'indicatore c'è il titolo.".to_owned();
        desk.remark(FindingCode::NotMeasurable, pointer, found, message);
    }
    let titled = holder.title.and_then(|found| {
        let found = found.clone().with(Confidence::Guess);
        let outer = desk.enter();
        let title = desk.text(Field::Title, &found, pointer);
        desk.forget(outer);
        title
    });
    titled.or_else(|| Text::parse(&format!("Indicatore n. {} senza nome", at.saturating_add(1))).ok())
}

fn profile(desk: &mut Desk<'_>, row: &Row<'_>, pointer: &str) -> Option<Profile> {
    let known = row.profiles.first().and_then(|found| profile_of(&found.words));
    if known.is_none() {
        // There is no such value to point at: the words go where words without a place go, all of them.
        for found in &row.profiles {
            desk.spill(label(Field::Profile), found, false);
        }
        return None;
    }
    let found = first_of(desk, Field::Profile, &row.profiles, pointer)?;
    desk.trace(pointer, found, Confidence::Certain);
    known
}

/// The profile some words name; what is in brackets says more than what is before them.
pub(super) fn profile_of(words: &str) -> Option<Profile> {
    let folded = fold(words);
    let stems = [
        ("tempestiv", Profile::Timeliness),
        ("temporal", Profile::Timeliness),
        ("accessibil", Profile::Accessibility),
        ("efficacia", Profile::Effectiveness),
        ("efficienza", Profile::Efficiency),
        ("economic", Profile::Economy),
        ("quantita", Profile::Quantity),
        ("qualita", Profile::TechnicalQuality),
    ];
    let words = folded.squeezed();
    stems.into_iter().find(|(stem, _)| words.contains(stem)).map(|(_, profile)| profile)
}
